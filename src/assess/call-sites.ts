/** Rows of calls of wrapper methods: those that only pass a command on can go through the accessor's own object. */

import type { Accessor, CommandCalls } from '../model/config.js';
import type { CallValue, FileFacts } from '../model/facts.js';
import type { MethodCall } from '../model/method-call.js';
import type { Purpose, Reason, Site } from '../model/site.js';
import { clientOf } from './call-site-client.js';
import { type AskedDatabase, askedDatabaseOf } from './call-site-database.js';
import { namesLeft } from './call-site-names.js';
import { type Context, factsOf, functionAround } from './context.js';
import { type ChangingRow, fileReasons } from './deprecated-rows.js';
import { exemptionOf } from './exempt.js';
import { fileOfModule } from './modules.js';
import { argumentsAgainst, type PassThrough, passThroughOf } from './pass-through.js';
import { sentTogether } from './pipelines.js';
import { accessorFor, accessorUse, isAccessorFile, reachReasons } from './reach.js';
import { reason, sortedReasons, verdictOf } from './reasons.js';
import { blank, place } from './sites.js';
import type { Judgement } from './verdict.js';

/** A row of a call, with the command that it can be sent as; null: it stays. */
export interface CallSiteRow extends ChangingRow {
  purpose: Purpose;
  call: MethodCall;
  sent: { accessor: Accessor; calls: CommandCalls; command: string } | null;
  together?: string;
}

/** A row for each call of a method of a class whose entry of the configuration says `callSites`. */
export function callSiteRows(context: Context, judgements: readonly Judgement[]): CallSiteRow[] {
  const wrappers = context.config.wrappers.filter(({ callSites }) => callSites);
  if (wrappers.length === 0) return [];
  const homes = new Set(wrappers.map((one) => `${one.class} ${fileOfModule(context, one.module)?.facts.file}`));
  const rows = context.trace.methodCalls.flatMap((call) => {
    const facts = factsOf(context, call.file);
    const watched = facts !== null && homes.has(`${call.className} ${call.declaredIn}`);
    return watched && !isAccessorFile(context, call.file)
      ? [leaving(context, rowOf(context, call, facts, judgements))]
      : [];
  });
  const piped = new Set(wrappers.flatMap((one) => (one.pipelines ? [one.class] : [])));
  return sentTogether(context, rows, piped);
}

function leaving(context: Context, row: CallSiteRow): CallSiteRow {
  return { ...row, leaves: namesLeft(context, row.call, row.changes) };
}

/** What a call becomes, as far as it is known. */
interface Found {
  reasons: Reason[];
  through: PassThrough | null;
  client: Judgement | null;
}

function rowOf(context: Context, call: MethodCall, facts: FileFacts, judgements: readonly Judgement[]): CallSiteRow {
  const asked = askedDatabaseOf(context, call, facts);
  if (asked) return askingRow(context, call, facts, asked);
  const language = facts.language === 'python' ? 'python' : 'javascript';
  const accessor = accessorFor(context, call.file, language);
  const calls = accessor?.contract.calls ?? null;
  const found = accessor && calls ? foundFor(context, call, facts, { accessor, calls, judgements }) : null;
  const client = found?.client ?? null;
  const row = staying(context, call, facts, found?.reasons ?? [reason('call-site-no-object', undefined)], {
    library: client?.opening.library ?? null,
    mode: client?.opening.mode ?? null,
    purpose: client?.purpose ?? null,
    database: client?.database?.name ?? null,
  });
  if (row.site.verdict === 'keep' || !accessor || !calls || !found?.through) return row;
  const use = accessorUse(context, call.file, accessor, calls.from, []);
  const { command } = found.through;
  const instruction = { kind: 'send-command' as const, span: call.span, use, method: calls.execute, command };
  return { ...row, changes: [{ file: call.file, instruction }], sent: { accessor, calls, command } };
}

/** A method that only asks the accessor: the call does so itself. */
function askingRow(context: Context, call: MethodCall, facts: FileFacts, asked: AskedDatabase): CallSiteRow {
  const { reasons, use, mode, database } = asked;
  const row = staying(context, call, facts, reasons, { mode, database });
  if (row.site.verdict === 'keep' || use === null) return row;
  return { ...row, changes: [{ file: call.file, instruction: { kind: 'replace-call', span: call.span, use } }] };
}

/** The row of a call, without an edit. `known` is what the client that it uses says of it. */
function staying(
  context: Context,
  call: MethodCall,
  facts: FileFacts,
  found: readonly Reason[],
  known: Partial<Pick<Site, 'library' | 'mode' | 'purpose' | 'database'>>,
): CallSiteRow {
  const exempt = exemptionOf(facts, call.file, call.at.line, context.config);
  const reasons = [
    ...found,
    ...fileReasons(facts),
    ...(exempt ? [reason('exempt', { by: exempt.by, reason: exempt.reason })] : []),
  ];
  const site: Site = {
    ...blank(context, 'call-site', call),
    ...known,
    api: `${call.className}.${call.member}`,
    pattern: 'call-site',
    priority: exempt ? 'none' : 'recommended',
    verdict: verdictOf(reasons),
    reasons: sortedReasons(reasons),
    exempt,
  };
  const identified = { ...place(call), symbol: call.symbol, category: 'call-site' as const };
  return { site, identified, purpose: site.purpose ?? 'unknown', call, changes: [], sent: null };
}

interface Through {
  accessor: Accessor;
  calls: CommandCalls;
  judgements: readonly Judgement[];
}

function foundFor(context: Context, call: MethodCall, facts: FileFacts, through: Through): Found {
  const { accessor, calls, judgements } = through;
  const name = `${call.className}.${call.member}`;
  const stays = (why: Reason): Found => ({ reasons: [why], through: null, client: null });
  const value = facts.values[call.value] as CallValue;
  const callee = facts.values[value.callee];
  if (!call.sure || call.runs === null || value.optional || (callee?.kind === 'member' && callee.optional)) {
    return stays(reason('call-site-unsure', { name }));
  }
  const home = factsOf(context, call.runs.file);
  const passed = home ? passThroughOf(home, call.runs.scope) : 'its code is not read';
  const coroutine = facts.language === 'python' && home?.scopes[call.runs.scope]?.async === true;
  if (home === null || typeof passed === 'string' || coroutine) {
    const why = typeof passed === 'string' ? passed : 'it is a coroutine, and what stands for it is none';
    return stays(reason('call-site-method', { name, why }));
  }
  const against = argumentsAgainst(value, passed);
  if (against !== null) return stays(reason('call-site-arguments', { name, why: against }));
  const { command } = passed;
  const { notBefore } = accessor.contract;
  const from = call.held.find((one) => one.value === passed.client)?.from ?? null;
  const client = clientOf(context, { file: home.file, call: passed.call, command, from }, accessor, judgements);
  const reasons = [
    reason('call-site', { name, command, from: calls.from, execute: calls.execute }),
    ...(calls.differs === null ? [] : [reason('call-site-differs', { differs: calls.differs })]),
    ...reachReasons(context, call.file, accessor),
    ...(notBefore !== null && functionAround(facts, value.scope) === null
      ? [reason('accessor-not-before', { before: notBefore })]
      : []),
    ...client.reasons,
  ];
  return { reasons, through: passed, client: client.judgement };
}
