/** Calls that give clients: constructs of libraries, subclasses of clients, methods of clients. */

import type { CallValue, FileFacts, ScopeId } from '../model/facts.js';
import type { CallContext } from './calls.js';
import { callsIn } from './calls-in.js';
import type { AbstractObject, ObjectId } from './objects.js';
import { type FoundConstruct, redisConstruct } from './packages.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';
import { idsOfKind } from './values-in.js';

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
      solver.clients.constructed.add(own).add(derived);
      openFor(solver, call, found, [own, derived]);
    });
  };
  openFrom(own);
}

/** Opens a client that is an instance of these classes of the project. */
function openFor(solver: Solver, call: CallContext, found: FoundConstruct, classes: readonly ObjectId[]): void {
  const client = open(solver, call, found);
  solver.clients.openingOf(client).found.subclass = true;
  for (const name of classes) solver.add(clientsOfClass(solver, name), client);
}

/** What `this` is in a class beside its instance: the client that it extends. */
export function clientsOfClass(solver: Solver, id: ObjectId): Node {
  return solver.namedNode(`clients of ${id}`);
}

/** An instance of a class that somebody else makes: by injection it comes under its type or its token. */
export function addInstance(solver: Solver, id: ObjectId, to: Node): void {
  const what = solver.objects.get(id);
  if (what.kind !== 'class') return;
  solver.add(to, solver.objects.intern({ ...what, kind: 'instance' }));
  const { bases } = solver.program.scope(what.file, what.scope);
  if (bases && bases.length > 0) solver.copy(clientsOfClass(solver, id), to);
}

/**
 * `super(…)` of classes that extend a library's client and that nothing in the program constructs: a container makes them, or
 * who uses the package. Asked when all files are there: a `new` would be the opening instead.
 */
export function openUnconstructed(solver: Solver): void {
  for (const { index: file, facts } of solver.program.files) {
    for (const { id, call: value } of idsOfKind(facts, 'super').length === 0 ? [] : callsIn(facts)) {
      const scope = classOfSuper(facts, value);
      if (scope === null) continue;
      const own = solver.objects.intern({ kind: 'class', file, scope });
      const call = { file, value, node: solver.program.valueNode(file, id) };
      for (const base of solver.clients.constructed.has(own) ? [] : solver.bases.of(own)) {
        const what = solver.objects.get(base);
        if (what.kind !== 'external') continue;
        const isNew = facts.language !== 'python';
        const found = redisConstruct(solver.libraries, facts.language, what.package, what.path, isNew);
        if (found) openFor(solver, call, found, [own, ...solver.derived.of(own)]);
      }
    }
  }
}

/** The class whose constructor calls that of its base: `super(…)`, `super().__init__(…)`; null for any other call. */
function classOfSuper({ values }: FileFacts, { callee }: CallValue): ScopeId | null {
  const value = values[callee];
  const base = value?.kind === 'member' && value.name === '__init__' ? values[value.object] : value;
  return base?.kind === 'super' ? base.of : null;
}

/** Makes the call an opening and gives its client. */
export function open(
  solver: Solver,
  call: CallContext,
  { library, packageName, construct: made, unbound }: FoundConstruct,
): ObjectId {
  const { api, makes, mode } = made;
  const value = call.node - solver.program.file(call.file).values;
  const is = { library: library.name, packageName, api, makes, mode, ...(unbound === undefined ? {} : { unbound }) };
  const client = solver.clients.openingAt(call.file, value, is);
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

/** `with client:` closes the client at the end of the block. */
export function addEntered(solver: Solver, node: Node): void {
  solver.watch(node, (object) => {
    if (solver.objects.get(object).kind !== 'client') return;
    const entered = solver.clients.entered.get(object);
    if (entered) entered.add(node);
    else solver.clients.entered.set(object, new Set([node]));
  });
}
