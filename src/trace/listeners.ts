/** The functions that a client's events call. */

import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import type { Followed, Tools } from './openings.js';
import { isParsed, type Missing } from './wants.js';

/** The functions that a call like `client.on('error', f)` registers; null when one of them is not known. */
export function listenersOf(
  { program, solver }: Pick<Tools, 'program' | 'solver'>,
  { file, value }: { file: number; value: ValueId },
): { file: string; scope: ScopeId }[] | null {
  const call = program.value(file, value) as CallValue;
  const given = call.args[1];
  if (!given || given.spread) return null;
  const all = [...solver.of(program.valueNode(file, given.value))].map((id) => solver.objects.get(id));
  // The solver only adds: what a module was before it was parsed stays beside what it is now.
  const objects = all.filter((one) => one.kind !== 'unparsed' || !isParsed(program, one.importer, one.specifier));
  if (objects.length === 0) return null;
  const found = objects.map((object) =>
    object.kind === 'function' ? { file: program.file(object.file).facts.file, scope: object.scope } : null,
  );
  return found.every((one) => one !== null) ? found : null;
}

/** Modules not parsed yet that functions are from which a client's events call. */
export function missingListeners({ program, solver }: Followed): Missing[] {
  const found: Missing[] = [];
  for (const client of solver.clients.called()) {
    const handlers = solver.clients.libraryOf(client)?.handlers ?? [];
    for (const [node, { member }] of solver.clients.callsOf(client)) {
      const where = member !== null && handlers.includes(member) ? program.valueOf(node) : null;
      const call = where ? program.value(where.file, where.value) : null;
      const given = call?.kind === 'call' ? call.args[1] : undefined;
      if (!where || !given) continue;
      for (const id of solver.of(program.valueNode(where.file, given.value))) {
        const object = solver.objects.get(id);
        if (object.kind === 'unparsed' && !isParsed(program, object.importer, object.specifier)) found.push(object);
      }
    }
  }
  return found;
}
