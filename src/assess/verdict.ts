/** What is known of one opening, all reasons together, and the edit that would move it. */

import { redisLibrary, within } from '../libraries/index.js';
import type { AccessorUse } from '../model/change.js';
import type { Accessor, NamedDatabase } from '../model/config.js';
import type { FileFacts } from '../model/facts.js';
import type { Exemption, Identity, Purpose, Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { apiReasons } from './api-reasons.js';
import { constructOf } from './arguments.js';
import { type Context, factsOf, functionAround } from './context.js';
import { decodingOf } from './decode.js';
import { loopReasons } from './event-loops.js';
import { exemptionOf } from './exempt.js';
import { lifecycleOf, type Placed } from './lifecycle.js';
import { mockChanges, rewrittenMocks } from './mock-changes.js';
import { noneChange } from './none.js';
import { opensOnImport } from './on-import.js';
import { oneConnectionReasons } from './one-connection.js';
import { oneDatabaseReasons, takesNothing } from './one-database.js';
import { optionReasons } from './options.js';
import { purposeOf } from './purpose.js';
import { accessorFor, accessorUse, closesCircle, isAccessorFile, reachReasons } from './reach.js';
import { effectOf, reason, verdictOf } from './reasons.js';
import { isDedicated, isShared, type RoleFound, roleOf } from './roles.js';
import { scriptReasons } from './scripts.js';
import { platformReasons } from './serverless.js';
import { startFor } from './start.js';
import { OF_THE_PLACE, strategyFor } from './strategy.js';
import { targetOf } from './target.js';
import { givesClients, isOffered, topologyOf } from './topology.js';
import { unusedParameters } from './unused-parameters.js';
import { waitReasons } from './waits.js';

export interface Judgement {
  opening: Opening;
  found: RoleFound;
  purpose: Purpose;
  identity: Identity;
  database: NamedDatabase | null;
  exempt: Exemption | null;
  reasons: Reason[];
  /** Edits, the opening's first; empty when no edit exists. */
  changes: Placed[];
  /** Names what decides between this opening and others; absent: nothing does. */
  chain?: string;
}

const UNKNOWN_IDENTITY: Identity = {
  key: null,
  terms: {
    server: 'unknown',
    user: 'unknown',
    password: 'unknown',
    tls: 'unknown',
    database: 'unknown',
    prefix: 'unknown',
    decode: 'unknown',
    library: 'unknown',
  },
};

/** Judges an opening by itself; what its unit mates mean for it comes later. */
export function judge(context: Context, opening: Opening): Judgement {
  const facts = factsOf(context, opening.file);
  const found = roleOf(opening, context.trace.openings);
  const { purpose, reasons: evidence } = purposeOf(opening, found);
  const identity = context.identities.get(opening) ?? UNKNOWN_IDENTITY;
  const exempt = exemptionOf(facts, opening.file, opening.at.line, context.config, context.left.get(opening));
  const base = { opening, found, purpose, identity, exempt };
  if (isAccessorFile(context, opening.file)) {
    return { ...base, database: null, reasons: [reason('accessor', undefined)], changes: [] };
  }
  const topology = topologyOf(opening, context.trace.openings);
  const reasons = [...evidence, ...found.reasons, ...siteReasons(opening, facts), ...poolReasons(context, opening)];
  if (exempt) reasons.push(reason('exempt', { by: exempt.by, reason: exempt.reason }));
  const language = facts?.language === 'python' ? 'python' : 'javascript';
  const accessor = accessorFor(context, opening.file, language, opening.mode);
  if (!accessor) {
    reasons.push(reason('no-accessor', { language: facts?.language ?? 'this file' }));
    if (topology !== 'single') reasons.push(topologyReason(opening, topology));
    return { ...base, database: null, reasons, changes: [] };
  }
  if (topology !== 'single' && !isOffered(opening, topology, accessor)) reasons.push(topologyReason(opening, topology));
  reasons.push(...accessorReasons(context, opening, found, accessor, facts));
  const none = facts ? noneChange(context, opening, facts, accessor) : { reasons: [], changes: [] };
  reasons.push(...none.reasons);
  const target = targetOf(context, opening, identity, accessor);
  reasons.push(...waitReasons(context, opening, found, accessor), ...loopReasons(context, opening, found, accessor));
  reasons.push(...oneConnectionReasons(context, opening, found.role, accessor));
  reasons.push(...oneDatabaseReasons(context, accessor, found.role, identity));
  const role = found.role === 'unknown' ? 'command' : found.role;
  const start = startFor(context, opening, accessor);
  reasons.push(...start.reasons);
  const told = (all: Reason[]) => (verdictOf(all) === 'keep' ? all : [...all, ...start.notes]);
  const life = lifecycleOf(context, opening, found.members, role, accessor);
  if (facts) reasons.push(...platformReasons(context, opening, found, facts));
  if (isShared(role)) reasons.push(...scriptReasons(opening, context.trace.openings));
  reasons.push(...target.reasons, ...optionReasons(opening, context.trace.openings, accessor, role), ...life.reasons);
  const { database } = target;
  const use = database ? accessorCallOf(context, opening, found, accessor, database) : null;
  if (!use || !facts) return { ...base, database, reasons, changes: [] };
  const moved = strategyFor(context, { opening, facts, role, accessor, use, others: life.changes });
  const given = moved && moved.changes.length > 0 ? moved : null;
  const instruction = { kind: 'replace-opening' as const, span: opening.span, use: use(opening.file) };
  const changes = given?.changes ?? [{ file: opening.file, instruction }, ...none.changes, ...life.changes];
  const kept = given ? reasons.filter(({ code }) => !OF_THE_PLACE.has(code)) : reasons;
  const mocks = mockChanges(context, opening, changes, accessor);
  const ignored = unusedParameters(context, { opening, facts, accessor }, changes);
  const more = [...(moved?.reasons ?? []), ...ignored.reasons, ...rewrittenMocks(context, mocks, accessor)];
  const all = [...changes, ...ignored.changes, ...start.changes, ...mocks];
  return { ...base, database, reasons: told([...kept, ...more]), changes: all };
}

/** A client of a pool that somebody may change: where it leads is not what the pool's arguments say. */
function poolReasons({ trace: { openings } }: Context, { pools }: Opening): Reason[] {
  return (pools ?? []).flatMap((index) => {
    const pool = openings[index];
    const others = openings.filter((one) => one.pools?.includes(index));
    const [why] = [
      ...(pool ? keepingReasons(pool, openings) : []),
      ...others.flatMap((one) => keepingReasons(one, openings)).filter(({ code }) => code === 'role-changed'),
    ];
    const place = why?.at ? ` (${why.at})` : '';
    return why ? [reason('pool-not-known', { why: why.message + place })] : [];
  });
}

/** Why a role is not known; nothing where it is. */
function keepingReasons(opening: Opening, openings: readonly Opening[]): Reason[] {
  const { role, reasons } = roleOf(opening, openings);
  return role === 'unknown' ? reasons.filter(({ code }) => effectOf(code) === 'keep') : [];
}

function topologyReason(opening: Opening, topology: 'cluster' | 'sentinel'): Reason {
  return givesClients(opening) ? reason('gives-clients', undefined) : reason(topology, undefined);
}

/** Reasons in the site itself: what it makes, its version, its file. */
function siteReasons(opening: Opening, facts: FileFacts | null): Reason[] {
  const reasons: Reason[] = [];
  if (opening.makes === 'pool') reasons.push(reason('pool', undefined));
  else if (opening.makes === 'unknown') reasons.push(reason('makes-unknown', undefined));
  if (opening.unbound !== undefined) reasons.push(reason('unbound-name', { name: opening.unbound }));
  if (facts?.generated) reasons.push(reason('generated', undefined));
  if (facts?.embedded) reasons.push(reason(facts.embedded === 'notebook' ? 'notebook' : 'embedded', undefined));
  const [problem] = facts?.problems ?? [];
  if (problem) {
    const at = { file: opening.file, line: problem.line, column: 1 };
    reasons.push(reason('file-problems', { message: problem.message }, at));
  }
  const construct = opening.duplicates === null ? constructOf(opening) : null;
  if (construct?.versions !== undefined && within(opening.version, construct.versions) !== 'always') {
    const { library, version } = opening;
    reasons.push(
      reason('library-version', {
        library,
        version: version ?? 'of an unknown version',
        supported: construct.versions,
      }),
    );
  }
  const { supported, stays } = redisLibrary(opening.library) ?? {};
  if (stays !== undefined) reasons.push(reason('library-stays', { library: opening.library, why: stays }));
  if (supported !== undefined && opening.version !== null && within(opening.version, supported) === 'never') {
    reasons.push(reason('library-version', { library: opening.library, version: opening.version, supported }));
  }
  return reasons;
}

/** Reasons between the opening and the accessor's contract. */
function accessorReasons(
  context: Context,
  opening: Opening,
  found: RoleFound,
  accessor: Accessor,
  facts: FileFacts | null,
): Reason[] {
  const { contract } = accessor;
  const { role } = found;
  const around = facts ? functionAround(facts, opening.scope) : null;
  const scope = around === null ? null : (facts?.scopes[around] ?? null);
  const reasons = reachReasons(context, opening.file, accessor, facts?.language === 'python' && around !== null);
  if (accessor.library !== opening.library) {
    reasons.push(reason('library-differs', { from: opening.library, to: accessor.library }));
    reasons.push(...apiReasons(context, opening, accessor));
  }
  const offered = contract.roles.includes(role) && (!isDedicated(role) || accessor.open !== null);
  if (role !== 'unknown' && !offered) reasons.push(reason('role-not-offered', { role }));
  const sync = facts?.language === 'python' && opening.mode === 'sync';
  if (contract.mode === 'coroutine' && (sync || !scope?.async))
    reasons.push(reason('accessor-mode', { mode: 'a coroutine' }));
  if (contract.mode !== 'coroutine' && opening.mode !== contract.mode && facts?.language === 'python') {
    reasons.push(reason('accessor-mode', { mode: contract.mode }));
  }
  if (contract.notBefore !== null && opensOnImport(context, opening, contract.notBefore)) {
    reasons.push(reason('accessor-not-before', { before: contract.notBefore }));
  }
  for (const { construct, handed } of found.given) {
    if (construct.closes && !isDedicated(role))
      reasons.push(reason('consumer-closes', { api: construct.api }, handed.at));
  }
  return reasons;
}

/** How a file writes the call of the accessor for an opening; null when the role is not known or not offered. */
function accessorCallOf(
  context: Context,
  opening: Opening,
  found: RoleFound,
  accessor: Accessor,
  database: NamedDatabase,
): ((file: string) => AccessorUse) | null {
  const { role } = found;
  const { parameters } = accessor.contract;
  const name = isDedicated(role) ? accessor.open : accessor.name;
  if (role === 'unknown' || name === null) return null;
  const terms = context.identities.get(opening)?.terms ?? UNKNOWN_IDENTITY.terms;
  const args = takesNothing(context, { file: accessor.file, name })
    ? []
    : [
        { name: parameters.database, value: database.name },
        ...(role === 'command' ? [] : [{ name: parameters.role, value: role }]),
        ...decodingOf(context, terms, accessor).args,
      ];
  return (file) => {
    const use = accessorUse(context, file, accessor, name, args);
    const inside = accessor.language === 'python' && closesCircle(context, file, accessor);
    return inside ? { ...use, inFunction: true } : use;
  };
}
