/** Who takes a value: the reverse of the value graph of one file. */

import { PROMISE_METHODS } from '../libraries/promises.js';
import type { Block, FileFacts, Flow, ScopeId, Span, Value, ValueId } from '../model/facts.js';
import { NumberSets } from './number-sets.js';

/** One place where a value goes. */
export type Consumer =
  | { kind: 'argument'; by: ValueId; index: number; spread: boolean }
  | { kind: 'callee'; by: ValueId }
  | { kind: 'object'; by: ValueId }
  | { kind: 'key'; by: ValueId }
  | { kind: 'entry'; by: ValueId; spread: boolean }
  /** The taking value is, or may be, the same thing: `await`, `?:`, `??`, `a = v`. */
  | { kind: 'same'; by: ValueId }
  /** Only looked at: tests, comparisons, texts. */
  | { kind: 'looked-at'; by: ValueId }
  | { kind: 'unknown'; by: ValueId; what: string }
  | { kind: 'flow'; flow: Flow }
  | { kind: 'default'; flow: Flow };

/**
 * Consumers of the values of one file. Of most values nobody asks: kept is only which values and flows take a value, as
 * numbers, and what that means is found when it is asked.
 */
export class ConsumerIndex {
  /** By value: ids of the values that take it, and, counted on behind those, of flows. */
  private readonly takers: NumberSets;
  private readonly known = new Map<ValueId, readonly Consumer[]>();

  constructor(private readonly facts: FileFacts) {
    this.takers = new NumberSets(facts.values.length);
    let taker = 0;
    const take: Take = (id) => void this.takers.add(id, taker);
    facts.values.forEach((value, by) => {
      taker = by;
      takeParts(value, take);
    });
    facts.flows.forEach((flow, index) => {
      taker = facts.values.length + index;
      this.takers.add(flow.value, taker);
      if (flow.default !== undefined) this.takers.add(flow.default, taker);
    });
  }

  /** Whether something takes a value. */
  has(id: ValueId): boolean {
    return this.takers.first(id) !== null;
  }

  /** What takes a value, in the order of values and then of flows; undefined: nothing does. */
  get(id: ValueId): readonly Consumer[] | undefined {
    if (!this.has(id)) return undefined;
    const known = this.known.get(id) ?? this.find(id);
    this.known.set(id, known);
    return known;
  }

  private find(id: ValueId): Consumer[] {
    const { values, flows } = this.facts;
    const found: Consumer[] = [];
    for (const taker of this.takers.listOf(id)) {
      const value = values[taker];
      if (value)
        takeParts(value, (part, kind, index, spread) => {
          if (part === id) found.push(consumerOf(kind, taker, value, index, spread));
        });
      const flow = flows[taker - values.length];
      if (flow?.value === id) found.push({ kind: 'flow', flow });
      if (flow?.default === id) found.push({ kind: 'default', flow });
    }
    return found;
  }
}

type TakenAs = Exclude<Consumer['kind'], 'flow' | 'default'>;

/** A part of a value, as what it is taken. What that means is put together where it is asked: most of it never is. */
type Take = (part: ValueId, as: TakenAs, index?: number, spread?: boolean) => void;

function consumerOf(kind: TakenAs, by: ValueId, value: Value, index = 0, spread = false): Consumer {
  if (kind === 'argument') return { kind, by, index, spread };
  if (kind === 'entry') return { kind, by, spread };
  return kind === 'unknown' ? { kind, by, what: value.kind === 'unknown' ? value.what : '' } : { kind, by };
}

function takeParts(value: Value, take: Take): void {
  switch (value.kind) {
    case 'call':
      take(value.callee, 'callee');
      value.args.forEach((a, index) => take(a.value, 'argument', index, a.spread));
      return;
    case 'member':
      take(value.object, 'object');
      if (value.key !== null) take(value.key, 'key');
      return;
    case 'array':
      for (const element of value.elements) take(element.value, 'entry', 0, element.spread);
      return;
    case 'object':
      for (const entry of value.entries) take(entry.value, 'entry', 0, entry.spread);
      return;
    case 'await':
    case 'assign':
      return take(value.value, 'same');
    case 'conditional':
      take(value.test, 'looked-at');
      take(value.then, 'same');
      return take(value.else, 'same');
    case 'logical':
      take(value.left, value.operator === '&&' ? 'looked-at' : 'same');
      return take(value.right, 'same');
    case 'comparison':
      for (const part of value.parts) take(part, 'looked-at');
      return;
    case 'template':
      for (const part of value.parts) if (typeof part === 'number') take(part, 'looked-at');
      return;
    case 'env':
      if (value.fallback !== null) take(value.fallback, 'looked-at');
      return;
    case 'unknown':
      for (const part of value.parts) take(part, 'unknown');
      return;
    default:
      return;
  }
}

/**
 * Span of the statement, when a call is all that it does: `await c.quit();`, `void c.quit().catch(log);`. Else null.
 */
export function wholeStatement(facts: FileFacts, consumers: ConsumerIndex, call: ValueId): Span | null {
  const { id, taken } = outermost(facts, consumers, call);
  if (taken.length > 0) return null;
  const value = facts.values[id];
  const statement = value && value.statement !== null ? facts.statements[value.statement] : undefined;
  if (!value || statement?.kind !== 'expression') return null;
  const before = value.span.start - statement.span.start;
  // Nothing but `void ` or an opening parenthesis may stand before it in its statement.
  return before >= 0 && before <= 'void ('.length ? statement.span : null;
}

/** Whether something is to run once a call is done: `c.quit().then(() => process.exit(0))`. What runs when it fails does not count. */
export function goesOn(facts: FileFacts, consumers: ConsumerIndex, call: ValueId): boolean {
  for (let id: ValueId | null = call; id !== null; ) {
    const taken: readonly Consumer[] = consumers.get(id) ?? [];
    const [by] = taken;
    const member = by?.kind === 'object' ? facts.values[by.by] : undefined;
    if (member?.kind === 'member' && (member.name === 'then' || member.name === 'finally')) return true;
    id = taken.length === 1 ? above(facts, consumers, by) : null;
  }
  return false;
}

/**
 * Span of the expression, when a call is all that a function without braces does (`() => c.quit()`), or of the statement that
 * returns it at the end of a function: `return c.quit();`. Else null.
 */
export function wholeBody(facts: FileFacts, consumers: ConsumerIndex, call: ValueId): Span | null {
  const { id, taken } = outermost(facts, consumers, call);
  const [by] = taken;
  const { place } = by?.kind === 'flow' ? by.flow : {};
  const value = facts.values[id];
  if (taken.length !== 1 || place?.kind !== 'return' || !value || facts.language === 'python') return null;
  const { span, statement: within } = value;
  const { form, body } = facts.scopes[place.scope] ?? {};
  if (form === 'arrow' && body?.start === span.start && body.end === span.end) return span;
  const statement = within === null ? undefined : facts.statements[within];
  if (statement?.kind !== 'return' || span.start - statement.span.start > 'return ('.length) return null;
  // Without it, what stands behind it in the function would run.
  const { start, end } = statement.span;
  const runsOn = facts.statements.some((one) => one.span.start > start && one.span.start < (body?.end ?? end));
  return runsOn ? null : statement.span;
}

/** The expression in which a call and what waits for it are all, and what takes that. */
function outermost(
  facts: FileFacts,
  consumers: ConsumerIndex,
  call: ValueId,
): { id: ValueId; taken: readonly Consumer[] } {
  for (let id = call; ; ) {
    const taken = consumers.get(id) ?? [];
    const next = taken.length === 1 ? above(facts, consumers, taken[0]) : null;
    if (next === null) return { id, taken };
    id = next;
  }
}

function above(facts: FileFacts, consumers: ConsumerIndex, consumer: Consumer | undefined): ValueId | null {
  if (!consumer || consumer.kind === 'flow' || consumer.kind === 'default') return null;
  const by = facts.values[consumer.by];
  if (consumer.kind === 'same' && by?.kind === 'await') return consumer.by;
  if (consumer.kind === 'looked-at' && by?.kind === 'comparison' && by.operator === 'void') return consumer.by;
  if (consumer.kind !== 'object' || by?.kind !== 'member' || !PROMISE_METHODS.has(by.name ?? '')) return null;
  const called = (consumers.get(consumer.by) ?? []).find((c) => c.kind === 'callee');
  return called?.kind === 'callee' ? called.by : null;
}

/** Whether a function is what a promise runs last, or in between (`finally`), so that nobody uses what it gives: `main().finally(f)`. */
export function endsChain(facts: FileFacts, consumers: ConsumerIndex, scope: ScopeId): boolean {
  const self = facts.values.findIndex((value) => value.kind === 'function' && value.of === scope);
  const [given, ...others] = consumers.get(self) ?? [];
  const call = given?.kind === 'argument' && others.length === 0 ? facts.values[given.by] : undefined;
  const callee = call?.kind === 'call' ? facts.values[call.callee] : undefined;
  if (given?.kind !== 'argument' || callee?.kind !== 'member' || !PROMISE_METHODS.has(callee.name ?? '')) return false;
  const isLast = (consumers.get(given.by) ?? []).every(({ kind }) => kind === 'same' || kind === 'looked-at');
  return (callee.name === 'finally' || isLast) && wholeStatement(facts, consumers, given.by) !== null;
}

/** Kinds of the blocks around a value, innermost first, up to its function. */
export function blocksAround(facts: FileFacts, value: Value): Block[] {
  const blocks: Block[] = [];
  let id = value.block;
  while (id !== null) {
    const block: Block | undefined = facts.blocks[id];
    if (!block) break;
    blocks.push(block);
    id = block.parent;
  }
  return blocks;
}
