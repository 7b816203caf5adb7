/** Where a tree falls behind its accessor. Pure: the inventory, the ledger and the day in; violations out. */

import { byPlace, hashOf } from '../assess/ids.js';
import type { Exempt } from '../model/config.js';
import { VIOLATIONS, type Violation, type ViolationCode } from '../model/gate.js';
import type { Finding, Inventory, Site } from '../model/site.js';
import type { Opening } from '../model/traced.js';

export interface Judged {
  inventory: Inventory;
  openings: readonly Opening[];
  exempt: readonly Exempt[];
  /** Where the configuration states an exemption: file from the root, and line. */
  placeOf: (rule: Exempt) => { file: string; line: number };
  /** Sites that the ledgers call rewritten. */
  rewritten: ReadonlySet<string>;
  /** `2027-01-31`: exemptions until an earlier day have expired. */
  today: string;
}

/** Every violation, in the order of files and lines. */
export function violationsOf(judged: Judged): Violation[] {
  const { inventory, exempt, placeOf } = judged;
  const ofSites = inventory.sites.flatMap((site) => siteViolations(site, judged));
  const rest = [
    ...inventory.findings.flatMap(outdated),
    ...exempt
      .filter((rule) => !inventory.sites.some((site) => isBy(site, rule)))
      .map((rule) => staleRule(rule, placeOf)),
    ...inventory.files.failed.map(({ file, message }) => atLine('unread-file', file, 1, message)),
  ];
  return [...ofSites, ...rest].sort((a, b) => byPlace(a, b) || (a.code < b.code ? -1 : 1));
}

/** Findings about what people decided: a comment that exempts nothing, a decision that no longer holds. */
function outdated({ code, file, line, message }: Finding): Violation[] {
  if (code === 'ignore-without-site') return [atLine('exemption-stale', file, line, message)];
  return code === 'stale-decision' ? [atLine('decision-stale', file, line, message)] : [];
}

function siteViolations(site: Site, { openings, rewritten, today }: Judged): Violation[] {
  const code = violationOf(site, openings, rewritten);
  if (code === null) return [];
  if (site.exempt === null) return [ofSite(site, code, messageOf(site, code))];
  const { until, reason } = site.exempt;
  if (until === null || until >= today) return [];
  return [ofSite(site, 'exemption-expired', `${titleOf(site)}: exempt until ${until} (${reason}).`)];
}

/** What is wrong with a site, exemptions aside; null: nothing. */
function violationOf(site: Site, openings: readonly Opening[], rewritten: ReadonlySet<string>): ViolationCode | null {
  const { category, reasons } = site;
  const has = (code: string) => reasons.some((one) => one.code === code);
  if (has('accessor') || site.zone === 'test') return null;
  switch (category) {
    case 'client':
      if (rewritten.has(site.id)) return 'came-back';
      return livesOn(site, openings) ? 'module-owner' : 'opening';
    case 'consumer-options':
      // What a library makes of a client that it is given is no way around the accessor.
      return has('consumer-duplicates') ? null : 'library-opening';
    case 'wrapper-instance':
      return 'own-wrapper';
    case 'foreign-close':
      return 'foreign-close';
    case 'deprecated-import':
      return 'deprecated-import';
    case 'accessor-call':
      if (has('accessor-not-before') || has('accessor-not-started')) return 'accessor-early';
      return has('accessor-role') ? 'accessor-misuse' : null;
    default:
      return null;
  }
}

/** Kept for the whole process: at module level, in something that a module keeps, or in a table of it. */
function livesOn({ file, line, column, container }: Site, openings: readonly Opening[]): boolean {
  const here = openings.find((one) => one.file === file && one.at.line === line && one.at.column === column);
  return (
    container === 'module-singleton' || here?.kept === true || (here?.once === true && container !== 'function-local')
  );
}

function messageOf(site: Site, code: ViolationCode): string {
  const misuse = site.reasons.find((one) => one.code === 'accessor-role');
  const detail = code === 'accessor-misuse' && misuse ? misuse.message : VIOLATIONS[code].means;
  return `${titleOf(site)}: ${detail}`;
}

function titleOf({ api, category, library }: Site): string {
  const name = api ?? category;
  return library === null || library === 'own' ? name : `${name} (${library})`;
}

function ofSite(site: Site, code: ViolationCode, message: string): Violation {
  const { id, file, line, column, endLine, endColumn, verdict } = site;
  const why = verdict === 'keep' ? (site.reasons[0]?.code ?? null) : null;
  return { id, code, file, line, column, endLine, endColumn, message, verdict, why };
}

function atLine(code: ViolationCode, file: string, line: number, message: string): Violation {
  const id = hashOf([code, file, message]);
  return { id, code, file, line, column: 1, endLine: line, endColumn: 1, message, verdict: null, why: null };
}

function isBy({ exempt }: Site, rule: Exempt): boolean {
  return exempt?.by === 'config' && exempt.reason === rule.reason && exempt.until === rule.until;
}

function staleRule(rule: Exempt, placeOf: Judged['placeOf']): Violation {
  const { file, line } = placeOf(rule);
  return atLine('exemption-stale', file, line, `No site is exempt by this rule any more: ${rule.files.join(', ')}.`);
}
