/** The verdict of a site with its reasons, and what a person can do about them. */

import type { Reason } from '../model/site.js';
import type { SiteExplanation } from './explanation.js';
import { type View, wrap } from './layout.js';
import { painted } from './reasons.js';
import { part } from './sections.js';
import { decisionInWords } from './status.js';

/** `message (src/b.ts:40)`. */
export function reasonText({ message, at }: Reason): string {
  return at === null ? message : `${message} (${at})`;
}

/** Each reason with its place; below it what the code means, once for each code. */
export function verdictPart({ site, reasons, decision, assumed }: SiteExplanation, view: View): string {
  const said = new Set<string>();
  const shown = reasons.filter(({ code }) => code !== 'role' && code !== 'purpose');
  const lines = shown.flatMap((one) => {
    const text = `${one.code}: ${reasonText(one)}`;
    const first = !said.has(one.code);
    said.add(one.code);
    const means = first && one.means !== null ? [view.color.dim(`    ${wrap(one.means, view.width - 4, '    ')}`)] : [];
    return [`  ${wrap(text, view.width - 2, '    ')}`, ...means];
  });
  const exempt = site.exempt && `exempt by ${site.exempt.by}${site.exempt.until ? ` until ${site.exempt.until}` : ''}`;
  const none = site.verdict === 'rewrite' && lines.length === 0 ? ['  Proved equal to what the accessor gives.'] : [];
  return part(
    'Verdict',
    [
      `  ${painted(site.verdict, view)}${exempt ? `, ${exempt}` : ''}`,
      ...none,
      ...(decision === null ? [] : [`  ${wrap(`decided: ${decisionInWords(decision)}`, view.width - 2, '    ')}`]),
      ...lines,
      ...(assumed === null ? [] : [view.color.yellow(`  ${wrap(`Assumed: ${assumed}`, view.width - 2, '    ')}`)]),
    ],
    view,
  );
}

/** What a person can do: by hand for a site that stays, a look for one that asks. */
export function remediesPart({ site, byHand }: SiteExplanation, view: View): string {
  const title = site.verdict === 'keep' ? 'What you can do by hand' : 'Before you accept it';
  const lines = byHand.map(({ code, text }) => {
    const lead = byHand.length > 1 ? `${code}: ` : '';
    return `  ${wrap(lead + text, view.width - 2, '    ')}`;
  });
  return part(title, lines, view);
}
