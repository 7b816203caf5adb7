/** Decisions of people against what the sites are now: which hold, which are out of date and why. */

import type { Decision, StandingDecision } from '../model/decision.js';
import type { Exemption, Finding, Reason, Site } from '../model/site.js';
import { compare } from './order.js';
import { effectOf, reason } from './reasons.js';

/** Decisions by the id of their site, and the day on which they are asked. */
export interface Decided {
  all: ReadonlyMap<string, Decision>;
  today: string;
}

export function decidedOf(decisions: readonly Decision[], today: string): Decided {
  return { all: new Map(decisions.map((one) => [one.site, one])), today };
}

/** The exemption that a decision to leave a site is; null when there is none, or it has run out. */
export function leftBy({ all, today }: Decided, site: string | undefined): Exemption | null {
  const one = site === undefined ? undefined : all.get(site);
  if (one?.decision !== 'leave' || hasRunOut(one, today)) return null;
  return { by: 'decision', reason: one.reason, until: one.until };
}

function hasRunOut({ until }: Decision, today: string): boolean {
  return until !== null && until < today;
}

/** The reasons that ask a person: what a decision to do it accepts. Those of the mates of a unit are theirs to accept. */
export function differencesOf(reasons: readonly Reason[]): string[] {
  const asking = reasons.filter(({ code }) => effectOf(code) === 'review' && code !== 'unit-review');
  return [...new Set(asking.map(({ message }) => message))].sort(compare);
}

/** The note that the differences of a site are accepted; null when they are not, or not all of them. */
export function acceptedNote({ all, today }: Decided, { id, verdict, reasons }: Site): Reason | null {
  const one = all.get(id);
  if (verdict !== 'review' || one?.decision !== 'do' || hasRunOut(one, today)) return null;
  if (!differencesOf(reasons).every((message) => one.differences.includes(message))) return null;
  return reason('accepted', { reason: one.reason });
}

/** Whether everything in which the sites of a unit differ is accepted. */
export function isAccepted(sites: readonly Site[]): boolean {
  return sites.every(
    ({ verdict, reasons }) =>
      verdict === 'rewrite' || differencesOf(reasons).length === 0 || reasons.some(({ code }) => code === 'accepted'),
  );
}

/** Every decision by the id of its site, with where that is now and why it no longer holds. */
export function standingDecisions(
  { all, today }: Decided,
  sites: readonly Site[],
  ids: ReadonlySet<string>,
): StandingDecision[] {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return [...all.values()].map((one) => {
    const site = byId.get(one.site);
    const { file, line } = site ?? one;
    // Sites in tests have ids too where they are not listed.
    const elsewhere = site === undefined && ids.has(one.site);
    return { ...one, file, line, stale: elsewhere ? null : whyStale(one, site, today) };
  });
}

/** One finding for each decision that no longer holds: the site changed or went, it differs in more, or the day is over. */
export function staleDecisions(standing: readonly StandingDecision[]): Finding[] {
  return standing.flatMap(({ decision, stale, file, line }): Finding[] => {
    if (stale === null) return [];
    const message = `The decision to ${decision} this site no longer holds: ${stale}.`;
    return [{ code: 'stale-decision', severity: 'medium', file, line, message }];
  });
}

function whyStale(one: Decision, site: Site | undefined, today: string): string | null {
  if (site === undefined) return `there is no site ${one.site}, it changed or went`;
  if (hasRunOut(one, today)) return `it was until ${one.until}`;
  if (one.decision === 'leave' || site.verdict === 'rewrite') return null;
  if (site.verdict === 'keep') return 'it stays for a reason that no decision overrides';
  const added = differencesOf(site.reasons).filter((message) => !one.differences.includes(message));
  return added.length === 0 ? null : `it differs in more than was accepted (${added.join(' ')})`;
}
