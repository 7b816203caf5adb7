/** What the code does with clients: methods called, members read and written. */

import type { CallValue, ScopeId, Span, ValueId } from '../model/facts.js';
import type { ClientUse } from '../model/traced.js';
import type { ClientCall } from './client-table.js';
import { blocksAround, endsChain, goesOn, wholeBody, wholeStatement } from './consumers.js';
import { enteredValue } from './contextlib.js';
import { isInspected, isOnlyLookedAt } from './inspectors.js';
import { listenersOf } from './listeners.js';
import type { ObjectId } from './objects.js';
import type { Tools } from './openings.js';
import { compare } from './order.js';
import type { Node, Program } from './program.js';
import type { Solver } from './solver.js';

type Uses = Pick<Tools, 'program' | 'solver' | 'reach' | 'evaluator' | 'hooks' | 'described' | 'used'>;
type Place = { file: number; value: ValueId };

/**
 * Uses of the given clients, each place once. `home` is the call that gives them; `forwards` are functions that pass
 * commands on to them and stand for them where a library gets them.
 */
export function usesOf(
  tools: Uses,
  home: Place,
  clients: readonly ObjectId[],
  forwards: ReadonlySet<ObjectId>,
): ClientUse[] {
  const { program } = tools;
  const key = `${clients.join()} ${[...forwards].join()}`;
  const uses = tools.used.get(key) ?? allUses(tools, clients, forwards);
  tools.used.set(key, uses);
  const homeFile = program.file(home.file).facts.file;
  const homeFunction = program.functionOf(home.file, program.value(home.file, home.value).scope);
  const isLocal = (use: ClientUse) =>
    use.file === homeFile && program.functionOf(home.file, program.value(home.file, use.value).scope) === homeFunction;
  return uses.map((use) => (isLocal(use) ? { ...use, local: true } : use));
}

/** Uses of some clients, as they are for every call that gives just them: all instances of a class have the same. */
function allUses(tools: Uses, clients: readonly ObjectId[], forwards: ReadonlySet<ObjectId>): ClientUse[] {
  const { solver } = tools;
  const calls = new Map<string, { node: Node; call: ClientCall }>();
  const members = new Set<Node>();
  const handlers = new Set(clients.flatMap((client) => solver.clients.libraryOf(client)?.handlers ?? []));
  for (const client of clients) {
    for (const [node, call] of solver.clients.callsOf(client)) calls.set(keyOf(node, call), { node, call });
    for (const node of solver.clients.members.get(client) ?? []) members.add(node);
  }
  const uses = [...calls.values()].flatMap(({ node, call }) =>
    callsAt(tools, node, call, { members, handlers, forwards }),
  );
  return [...uses, ...membersAt(tools, members), ...entered(tools, clients)].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.member ?? '', b.member ?? ''),
  );
}

/** A call of a method; the member that is called is no use of its own. */
function callsAt(
  tools: Uses,
  node: Node,
  call: ClientCall,
  { members, handlers, forwards }: { members: Set<Node>; handlers: Set<string>; forwards: ReadonlySet<ObjectId> },
): ClientUse[] {
  const { program } = tools;
  const where = program.valueOf(node);
  if (!where) return [];
  const callee = program.valueNode(where.file, (program.value(where.file, where.value) as CallValue).callee);
  members.delete(callee);
  const use = callUse(tools, where, node, callee, call);
  const by = tools.reach.forwards.calls.get(node);
  return [
    {
      ...use,
      ...(by !== undefined && forwards.has(by) ? { forwards: true } : {}),
      ...(use.member !== null && handlers.has(use.member) ? { listeners: listenersOf(tools, where) } : {}),
    },
  ];
}

/** Members that are read or written and not called. */
function membersAt(tools: Uses, members: ReadonlySet<Node>): ClientUse[] {
  const { program, solver } = tools;
  return [...members].flatMap((node): ClientUse[] => {
    const where = program.valueOf(node);
    const value = where ? program.value(where.file, where.value) : null;
    if (!where || value?.kind !== 'member' || isOnlyLookedAt(solver, where.file, where.value)) return [];
    const held = value.undone ? solver.clientsIn(program.valueNode(where.file, value.object)) : [];
    if (held.length > 0 && isInspected(solver, where.file, 'patches', held)) return [];
    const kind = value.write ? 'write' : 'read';
    return [{ ...useAt(tools, where, node), kind, member: value.name, args: [] }];
  });
}

/** `with client:` closes it at the end of the block. */
function entered(tools: Uses, clients: readonly ObjectId[]): ClientUse[] {
  const { program, solver } = tools;
  return clients.flatMap((client) =>
    [...(solver.clients.entered.get(client) ?? [])].flatMap((node): ClientUse[] => {
      const where = program.valueOf(node);
      const shared = solver.openingsIn(node).length > 1;
      if (!where) return [];
      const value = enteredValue(solver, where.file, where.value);
      const { span } = program.value(where.file, value);
      const use = { ...useAt(tools, where, node), shared, kind: 'call' as const, member: '__exit__', args: [] };
      return [{ ...use, entered: { value, span } }];
    }),
  );
}

/** A call that a client of many instances gets is described once for all of them. */
function callUse(tools: Uses, where: Place, node: Node, callee: Node, call: ClientCall): ClientUse {
  const key = keyOf(node, call);
  const known = tools.described.get(key);
  if (known) return known;
  const made = describeCall(tools, where, callee, call);
  tools.described.set(key, made);
  return made;
}

/** A call of a method: the same place can call several. */
function keyOf(node: Node, { member, chained }: ClientCall): string {
  return `${node} ${member} ${chained}`;
}

function describeCall(tools: Uses, where: Place, callee: Node, { member, chained }: ClientCall): ClientUse {
  const call = tools.program.value(where.file, where.value) as CallValue;
  const positional = call.args.filter((a) => a.name === null);
  const args = positional.map((a) => tools.evaluator.evaluate(where.file, a.value));
  const use: ClientUse = { ...useAt(tools, where, callee), kind: 'call', member, args };
  return chained === null ? use : { ...use, chained: chained === 'multi' ? 'multi' : 'pipeline' };
}

function useAt(tools: Uses, { file, value: id }: Place, member: Node): Omit<ClientUse, 'kind' | 'member' | 'args'> {
  const { program, solver, reach } = tools;
  const { facts, project } = program.file(file);
  const value = program.value(file, id);
  const within = program.functionOf(file, value.scope);
  const hookCalls = tools.hooks.callsTo(file, value.scope);
  const consumers = reach.consumers(file);
  const whole = wholeStatement(facts, consumers, id);
  const body = whole === null ? bodyAlone(tools, { file, value: id }, within) : null;
  return {
    file: facts.file,
    at: program.at(file, value.span.start),
    value: id,
    span: value.span,
    statement: value.statement,
    wholeStatement: whole,
    ...(goesOn(facts, consumers, id) ? { goesOn: true as const } : {}),
    ...(body === null ? {} : { wholeBody: body }),
    local: false,
    shared: receiverOpenings(solver, program, member) > 1,
    within: within === null ? null : program.scope(file, within).name,
    loop: blocksAround(facts, value).some((b) => b.kind === 'loop'),
    hook: tools.hooks.around(file, id),
    ...(hookCalls.length > 0 ? { hookCalls } : {}),
    test: project.zone === 'test',
  };
}

/** Span of a call that is all that a function does, where nobody uses what that function gives. */
function bodyAlone({ program, reach, hooks }: Uses, { file, value }: Place, within: ScopeId | null): Span | null {
  const { facts } = program.file(file);
  const consumers = reach.consumers(file);
  const body = within === null ? null : wholeBody(facts, consumers, value);
  if (body === null || within === null) return null;
  return hooks.dropsResult(file, within) || endsChain(facts, consumers, within) ? body : null;
}

/** How many openings the receiver of a member can come from. */
function receiverOpenings(solver: Solver, program: Program, member: Node): number {
  const where = program.valueOf(member);
  if (!where) return 0;
  const value = program.value(where.file, where.value);
  return value.kind === 'member' ? solver.openingsIn(program.valueNode(where.file, value.object)).length : 0;
}
