/** What a call that opens may construct besides: `Client = redis.Redis if url else Fake` decides when it runs. */

import type { CallValue, ScopeId } from '../model/facts.js';
import type { FoundOpening } from './client-table.js';
import { redisConstruct } from './packages.js';
import type { Solver } from './solver.js';

/** Whether the callee can be something of the project, of another package, or a client of the other mode. */
export function mayMakeOthers(solver: Solver, found: FoundOpening, call: CallValue): boolean {
  if (found.duplicates !== null || found.subclass) return false;
  const callee = solver.program.valueNode(found.file, call.callee);
  return [...solver.of(callee)].some((id) => {
    const object = solver.objects.get(id);
    if (object.kind === 'function') return !onlyThrows(solver, object.file, object.scope);
    if (object.kind === 'class' || object.kind === 'unparsed') return true;
    if (object.kind !== 'external') return false;
    const { language } = solver.program.file(found.file).facts;
    const other = redisConstruct(solver.libraries, language, object.package, object.path, call.new);
    // What a Redis library does not have cannot be called: `createClient` of the one of two that was not installed.
    if (other === null) return !isRedis(solver, object.package);
    return other.construct.mode !== found.mode || other.construct.makes !== found.makes;
  });
}

/** What stands for a package that is not installed: `createClient = () => { throw error; }`. */
function onlyThrows({ program }: Solver, file: number, scope: ScopeId): boolean {
  const { statements, scopes } = program.file(file).facts;
  const own = statements.filter((one) => program.functionOf(file, one.scope) === scope && one.block === null);
  return own.at(-1)?.kind === 'throw' && scopes[scope]?.kind === 'function';
}

function isRedis({ libraries }: Solver, packageName: string): boolean {
  return libraries.some(({ kind, packages }) => kind === 'redis' && packages.includes(packageName));
}
