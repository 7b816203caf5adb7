/**
 * Names of Python modules that other code fills: `cache.client = redis.Redis()`, pytest's `monkeypatch.setattr(cache, "client", …)`.
 * Who reads the name in that module, or takes it from there, gets what was put there.
 */

import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';
import { isParsed, type Missing } from './wants.js';

/** What a test puts in the place of a name is followed as far as it is the project's: doubles of packages say nothing of it. */
const DOUBLES = new Set(['external', 'unparsed', 'unknown']);

/** Lets what is in `from` become the name of a module, where `object` is a module that has it. `file` is where that is written. */
export function storeInModule(solver: Solver, file: number, object: ObjectId, name: string, from: Node): void {
  const to = nameOfModule(solver, file, object, name);
  if (to === null) return;
  if (!isTest(solver, file)) return solver.copy(from, to);
  solver.watch(from, (id) => {
    if (!DOUBLES.has(solver.objects.get(id).kind)) solver.add(to, id);
  });
}

/**
 * Where a name of a parsed module of Python is kept; null for any other object, and for a name that it does not bind. What a
 * test in `file` puts in the place of a package's own class or function says nothing of what the module opens with it.
 */
export function nameOfModule(solver: Solver, file: number, object: ObjectId, name: string): Node | null {
  const { program, objects } = solver;
  const module = objects.get(object);
  if (module.kind !== 'namespace') return null;
  const { facts } = program.file(module.file);
  if (facts.language !== 'python') return null;
  const local = facts.locals.findIndex((one) => one.scope === 0 && one.name === name);
  const taken = facts.imports[facts.locals[local]?.import ?? -1];
  const outside = taken && program.target(module.file, taken.specifier, taken.imported).kind === 'external';
  return local < 0 || (outside && isTest(solver, file)) ? null : program.localNode(module.file, local);
}

function isTest({ program }: Solver, file: number): boolean {
  return program.file(file).project.zone === 'test';
}

/** Modules not parsed yet that get something with a client under one of their names. */
export function filledModules(solver: Solver, reach: Reach): Missing[] {
  const { program, objects } = solver;
  return program.files.flatMap(({ index, facts }) => {
    if (facts.language !== 'python') return [];
    return facts.flows.flatMap(({ place, value }) => {
      if (place.kind !== 'member' || !reach.givesAway(program.valueNode(index, value))) return [];
      const modules = [...solver.of(program.valueNode(index, place.object))].map((id) => objects.get(id));
      return modules.flatMap((module) =>
        module.kind === 'unparsed' && module.path.length === 0 && !isParsed(program, module.importer, module.specifier)
          ? [{ ...module, path: [place.name ?? ''] }]
          : [],
      );
    });
  });
}
