/** Calls that give clients: constructs of libraries, subclasses of clients, methods of clients. */

import type { CallContext } from './calls.js';
import type { AbstractObject, ObjectId } from './objects.js';
import { type FoundConstruct, redisConstruct } from './packages.js';
import type { Solver } from './solver.js';

type Method = Extract<AbstractObject, { kind: 'method' }>;

/** `new Store()` where Store extends a library's client, directly or not: the instance is that client. */
export function openSubclass(solver: Solver, call: CallContext, file: number, scope: number): void {
  const own = solver.objects.intern({ kind: 'class', file, scope });
  const openFrom = (derived: ObjectId) => {
    if (!solver.isFirst(`subclass ${call.node} ${derived}`)) return;
    solver.bases.each(derived, (base) => {
      const what = solver.objects.get(base);
      if (what.kind === 'class') return openFrom(base);
      const { language } = solver.program.file(file).facts;
      const found =
        what.kind === 'external'
          ? redisConstruct(solver.libraries, language, what.package, what.path, call.value.new)
          : null;
      if (!found) return;
      const client = open(solver, call, found);
      solver.clients.openingOf(client).found.subclass = true;
      for (const name of [own, derived]) solver.add(solver.namedNode(`clients of ${name}`), client);
    });
  };
  openFrom(own);
}

/** Makes the call an opening and gives its client. */
export function open(
  solver: Solver,
  call: CallContext,
  { library, packageName, construct: made }: FoundConstruct,
): ObjectId {
  const { api, makes, mode } = made;
  const value = call.node - solver.program.file(call.file).values;
  const client = solver.clients.openingAt(call.file, value, { library: library.name, packageName, api, makes, mode });
  solver.add(call.node, client);
  return client;
}

/** Records the call of a client's method; some give a client again, or a chain of commands. */
export function callMethod(solver: Solver, call: CallContext, method: Method): void {
  const { client, member, chained } = method;
  solver.clients.addCall(client, call.node, { member, chained });
  const library = solver.clients.libraryOf(client);
  if (!library || member === null) return;
  if (chained !== null) {
    if (!member.startsWith('exec'))
      solver.add(call.node, solver.objects.intern({ kind: 'chain', client, by: chained }));
    return;
  }
  if (library.returnsSelf.includes(member)) solver.add(call.node, client);
  if (library.duplicates.includes(member)) duplicate(solver, call, client, member, library.pools?.includes(member));
  if (CHAINS.has(member)) solver.add(call.node, solver.objects.intern({ kind: 'chain', client, by: member }));
}

/** Methods that start a queue of commands which the client sends together. */
const CHAINS = new Set(['pipeline', 'multi', 'batch']);

function duplicate(solver: Solver, call: CallContext, client: ObjectId, member: string, pool = false): void {
  const source = solver.clients.openingOf(client);
  const id = call.node - solver.program.file(call.file).values;
  const { library, packageName, mode } = source.found;
  const makes = pool ? 'pool' : source.found.makes;
  const made = solver.clients.openingAt(call.file, id, { library, packageName, makes, mode, api: `.${member}` });
  const { found } = solver.clients.openingOf(made);
  found.duplicates ??= new Set();
  found.duplicates.add(source.opening);
  solver.add(call.node, made);
}
