/**
 * Guards that let everybody pass when Redis cannot be reached (redis-semantics 6, fail-open): a `catch` or `except` around a
 * command of a limiter, a lock or a check of sessions that goes on as if all were well.
 */

import type { Block, FileFacts, Flow, ScopeId, Value } from '../model/facts.js';
import type { Finding } from '../model/site.js';
import type { ClientUse, Opening, Trace } from '../model/traced.js';
import { type Context, factsOf, functionAround } from './context.js';
import { compare } from './order.js';
import { purposeOf } from './purpose.js';
import { roleOf } from './roles.js';

/** Functions whose `true`, or whose end, means that somebody may pass. */
const ALLOWS =
  /allow|permit|authori[sz]e|authenticat|rate_?limit|throttl|acquire|idempoten|(?:check|require|verify)_?(?:\w*_)?(?:auth|token|session|limit|quota|user|login|permission)|can_?(?:access|proceed|send)/i;
/** Functions whose `false` means it. */
const DENIES =
  /revoked|black_?list|block_?list|deny_?list|denied|banned|blocked|exceeded|is_?(?:rate_?)?limited|locked_?out/i;

/** One finding for each guard that fails open, in the order of files and lines. */
export function failOpenFindings(
  context: Context,
  { openings }: Trace,
  isProduction: (file: string) => boolean,
): Finding[] {
  const found = new Map<string, Finding>();
  for (const opening of openings) {
    let guard: boolean | null = null;
    for (const use of opening.uses) {
      if (use.kind !== 'call' || !isProduction(use.file)) continue;
      const facts = factsOf(context, use.file);
      const tried = facts && blocksAround(facts, use).find(({ kind }) => kind === 'try');
      if (!facts || !tried) continue;
      guard ??= guards(opening, openings);
      const open = openCatch(facts, use, tried, guard);
      if (!open) continue;
      const { file, at, within } = use;
      const message = `When Redis cannot be reached, \`${within ?? 'this code'}\` lets everybody pass: what is caught here goes on as if all were well.`;
      const key = `${file}\0${String(open.span.start).padStart(9, '0')}`;
      const earlier = found.get(key);
      if (!earlier || at.line < earlier.line)
        found.set(key, { code: 'fail-open', severity: 'high', file, line: at.line, message });
    }
  }
  return [...found.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line);
}

/** Whether a client is for limits and locks, whatever its functions are called. */
function guards(opening: Opening, openings: readonly Opening[]): boolean {
  return purposeOf(opening, roleOf(opening, openings)).purpose === 'limits-and-locks';
}

/** The `catch` that takes what a use throws and lets everybody pass; null when there is none. */
function openCatch(facts: FileFacts, use: ClientUse, tried: Block, guard: boolean): Block | null {
  const name = use.within ?? '';
  const denies = DENIES.test(name);
  if (!guard && !denies && !ALLOWS.test(name)) return null;
  const caught = facts.blocks.filter(
    (one) => one.kind === 'catch' && one.parent === tried.parent && follows(facts, tried, one),
  );
  return caught.find((one) => passes(facts, one, denies)) ?? null;
}

function blocksAround(facts: FileFacts, { statement }: ClientUse): Block[] {
  const found: Block[] = [];
  let id = statement === null ? null : (facts.statements[statement]?.block ?? null);
  while (id !== null) {
    const block: Block | undefined = facts.blocks[id];
    if (!block) break;
    found.push(block);
    id = block.parent;
  }
  return found;
}

/** Whether a `catch` belongs to a `try`: no other `try` of the same place stands between them. */
function follows({ blocks }: FileFacts, tried: Block, caught: Block): boolean {
  if (caught.span.start < tried.span.end) return false;
  const between = ({ kind, parent, span }: Block) =>
    kind === 'try' && parent === tried.parent && span.start >= tried.span.end && span.start < caught.span.start;
  return !blocks.some(between);
}

/** Whether a `catch` goes on as if the answer had been that somebody may pass. */
function passes(facts: FileFacts, caught: Block, denies: boolean): boolean {
  const own = functionAround(facts, caught.scope);
  const returned = facts.flows
    .filter((flow) => isReturn(flow) && inside(flow, caught))
    .map(({ value }) => facts.values[value]);
  if (caught.exit === 'return') return returned.some((value) => isLiteral(value, !denies));
  if (caught.exit !== 'fall-through' && caught.exit !== 'return-none') return false;
  if (callsNext(facts, caught)) return true;
  // A guard that says no by raising has said yes when it ends.
  return !denies && own !== null && raises(facts, own, caught) && !answers(facts, own);
}

function isReturn({ place }: Flow): boolean {
  return place.kind === 'return';
}

function inside({ span }: { span: { start: number; end: number } }, block: Block): boolean {
  return block.span.start <= span.start && span.end <= block.span.end;
}

function isLiteral(value: Value | undefined, expected: boolean): boolean {
  return value?.kind === 'literal' && value.value === expected;
}

/** A middleware goes on with `next()`; with an argument it says that something went wrong. */
function callsNext(facts: FileFacts, block: Block): boolean {
  return facts.values.some((value) => {
    if (value.kind !== 'call' || value.args.length > 0 || !inside(value, block)) return false;
    const callee = facts.values[value.callee];
    return callee?.kind === 'reference' && facts.locals[callee.local]?.name === 'next';
  });
}

function raises(facts: FileFacts, scope: ScopeId, but: Block): boolean {
  return facts.statements.some(
    (one) => one.kind === 'throw' && functionAround(facts, one.scope) === scope && !inside(one, but),
  );
}

function answers(facts: FileFacts, scope: ScopeId): boolean {
  return facts.flows.some(
    ({ place, value }) => place.kind === 'return' && place.scope === scope && !isNothing(facts.values[value]),
  );
}

/** `return None` answers nothing; `return` without a value is no flow. */
function isNothing(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === null;
}
