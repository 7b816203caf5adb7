/** From judgements to units: what is written wholly or not at all. */

import type { Instruction, SiteChange, Unit } from '../model/change.js';
import type { Reason, Site } from '../model/site.js';
import { hashOf } from './ids.js';
import type { Placed } from './lifecycle.js';
import { compare } from './order.js';
import { riskiest } from './purpose.js';
import { reason, verdictOf } from './reasons.js';
import type { Judgement } from './verdict.js';

/** Reasons that come from the mates of a unit: one that stays holds all, one that asks makes all ask. */
export function mateReasons(
  group: readonly Judgement[],
  listed: (one: Judgement) => boolean,
): Map<Judgement, Reason[]> {
  const keeps = group.find((one) => verdictOf(one.reasons) === 'keep' || !listed(one));
  const asks = group.find((one) => verdictOf(one.reasons) === 'review');
  const reasons = new Map<Judgement, Reason[]>();
  for (const one of group) {
    const own = verdictOf(one.reasons);
    const mate = own !== 'keep' && keeps && keeps !== one ? keeps : own === 'rewrite' && asks ? asks : null;
    if (!mate) continue;
    const code = mate === keeps ? 'unit-mate' : 'unit-review';
    reasons.set(one, [reason(code, undefined, mate.opening.at)]);
  }
  return reasons;
}

/** Id of the unit of some sites. */
export function unitIdOf(siteIds: readonly string[]): string {
  return `u-${hashOf([...siteIds].sort(compare))}`;
}

/** The unit of a group; null when it stays. An edit that two of its sites ask for is made once. */
export function unitOf(
  group: readonly { judgement: Pick<Judgement, 'changes' | 'purpose'>; site: Site }[],
): Unit | null {
  const verdicts = group.map(({ site }) => site.verdict);
  if (verdicts.includes('keep') || group.length === 0) return null;
  const seen = new Set<string>();
  const changes = group.flatMap(({ judgement, site }) => {
    const own = judgement.changes.filter((change) => isNew(change, seen));
    return changesOf(site, own);
  });
  const ids = group.map(({ site }) => site.id);
  return {
    id: unitIdOf(ids),
    sites: ids,
    files: [...new Set(changes.map(({ file }) => file))].sort(compare),
    purpose: riskiest(group.map(({ judgement }) => judgement.purpose)),
    verdict: verdicts.includes('review') ? 'review' : 'rewrite',
    changes,
  };
}

function isNew({ file, instruction }: Placed, seen: Set<string>): boolean {
  const key = `${file} ${instruction.kind} ${instruction.span.start} ${instruction.span.end}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function changesOf(site: Site, placed: readonly Placed[]): SiteChange[] {
  const byFile = new Map<string, Instruction[]>();
  for (const { file, instruction } of placed) byFile.set(file, [...(byFile.get(file) ?? []), instruction]);
  return [...byFile]
    .sort(([a], [b]) => compare(a, b))
    .map(([file, instructions]) => ({
      site: site.id,
      file,
      pattern: site.pattern ?? 'direct-client',
      instructions: instructions.sort((a, b) => a.span.start - b.span.start),
    }));
}
