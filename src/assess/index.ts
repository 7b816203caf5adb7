/** Stage assess: from openings and their uses to sites, units, reasons and findings. Pure: plain JSON in, plain JSON out. */

import type { Unit } from '../model/change.js';
import type { Config } from '../model/config.js';
import type { Decision, StandingDecision } from '../model/decision.js';
import type { ComputedLoad } from '../model/loads.js';
import type { LostMock, StandIn } from '../model/mock.js';
import type { Project } from '../model/project.js';
import type { Finding, Reason, Site } from '../model/site.js';
import type { Opening, Trace } from '../model/traced.js';
import { assumptionOf } from './assumed.js';
import { type Context, usesByFile, zoneOf } from './context.js';
import { acceptedNote, type Decided, decidedOf, isAccepted, leftBy, standingDecisions } from './decisions.js';
import { everyFinding } from './every-finding.js';
import { withChains } from './fallback.js';
import { groupsOf } from './groups.js';
import { identityOf, passwordOf } from './identity.js';
import { byPlace, idsOf, movedIds } from './ids.js';
import { lostMocks, mockNotes } from './mocks.js';
import { compare } from './order.js';
import { otherRows } from './other-rows.js';
import { lostPatches } from './patches.js';
import { isAccessorFile } from './reach.js';
import { sortedReasons } from './reasons.js';
import { replacementUnits } from './replacements.js';
import { identifiedOpening, openingRow, type Row } from './sites.js';
import { asksOf } from './start.js';
import { givesClients } from './topology.js';
import { mateReasons, unitIdOf, unitOf } from './units.js';
import { type Judgement, judge } from './verdict.js';

export { differencesOf } from './decisions.js';
export { wantedModules } from './deprecated-imports.js';
export { type Stated, statedOptions } from './options.js';
export { effectOf, REASONS, type ReasonCode } from './reasons.js';

export interface AssessOptions {
  /** List and judge sites in tests too; else tests count only as users of what they are given. */
  includeTests: boolean;
  /** Decisions of people; absent: none. */
  decisions?: readonly Decision[];
  /** One file is all that is read: modules that the configuration names are taken to be what it says. */
  alone?: boolean;
  /** The day on which they are asked, as `2027-01-31`. Absent: none has run out. */
  today?: string;
  /** What tests put in the place of modules, in files that are not parsed; absent: nothing. */
  standIns?: readonly StandIn[];
  /** Word → file → how often it is said there: the fields of `fieldsOfInstances`. */
  mentions?: Context['mentions'];
  /** Loads of modules under computed names; absent: none. */
  loads?: readonly ComputedLoad[];
  /** File → files that it imports, for all files that are no tests; absent: not known. */
  programs?: Context['programs'];
}

export interface Assessment {
  /** Sorted by file, line, column. */
  sites: Site[];
  /** What can change, in the order of their first site. */
  units: Unit[];
  findings: Finding[];
  /** What the verdicts assume without a config; null with one. */
  assumed: string | null;
  /** Site id → term of the password of the client, never the secret itself. Not a part of the inventory. */
  passwords: Record<string, string>;
  /** What tests put in the place of what these sites open with, and will no longer do so. */
  mocks: LostMock[];
  /** What people decided, by the id of the site. */
  decisions: StandingDecision[];
}

/** Openings that a stored list names by the ids that they had in another file: old id → id now. */
export function movedOpenings({ openings }: Trace, stored: Parameters<typeof movedIds>[1]): Map<string, string> {
  return movedIds(openings.map(identifiedOpening), stored);
}

/** Judges every opening, URL and accessor call of a trace. Throws nothing for any input that the types allow. */
export function assess(project: Project, trace: Trace, config: Config, options: AssessOptions): Assessment {
  const decided = decidedOf(options.decisions ?? [], options.today ?? '');
  const { alone = false, standIns = [], loads = [], mentions, programs } = options;
  const given = { alone, standIns, loads, ...(mentions ? { mentions } : {}), ...(programs ? { programs } : {}) };
  const { context, assumed } = contextOf(project, trace, config, { decided, ...given });
  const listed = (file: string) => options.includeTests || zoneOf(context, file) !== 'test';
  const judgements = withChains(
    context,
    trace.openings.map((opening) => judge(context, opening)),
  );
  const groups = groupsOf(context, judgements);
  const mates = new Map<Judgement, Reason[]>();
  for (const group of groups) {
    for (const [one, reasons] of mateReasons(group, ({ opening }) => listed(opening.file))) mates.set(one, reasons);
  }
  const rows = new Map<Judgement, Row>();
  for (const one of judgements) {
    if (listed(one.opening.file)) rows.set(one, openingRow(context, one, mates.get(one) ?? []));
  }
  const { urls, replaced, others } = otherRows(context, judgements, listed, options.includeTests);
  identify([...rows.values(), ...others]);
  for (const { url, row } of urls) {
    const owner = url.partOf === null ? undefined : judgements.find(({ opening }) => opening.index === url.partOf);
    row.site.partOf = owner ? (rows.get(owner)?.site.id ?? null) : null;
  }
  for (const [{ opening }, { site }] of rows) {
    const around = clientAround(opening, judgements);
    if (around) site.partOf = rows.get(around)?.site.id ?? null;
  }
  for (const { site } of [...rows.values(), ...replaced.rows]) {
    const accepted = acceptedNote(decided, site);
    if (accepted) site.reasons = sortedReasons([...site.reasons, accepted]);
  }
  const moving = [...rows].map(([{ opening, changes }, { site }]) => ({ opening, site, changes }));
  const mocks = [...lostMocks(context, moving), ...lostPatches(context, replaced.rows)].sort(byLine);
  for (const { site } of [...rows.values(), ...replaced.rows])
    site.reasons = sortedReasons([...site.reasons, ...mockNotes(site, mocks)]);
  const units = [...unitsOf(context, groups, rows), ...replacementUnits(replaced.rows)]
    .sort((a, b) => order(a.first, b.first))
    .map(({ unit }) => unit);
  const sites = [...rows.values(), ...others].map(({ site }) => site).sort(order);
  const decisions = standingDecisions(decided, sites, new Set(idsOf(trace.openings.map(identifiedOpening))));
  const findings = everyFinding(context, { decisions, sites, replaced: replaced.rows });
  const shown = findings.filter(({ file, code }) => code === 'stale-decision' || listed(file));
  return { sites, units, findings: shown, assumed, passwords: passwordsOf(trace, rows), mocks, decisions };
}

/** Of a Sentinel that is asked for a client where it is made: that client, whose edit takes both. */
function clientAround(opening: Opening, judgements: readonly Judgement[]): Judgement | undefined {
  if (!givesClients(opening)) return undefined;
  const { file, index, span } = opening;
  const isAround = ({ opening: other }: Judgement) =>
    other.file === file &&
    other.duplicates?.includes(index) &&
    other.span.start <= span.start &&
    span.end <= other.span.end;
  return judgements.find(isAround);
}

function passwordsOf({ openings }: Trace, rows: ReadonlyMap<Judgement, Row>): Record<string, string> {
  return Object.fromEntries([...rows].map(([{ opening }, { site }]) => [site.id, passwordOf(opening, openings)]));
}

function contextOf(
  project: Project,
  trace: Trace,
  config: Config,
  { decided, ...given }: { decided: Decided } & Pick<Context, 'alone' | 'standIns' | 'loads' | 'mentions' | 'programs'>,
): { context: Context; assumed: string | null } {
  const files = new Map(project.files.map((file) => [file.facts.file, file]));
  const identities = new Map(trace.openings.map((opening) => [opening, identityOf(opening, trace.openings)]));
  const candidates = trace.openings
    .filter((opening) => opening.makes === 'client' && files.get(opening.file)?.zone !== 'test')
    .flatMap((opening) => identities.get(opening) ?? []);
  const { accessors, databases, text } = assumptionOf(config, candidates);
  const assuming = config.path === null && config.accessors.length === 0;
  const uses = usesByFile(trace);
  const left = new Map(
    idsOf(trace.openings.map(identifiedOpening)).flatMap((id, index) => {
      const [opening, exemption] = [trace.openings[index], leftBy(decided, id)];
      return opening && exemption ? [[opening, exemption] as const] : [];
    }),
  );
  return {
    context: { project, trace, config, accessors, databases, assuming, files, identities, left, uses, ...given },
    assumed: text,
  };
}

function identify(rows: readonly Row[]): void {
  const ids = idsOf(rows.map(({ identified }) => identified));
  rows.forEach(({ site }, index) => {
    site.id = ids[index] ?? '';
  });
}

/** Names the unit of each opening's site, and gives those units that can change. */
function unitsOf(
  context: Context,
  groups: readonly Judgement[][],
  rows: ReadonlyMap<Judgement, Row>,
): { unit: Unit; first: Site }[] {
  const units: { unit: Unit; first: Site }[] = [];
  for (const group of groups) {
    const members = group
      .flatMap((judgement) => {
        const row = rows.get(judgement);
        return row && !isAccessorFile(context, row.site.file) ? [{ judgement, site: row.site }] : [];
      })
      .sort((a, b) => order(a.site, b.site));
    const id = unitIdOf(members.map(({ site }) => site.id));
    for (const { site } of members) site.unit = id;
    const unit = unitOf(members);
    if (unit?.verdict === 'review' && isAccepted(members.map(({ site }) => site))) unit.accepted = true;
    const asks = asksOf(
      context,
      members.map(({ judgement }) => judgement.opening),
    );
    if (unit && asks.length > 0) unit.asks = asks;
    const [first] = members;
    if (unit && first) units.push({ unit, first: first.site });
  }
  return units;
}

function byLine(a: LostMock, b: LostMock): number {
  return compare(a.file, b.file) || a.line - b.line || compare(a.target, b.target);
}

function order(a: Site, b: Site): number {
  return byPlace(a, b) || compare(a.category, b.category) || compare(a.id, b.id);
}
