/** Runs of call-sites: writes that follow each other and whose answers nobody takes become one pipeline. */

import { PIPELINED } from '../libraries/pipelined.js';
import type { Accessor, CommandCalls } from '../model/config.js';
import type { FileFacts, Statement, ValueId } from '../model/facts.js';
import type { CallSiteRow } from './call-sites.js';
import { type Context, factsOf } from './context.js';
import { nameOf, soleStatement } from './function-order.js';
import { hashOf } from './ids.js';
import { accessorUse } from './reach.js';
import { reason, sortedReasons, verdictOf } from './reasons.js';

/** Functions that only make a text or a number of what they are given. */
const PURE = new Set(['json.dumps', 'JSON.stringify', 'str', 'int', 'float', 'len', 'String', 'Number']);

/** A call that can be one of a pipeline. */
interface Link {
  row: CallSiteRow;
  facts: FileFacts;
  statement: Statement;
  /** As it is written: `cache`, `self.cache`. */
  receiver: string;
  sent: { accessor: Accessor; calls: CommandCalls; command: string };
}

/** The rows, those of each run in one unit: the first sends what all of them sent. `classes` are those whose runs are wanted. */
export function sentTogether(context: Context, rows: CallSiteRow[], classes: ReadonlySet<string>): CallSiteRow[] {
  if (classes.size === 0) return rows;
  const joined = new Map<CallSiteRow, CallSiteRow>();
  for (const run of runsOf(rows.flatMap((row) => linkOf(context, row, classes) ?? []))) {
    for (const [row, changed] of joinedRows(context, run)) joined.set(row, changed);
  }
  return rows.map((row) => joined.get(row) ?? row);
}

function linkOf(context: Context, row: CallSiteRow, classes: ReadonlySet<string>): Link | null {
  const { call, sent } = row;
  const facts = factsOf(context, call.file);
  if (!facts || !sent?.calls.pipeline || !classes.has(call.className) || !PIPELINED.has(sent.command)) return null;
  const statement = soleStatement(facts, call.value);
  const value = facts.values[call.value];
  const callee = value?.kind === 'call' ? facts.values[value.callee] : undefined;
  if (!statement || value?.kind !== 'call' || callee?.kind !== 'member') return null;
  if (facts.language !== 'python' && value.result !== 'awaited') return null;
  if (!isQuiet(facts, statement, call.value)) return null;
  return { row, facts, statement, receiver: nameOf(facts, callee.object), sent };
}

/** Nothing in the arguments runs code of the project, waits, or sets anything: what is sent before cannot matter to it. */
function isQuiet(facts: FileFacts, { span }: Statement, call: ValueId): boolean {
  const within = (other: { start: number; end: number }) => other.start >= span.start && other.end <= span.end;
  const quiet = facts.values.every((value, id) => {
    if (id === call || !within(value.span)) return true;
    if (value.kind === 'await') return value.value === call;
    if (value.kind === 'call') return !value.new && PURE.has(nameOf(facts, value.callee));
    return value.kind !== 'unknown' && value.kind !== 'function';
  });
  return quiet && facts.flows.every(({ place, span: at }) => !within(at) || place.kind === 'param');
}

/** Links whose statements stand directly behind each other, of one object and one accessor; two at least. */
function runsOf(links: readonly Link[]): Link[][] {
  const runs: Link[][] = [];
  for (const link of links) {
    const last = runs.at(-1)?.at(-1);
    if (last && follows(last, link)) runs.at(-1)?.push(link);
    else runs.push([link]);
  }
  return runs.filter((run) => run.length > 1);
}

function follows(before: Link, { row, facts, statement, receiver, sent }: Link): boolean {
  const { block, scope, span } = before.statement;
  if (facts !== before.facts || receiver !== before.receiver || sent.accessor !== before.sent.accessor) return false;
  if (row.call.className !== before.row.call.className || row.call.declaredIn !== before.row.call.declaredIn)
    return false;
  if (statement.block !== block || statement.scope !== scope || statement.span.start < span.end) return false;
  return !facts.statements.some((one) => one.span.start >= span.end && one.span.start < statement.span.start);
}

function joinedRows(context: Context, run: readonly Link[]): [CallSiteRow, CallSiteRow][] {
  const [first] = run;
  if (!first?.sent.calls.pipeline) return [];
  const { file, span } = first.row.call;
  const { accessor, calls } = first.sent;
  const use = accessorUse(context, file, accessor, calls.from, []);
  const sent = run.map(({ row, statement, sent: { command } }) => {
    return { statement: statement.span, call: row.call.span, command };
  });
  const together = hashOf([file, String(span.start), String(run.length)]);
  const commands = run.map(({ sent: { command } }) => command).join(', ');
  const why = reason('call-site-together', { count: run.length, commands });
  return run.map(({ row }) => {
    const reasons = sortedReasons([...row.site.reasons, why]);
    const instruction =
      row === first.row
        ? { kind: 'send-together' as const, span, use, method: first.sent.calls.pipeline ?? '', sent }
        : { kind: 'changed-apart' as const, span: row.call.span };
    const site = { ...row.site, reasons, verdict: verdictOf(reasons) };
    return [row, { ...row, site, together, changes: [{ file, instruction }] }];
  });
}
