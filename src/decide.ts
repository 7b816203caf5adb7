/** The recipe of `accept`: a decision of a person on one site, stored for all. */

import { withLock, writeStateFile } from './apply/index.js';
import { differencesOf } from './assess/index.js';
import { DECISIONS_FILE, readDecisions, withDecision, withoutDecision } from './decisions/index.js';
import { UserError } from './errors.js';
import { findDecision, findSite } from './explain/find.js';
import { type MigrateOptions, takeInventory, wholly } from './migrate.js';
import type { Decision } from './model/decision.js';
import type { Site } from './model.js';
import type { DecisionReport } from './report/index.js';
import { mask } from './secrets.js';

/** What a person says. `decision` null: do it when it is under review, else leave it. */
export interface DecisionRequest {
  what: string;
  reason: string;
  decision: Decision['decision'] | null;
  until: string | null;
}

/**
 * Stores a decision in `.redis-migrate/decisions.json`. Throws a `UserError` when no site or several sites fit, when there
 * is nothing to decide about it, or when the site stays for a reason that nobody may override.
 */
export async function accept(o: MigrateOptions, request: DecisionRequest): Promise<DecisionReport> {
  const taken = await takeInventory(o);
  const site = findSite(request.what, taken);
  const decision = request.decision ?? (site.verdict === 'review' ? 'do' : 'leave');
  refuse(site, decision);
  const made: Decision = {
    site: site.id,
    decision,
    reason: mask(request.reason),
    until: request.until,
    file: site.file,
    line: site.line,
    differences: decision === 'do' ? differencesOf(site.reasons).map(mask) : [],
  };
  const write = () => writeStateFile(taken.stateDir, DECISIONS_FILE, withDecision(readDecisions(taken.stateDir), made));
  await wholly(o, () => withLock(taken.stateDir, write));
  return { schemaVersion: 1, ...made, verdict: site.verdict, withdrawn: false, written: DECISIONS_FILE };
}

/**
 * Takes a decision back: that of a site, or, where its site is no more, the one that was made on this id or place. Throws
 * a `UserError` when there is none, or several fit.
 */
export async function withdraw(o: MigrateOptions, { what }: { what: string }): Promise<DecisionReport> {
  const taken = await takeInventory(o);
  const { stateDir } = taken;
  const { site: id } = findDecision(what, readDecisions(stateDir), taken);
  const take = () => {
    const all = readDecisions(stateDir);
    const one = all.find(({ site }) => site === id);
    if (!one) throw new UserError(`the decision on ${id} was taken back meanwhile`);
    writeStateFile(stateDir, DECISIONS_FILE, withoutDecision(all, id));
    return one;
  };
  const one = await wholly(o, () => withLock(stateDir, take));
  const site = taken.sites.find((row) => row.id === id);
  const { file, line } = site ?? one;
  const verdict = site?.verdict ?? null;
  return { schemaVersion: 1, ...one, file, line, verdict, withdrawn: true, written: DECISIONS_FILE };
}

function refuse(site: Site, decision: Decision['decision']): void {
  const place = `${site.file}:${site.line}`;
  if (site.category !== 'client') {
    throw new UserError(
      `${place} is a ${site.category}: there is nothing to decide`,
      'Name the opening that it belongs to.',
    );
  }
  if (site.reasons.some(({ code }) => code === 'accessor'))
    throw new UserError(`${place} is the accessor: it stays anyway`);
  if (decision === 'leave') return;
  if (site.exempt !== null && site.exempt.by !== 'decision') {
    throw new UserError(
      `${place} is exempt by a ${site.exempt.by}: ${site.exempt.reason}`,
      'Take the exemption out first.',
    );
  }
  if (site.verdict === 'keep' && site.exempt === null) {
    const why = site.reasons[0]?.message ?? 'it is not proved safe';
    throw new UserError(
      `${place} stays, and no decision overrides that: ${why}`,
      'See `redis-migrate explain` for what can be done.',
    );
  }
}
