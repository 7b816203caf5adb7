/** Why sites stay, and what people decided on them. Pure. */

import { effectOf } from '../assess/index.js';
import { statusOfDecision } from '../decisions/index.js';
import type { StandingDecision } from '../model/decision.js';
import type { DecisionStatus, StatusReport } from '../model/gate.js';
import type { Site } from '../model/site.js';
import { fateOf } from './tallies.js';

/** Reasons that keep sites, the most frequent first, each with its first message and where it holds. */
export function keptOf(sites: readonly Site[]): StatusReport['kept'] {
  const found = new Map<string, StatusReport['kept'][number]>();
  for (const site of sites) {
    const fate = fateOf(site);
    if (fate !== 'kept' && fate !== 'exempt') continue;
    const place = `${site.file}:${site.line}`;
    for (const { code, message } of site.reasons) {
      if (effectOf(code) !== 'keep') continue;
      const row = found.get(code) ?? { code, message, sites: [] };
      if (!row.sites.includes(place)) row.sites.push(place);
      found.set(code, row);
    }
  }
  return [...found.values()].sort((a, b) => b.sites.length - a.sites.length || (a.code < b.code ? -1 : 1));
}

/** Decisions in the order of places, those that no longer hold too. */
export function decisionsOf(all: readonly StandingDecision[]): DecisionStatus[] {
  const sorted = [...all].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return sorted.map(statusOfDecision);
}
