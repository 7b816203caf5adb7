/**
 * Fallback chains: a condition decides between openings which are all of one database (`if url: from_url(url) else:
 * Redis(host=…)`). One call of the accessor stands for all of them.
 */

import type { AccessorUse, Instruction, NonePolicy } from '../model/change.js';
import type { FileFacts, Span } from '../model/facts.js';
import { type Context, factsOf } from './context.js';
import { usersOf } from './parts.js';
import { reason } from './reasons.js';
import type { Judgement } from './verdict.js';

/** Two openings of which a condition takes one, and the edit that leaves one call. */
interface Chain {
  first: Judgement;
  second: Judgement;
  instructions: Instruction[];
}

/** Changes of closers: they stand elsewhere. */
const ELSEWHERE: ReadonlySet<string> = new Set(['drop-statement', 'replace-call']);

/** The judgements, those of a chain with one edit together. The order stays. */
export function withChains(context: Context, judgements: readonly Judgement[]): Judgement[] {
  const changed = new Map<Judgement, Judgement>();
  for (const [index, first] of judgements.entries()) {
    const second = judgements[index + 1];
    if (!second || changed.has(first)) continue;
    const chain = chainOf(context, first, second);
    if (!chain) continue;
    const { file, span } = first.opening;
    const key = `chain ${file} ${span.start}`;
    const others = [...first.changes, ...second.changes].filter(
      ({ instruction: { kind } }) => kind !== 'replace-opening' && kind !== 'check-none',
    );
    const made = chain.instructions.map((instruction) => ({ file, instruction }));
    changed.set(first, collapsed(first, second, key, [...made, ...others]));
    changed.set(second, collapsed(second, first, key, []));
  }
  return judgements.map((one) => changed.get(one) ?? one);
}

function collapsed(one: Judgement, other: Judgement, chain: string, changes: Judgement['changes']): Judgement {
  const told = reason('fallback-collapsed', { database: one.database?.name ?? '' }, other.opening.at);
  return { ...one, chain, changes, reasons: [...one.reasons, told] };
}

function chainOf(context: Context, first: Judgement, second: Judgement): Chain | null {
  const facts = factsOf(context, first.opening.file);
  const [stands, other] = [standsFor(first), standsFor(second)];
  if (
    !facts ||
    first.opening.file !== second.opening.file ||
    !stands ||
    JSON.stringify(stands) !== JSON.stringify(other)
  )
    return null;
  const instructions =
    conditionalEdit(facts, first, second, stands) ??
    branchesEdit(facts, first, second, stands) ??
    returnsEdit(facts, first, second, stands);
  return instructions ? { first, second, instructions } : null;
}

/** What would stand instead of an opening alone: a call, and what is done when it gave nothing. */
interface Stands {
  use: AccessorUse;
  none: NonePolicy | null;
}

/** Null where there is more to do, or nothing. */
function standsFor({ changes }: Judgement): Stands | null {
  const own = changes.map(({ instruction }) => instruction).filter(({ kind }) => !ELSEWHERE.has(kind));
  const [use, ...further] = own.flatMap((one) => (one.kind === 'replace-opening' ? [one.use] : []));
  const [none = null, ...more] = own.flatMap((one) => (one.kind === 'check-none' ? [one.policy] : []));
  const rest = own.filter(({ kind }) => kind !== 'replace-opening' && kind !== 'check-none');
  return use && further.length + more.length + rest.length === 0 ? { use, none } : null;
}

function spansOf(...judgements: Judgement[]): Span[] {
  return judgements.map(({ opening }) => opening.span);
}

/** `url ? new Redis(url) : new Redis({ host })`. */
function conditionalEdit(
  facts: FileFacts,
  first: Judgement,
  second: Judgement,
  { use, none }: Stands,
): Instruction[] | null {
  // A check stands behind a statement, and what holds a conditional may be more than one value.
  if (none !== null) return null;
  for (const by of usersOf(facts, first.opening.value)) {
    const value = facts.values[by];
    if (value?.kind !== 'conditional' || !onlyLooks(facts, value.span, spansOf(first, second))) continue;
    const both =
      [value.then, value.else].sort((a, b) => a - b).join() ===
      [first.opening.value, second.opening.value].sort((a, b) => a - b).join();
    if (both) return [{ kind: 'replace-reference', span: value.span, use, openings: spansOf(first, second) }];
  }
  return null;
}

/** `if url: client = from_url(url)` with `else: client = Redis(host=…)`. */
function branchesEdit(
  facts: FileFacts,
  first: Judgement,
  second: Judgement,
  { use, none }: Stands,
): Instruction[] | null {
  const [a, b] = [soleOf(facts, first), soleOf(facts, second)];
  // Branches of JavaScript that each declare the name (`var`) keep their checks.
  if (none !== null && facts.language !== 'python') return null;
  if (!a || !b || a.block.kind !== 'if' || b.block.kind !== 'else' || a.block.parent !== b.block.parent) return null;
  const { test, parent } = a.block;
  if (test === null || placeOf(facts, first) === null || placeOf(facts, first) !== placeOf(facts, second)) return null;
  const around = facts.statements
    .filter(({ span }) => holds(span, a.block.span) && holds(span, b.block.span))
    .toSorted((one, other) => one.span.end - one.span.start - (other.span.end - other.span.start));
  const [whole] = around;
  const branches = whole
    ? facts.blocks.filter((one) => one.parent === parent && one.scope === a.block.scope && holds(whole.span, one.span))
    : [];
  const { span } = a.statement;
  if (whole?.kind !== 'other' || branches.length !== 2) return null;
  if (!onlyLooks(facts, whole.span, [span, b.statement.span])) return null;
  return [
    {
      kind: 'collapse',
      span: whole.span,
      keep: span,
      opening: first.opening.span,
      use,
      openings: spansOf(first, second),
      ...(none === null ? {} : { none }),
    },
  ];
}

/** `if url: return from_url(url)` followed by `return Redis(host=…)`. */
function returnsEdit(
  facts: FileFacts,
  first: Judgement,
  second: Judgement,
  { use, none }: Stands,
): Instruction[] | null {
  const a = soleOf(facts, first);
  const last = facts.statements[second.opening.statement ?? -1];
  if (a?.block.kind !== 'if' || a.statement.kind !== 'return' || last?.kind !== 'return') return null;
  const returned = [first, second].every(({ opening }) =>
    facts.flows.some(({ value, place }) => value === opening.value && place.kind === 'return'),
  );
  const whole = facts.statements.find(
    (one) => one.kind === 'other' && one.block === a.block.parent && holds(one.span, a.block.span),
  );
  if (!returned || !whole || last.block !== whole.block || a.block.test === null) return null;
  if (!onlyLooks(facts, whole.span, [a.statement.span])) return null;
  const inside = facts.blocks.filter((one) => holds(whole.span, one.span));
  const between = facts.statements.some(({ span }) => span.start >= whole.span.end && span.end <= last.span.start);
  if (inside.length !== 1 || between) return null;
  return [
    { kind: 'drop-holder', span: whole.span, opening: first.opening.span },
    { kind: 'replace-opening', span: second.opening.span, use },
    ...(none === null
      ? []
      : [{ kind: 'check-none' as const, span: last.span, opening: second.opening.span, policy: none }]),
  ];
}

/** The statement of an opening, when it is all that its block holds. */
function soleOf(facts: FileFacts, { opening }: Judgement) {
  const statement = facts.statements[opening.statement ?? -1];
  const block = statement && statement.block !== null ? facts.blocks[statement.block] : undefined;
  const alone = facts.statements.filter((one) => one.block === statement?.block).length === 1;
  return statement && block && alone ? { statement, block } : null;
}

/** Where the opening is kept, as one text; null: in no place, or in several. */
function placeOf(facts: FileFacts, { opening }: Judgement): string | null {
  const flows = facts.flows.filter(({ value }) => value === opening.value);
  const [flow] = flows;
  const named = flow?.place.kind === 'local' || flow?.place.kind === 'field';
  return flow && flows.length === 1 && named && flow.part.kind === 'whole' ? JSON.stringify(flow.place) : null;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

const ACTS: ReadonlySet<string> = new Set(['call', 'await', 'assign', 'unknown', 'module']);

/** Beside what is kept or replaced there, a place does nothing but look: leaving it out changes nothing else. */
function onlyLooks(facts: FileFacts, { start, end }: Span, but: readonly Span[]): boolean {
  return facts.values.every(({ span, ...value }, id) => {
    const isWhole = span.start === start && span.end === end;
    if (isWhole || !holds({ start, end }, span) || but.some((one) => holds(one, span))) return true;
    // `n++` and `delete a.b` write.
    const writes = (value.kind === 'member' && value.write) || facts.flows.some((flow) => flow.value === id);
    return !writes && !ACTS.has(value.kind);
  });
}
