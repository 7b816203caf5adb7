/** `with redis.Redis() as r:` closes its client at the end of the block. A shared one is not closed: the `with` goes, its body stays. */

import type { Instruction } from '../model/change.js';
import type { Block, FileFacts, ValueId } from '../model/facts.js';
import type { ClientUse, Opening } from '../model/traced.js';
import { type Context, factsOf } from './context.js';
import type { CloserChange } from './hook-closers.js';
import { reason } from './reasons.js';

/**
 * What becomes of a `with` over a client; null: the use is none, or what it closes is not its own, or the statement has
 * more items. `owned`: the scope of the `with` had the client alone.
 */
export function withChange(context: Context, opening: Opening, use: ClientUse, owned: boolean): CloserChange | null {
  const facts = factsOf(context, use.file);
  if (!facts || !use.entered || use.file !== opening.file) return null;
  const { value: entered, span } = use.entered;
  const inStack = owned ? stackChange(facts, opening, use, use.entered) : null;
  if (inStack !== null) return inStack;
  const [block, ...more] = facts.blocks.filter(({ kind, test }) => kind === 'with' && test === use.value);
  if (!block || more.length > 0 || itemsOf(facts, block) > 1) return null;
  const of = entered === use.value ? {} : { of: span };
  if (!owned && !onlyInside(facts, opening, block, entered)) return null;
  return {
    reasons: [reason('closes-with', undefined, use.at)],
    changes: [{ file: use.file, instruction: { kind: 'leave-with', span: block.span, ...of } }],
  };
}

/** A client that a stack of contexts closes is the stack's no more; null: no stack enters it. */
function stackChange(
  facts: FileFacts,
  opening: Opening,
  use: ClientUse,
  entered: NonNullable<ClientUse['entered']>,
): CloserChange | null {
  const call = facts.values[use.value];
  if (call?.kind !== 'call' || facts.blocks.some(({ kind, test }) => kind === 'with' && test === use.value))
    return null;
  const awaits = facts.values.find((one) => one.kind === 'await' && one.value === use.value);
  const span = (awaits ?? call).span;
  const instruction: Instruction =
    use.wholeStatement === null || entered.value === opening.value
      ? { kind: 'leave-call', span, of: entered.span }
      : { kind: 'drop-statement', span: use.wholeStatement };
  return { reasons: [reason('closes-with', undefined, use.at)], changes: [{ file: use.file, instruction }] };
}

function itemsOf({ blocks }: FileFacts, { span }: Block): number {
  return blocks.filter((one) => one.kind === 'with' && one.span.start === span.start && one.span.end === span.end)
    .length;
}

/** The block opens the client itself, and nobody uses it outside. */
function onlyInside(facts: FileFacts, opening: Opening, { span }: Block, value: ValueId): boolean {
  const given = facts.values[value];
  const own = given?.kind === 'await' ? given.value : value;
  const alone = opening.escapes.length === 0 && opening.handed.length === 0 && !opening.published;
  const inside = (one: ClientUse) =>
    one.file === opening.file && one.span.start >= span.start && one.span.end <= span.end;
  return own === opening.value && alone && opening.uses.every(inside);
}
