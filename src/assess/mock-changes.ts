/**
 * Stand-ins of tests that can follow the code which they are for: `vi.mock('ioredis', () => ({ default: class {…} }))`
 * becomes one of the accessor's module, whose function gives the stub that the code made itself before.
 */

import type { Accessor } from '../model/config.js';
import type { CallValue, FileFacts, ObjectEntry, ScopeId, Span, ValueId } from '../model/facts.js';
import type { Mock } from '../model/mock.js';
import type { Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { type Context, factsOf, functionAround } from './context.js';
import { nameOf } from './function-order.js';
import type { Placed } from './hook-closers.js';
import { accessorUse } from './reach.js';
import { reason } from './reasons.js';
import { atOf } from './takers.js';

/** Functions that are hoisted, and hold for all imports of the test file. Sources: vitest.dev/api/vi, jestjs.io/docs/jest-object. */
const HOISTED: ReadonlySet<string> = new Set(['vi.mock', 'vitest.mock', 'jest.mock']);
/** What makes a stub that can be called, and what says what it gives. */
const STUB = /^(?:vi|vitest|jest)\.fn\(\)(?:\.mockImplementation\(\))?$/;
/** Names for what the new factory keeps. */
const NAMES = ['Stub', 'stub', 'StubOfRedis', 'stubOfRedis'] as const;

/** The stand-ins that are certain to fit when this opening becomes `changes`; one instruction in the file of each. */
export function mockChanges(
  context: Context,
  opening: Opening,
  changes: readonly Placed[],
  accessor: Accessor,
): Placed[] {
  const { mode, ready } = accessor.contract;
  if (context.assuming || accessor.language !== 'javascript' || mode === 'coroutine' || ready !== null) return [];
  // What else a barrel or an alias stands for is not known.
  if (accessor.import !== null) return [];
  // A second stub for the second client is what the test may count on.
  const plain = opening.once && opening.duplicates === null;
  const other = changes.some(({ instruction }) => 'use' in instruction && instruction.use.name !== accessor.name);
  if (!plain || other) return [];
  const own = (context.trace.mocks ?? []).filter(({ openings }) => openings.includes(opening.index));
  return own.flatMap((mock) => {
    const rivals = own.filter(({ file }) => file === mock.file);
    const change = rivals.length === 1 ? changeOf(context, mock, opening, accessor) : null;
    return change ? [change] : [];
  });
}

/** The notes of a site about stand-ins that move with it. */
export function rewrittenMocks(context: Context, changes: readonly Placed[], { file: to }: Accessor): Reason[] {
  return changes.flatMap(({ file, instruction: { span } }) => {
    const facts = factsOf(context, file);
    return facts ? [reason('mock-moves', { to }, atOf(facts, span.start))] : [];
  });
}

/** Lines of the stand-ins that some changes rewrite. */
export function isRewritten(
  { file, line }: Pick<Mock, 'file' | 'line'>,
  context: Context,
  changes: readonly Placed[],
): boolean {
  const starts = factsOf(context, file)?.lineStarts ?? [];
  return changes.some(
    ({ file: other, instruction: { kind, span } }) =>
      kind === 'replace-mock' && other === file && starts.filter((start) => start <= span.start).length === line,
  );
}

function changeOf(context: Context, mock: Mock, opening: Opening, accessor: Accessor): Placed | null {
  const facts = factsOf(context, mock.file);
  const call = mock.call === undefined ? undefined : facts?.values[mock.call];
  if (!facts || call?.kind !== 'call' || !mock.alone || mock.openings.length !== 1 || mock.within !== null) return null;
  const [target, factory, ...more] = call.args;
  const value = facts.values[factory?.value ?? -1];
  if (!target || value?.kind !== 'function' || more.length > 0 || !isHoisted(facts, call)) return null;
  const taken = takenAs(context, opening, mock.package);
  const stub = taken === null ? null : stubIn(facts, value.of, taken);
  const made = stub === null ? undefined : facts.values[stub];
  if (stub === null || !made || !isPlain(facts, stub)) return null;
  const names = freeNames(facts, made.span);
  const construct = isConstruction(context, opening);
  const { specifier } = accessorUse(context, mock.file, accessor, accessor.name, []);
  // It has a stand-in for the accessor already.
  if (facts.values.some((one) => one.kind === 'literal' && one.value === specifier)) return null;
  const instruction = { kind: 'replace-mock' as const, span: call.span, stub: made.span, specifier, construct, names };
  return { file: mock.file, instruction: { ...instruction, gives: accessor.name } };
}

function isHoisted(facts: FileFacts, call: CallValue): boolean {
  const statement = call.statement === null ? undefined : facts.statements[call.statement];
  const alone =
    statement?.kind === 'expression' && facts.scopes[statement.scope]?.kind === 'module' && call.block === null;
  return alone && HOISTED.has(nameOf(facts, call.callee));
}

/** The name by which the file of the opening takes what it opens with: `default`, `Redis`, `=`; null: several, or all. */
function takenAs(context: Context, { file }: Opening, name: string): string | null {
  const imports = (factsOf(context, file)?.imports ?? []).filter(
    ({ specifier, typeOnly }) => specifier === name && !typeOnly,
  );
  const [only] = imports;
  return imports.length === 1 && only && only.imported !== '*' && !only.dynamic ? only.imported : null;
}

function isConstruction(context: Context, { file, value }: Opening): boolean {
  const call = factsOf(context, file)?.values[value];
  return call?.kind === 'call' && call.new;
}

/** What a factory gives under a name; `=` is all that it gives. Null: it does more than give an object, or is asked for something. */
function stubIn(facts: FileFacts, scope: ScopeId, name: string): ValueId | null {
  const { params = [], async = false } = facts.scopes[scope] ?? {};
  const returned = facts.flows.filter(({ place }) => place.kind === 'return' && place.scope === scope);
  const own = facts.statements.filter((one) => functionAround(facts, one.scope) === scope);
  const [only] = returned;
  if (params.length > 0 || async || returned.length !== 1 || !only || own.some(({ kind }) => kind !== 'return'))
    return null;
  const given = facts.values[only.value];
  if (given?.kind !== 'object') return name === '=' ? only.value : null;
  const entries = given.entries.filter(({ key }) => key !== '__esModule');
  if (entries.some(({ key, spread }: ObjectEntry) => key === null || spread)) return null;
  return entries.find(({ key }) => key === name)?.value ?? null;
}

/** A class or a function of the test framework to which it does not matter what it is given. */
function isPlain(facts: FileFacts, stub: ValueId): boolean {
  const value = facts.values[stub];
  if (!value || (value.kind !== 'class' && !(value.kind === 'call' && STUB.test(nameOf(facts, stub))))) return false;
  const inside = (span: Span) => value.span.start <= span.start && span.end <= value.span.end;
  if (value.kind === 'class') {
    const made = (facts.scopes[value.of]?.members ?? []).map((id) => facts.scopes[id]);
    const asks = made.some((one) => one?.form === 'constructor' && (one.params ?? []).length > 0);
    return !asks && (facts.scopes[value.of]?.bases ?? []).length === 0;
  }
  // Of the functions inside, only the outermost is given what the client is made with.
  const functions = facts.values.flatMap((one) => (one.kind === 'function' && inside(one.span) ? [one] : []));
  const outer = functions.filter(
    (one) =>
      !functions.some((other) => other !== one && other.span.start <= one.span.start && one.span.end <= other.span.end),
  );
  return outer.every(({ of }) => (facts.scopes[of]?.params ?? []).length === 0);
}

/** Two names that the text of the stub does not use. */
function freeNames(facts: FileFacts, { start, end }: Span): { made: string; kept: string } {
  const used = new Set(
    facts.values.flatMap((value) => {
      if (value.span.start < start || value.span.end > end) return [];
      if (value.kind === 'reference') return [facts.locals[value.local]?.name ?? ''];
      return value.kind === 'global' ? [value.name] : [];
    }),
  );
  const [made, kept, otherMade, otherKept] = NAMES;
  return used.has(made) || used.has(kept) ? { made: otherMade, kept: otherKept } : { made, kept };
}
