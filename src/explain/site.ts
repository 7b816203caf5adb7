/** All that is known of one site, without the edit. */

import { REASONS } from '../assess/index.js';
import { placeOf } from '../assess/known.js';
import { compare } from '../assess/order.js';
import { effectOf } from '../assess/reasons.js';
import { statusOfDecision } from '../decisions/index.js';
import type { Taken } from '../migrate.js';
import type { ClientUse, FollowedClient, Reason, Site, Trace } from '../model.js';
import type { ExplainedUse, SiteExplanation } from '../report/explanation.js';
import { clientOf, openingOf } from './client.js';
import { isReasonCode } from './codes.js';
import { BY_HAND } from './hints.js';
import { optionsOf } from './options.js';
import { placeOfSite, relatedSites } from './related.js';

/** Everything that the stages up to assess know of a site. */
export function siteExplanation(site: Site, taken: Taken): SiteExplanation {
  const { trace, sites, inventory } = taken;
  const client = clientOf(site, trace);
  const opening = openingOf(site, trace);
  const mates = site.unit === null ? [] : sites.filter(({ unit }) => unit === site.unit);
  return {
    schemaVersion: 1,
    site,
    client: client && clientFacts(client, site, trace),
    way: client ? wayOf(client) : [],
    uses: client ? client.uses.map(useOf) : [],
    handed: client ? client.handed.map(({ library, api, at }) => ({ library, api, at: placeOf(at) })) : [],
    escapes: client
      ? client.escapes.map(({ code, message, at }) => ({ code, message: spoken(message), at: placeOf(at) }))
      : [],
    role: site.role && { is: site.role, evidence: roleEvidence(site) },
    purpose: site.purpose && { is: site.purpose, evidence: site.reasons.filter(({ code }) => code === 'purpose') },
    options: opening ? optionsOf(opening, trace.openings, site) : [],
    reasons: site.reasons.map((one) => ({ ...one, effect: effectOf(one.code), means: meaning(one.code) })),
    unit: site.unit === null ? null : { id: site.unit, sites: mates.map(placeOfSite) },
    related: relatedSites(site, taken),
    edit: null,
    byHand: remedies(site.reasons),
    findings: inventory.findings.filter(
      ({ file, line }) => file === site.file && site.line <= line && line <= site.endLine,
    ),
    decision: decisionOn(site, taken),
    assumed: inventory.summary.assumed,
  };
}

function decisionOn({ id }: Site, { decisions }: Taken): SiteExplanation['decision'] {
  const found = decisions.find(({ site }) => site === id);
  return found ? statusOfDecision(found) : null;
}

/** What to do about reasons that keep or ask, each code once. */
export function remedies(reasons: readonly Reason[]): SiteExplanation['byHand'] {
  const codes = [...new Set(reasons.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const text = isReasonCode(code) && effectOf(code) !== 'note' ? BY_HAND[code] : null;
    return text === null ? [] : [{ code, text }];
  });
}

/** Trace speaks of the client as `it`. */
function spoken(message: string): string {
  return `${message.replace(/^it /, 'The client ')}.`;
}

function meaning(code: string): string | null {
  return isReasonCode(code) ? REASONS[code].doc : null;
}

function clientFacts(client: FollowedClient, site: Site, trace: Trace): SiteExplanation['client'] {
  const { bound, symbol, once } = client;
  return { bound, within: symbol, once, version: openingOf(site, trace)?.version ?? null };
}

/** The way begins in the file of the opening; a variable comes before what exports it. */
function wayOf({ way, file }: FollowedClient): SiteExplanation['way'] {
  const elsewhere = ({ at }: Step) => Number(at.file !== file);
  const exported = ({ text }: Step) => Number(text.startsWith('exported'));
  return [...way]
    .sort(
      (a, b) =>
        elsewhere(a) - elsewhere(b) ||
        compare(a.at.file, b.at.file) ||
        a.at.line - b.at.line ||
        a.at.column - b.at.column ||
        exported(a) - exported(b),
    )
    .map(({ text, at }) => ({ text, at: placeOf(at) }));
}

type Step = FollowedClient['way'][number];

function useOf(use: ClientUse): ExplainedUse {
  const { member, kind, at, within, chained, loop, hook, test, shared } = use;
  return { member, kind, at: placeOf(at), within, chained: chained ?? null, loop, hook, test, shared };
}

/** Reasons that the role was read from: the deciding place, or why it is not known. */
function roleEvidence({ role, reasons }: Site): Reason[] {
  const isLost = (code: string) =>
    code.startsWith('escapes-') || (code.startsWith('role-') && code !== 'role-not-offered');
  return reasons.filter(({ code }) => code === 'role' || (role === 'unknown' && isLost(code)));
}
