/** `with redis.Redis() as r:` closes its client at the end of the block. A shared one is not closed: the `with` goes, its body stays. */

import type { Block, FileFacts, ValueId } from '../model/facts.js';
import type { ClientUse, Opening } from '../model/traced.js';
import { type Context, factsOf } from './context.js';
import type { CloserChange } from './hook-closers.js';
import { reason } from './reasons.js';

/** Members that stand for the end of a `with` and of an `async with`. */
const EXITS = new Set(['__exit__', '__aexit__']);

/**
 * What becomes of a `with` over a client; null: the use is none, or what it closes is not its own, or the statement has
 * more items. `owned`: the scope of the `with` had the client alone.
 */
export function withChange(context: Context, opening: Opening, use: ClientUse, owned: boolean): CloserChange | null {
  const facts = factsOf(context, use.file);
  if (!facts || !EXITS.has(use.member ?? '') || use.file !== opening.file) return null;
  const [block, ...more] = facts.blocks.filter(({ kind, test }) => kind === 'with' && test === use.value);
  if (!block || more.length > 0 || itemsOf(facts, block) > 1) return null;
  if (!owned && !onlyInside(facts, opening, block, use.value)) return null;
  return {
    reasons: [reason('closes-with', undefined, use.at)],
    changes: [{ file: use.file, instruction: { kind: 'leave-with', span: block.span } }],
  };
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
