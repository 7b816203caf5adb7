/** Rows of the inventory. */

import type { Category, Reason, Site } from '../model/site.js';
import type { Opening, UrlLiteral } from '../model/traced.js';
import { type Context, factsOf, zoneOf } from './context.js';
import { exemptionOf } from './exempt.js';
import type { Identified } from './ids.js';
import { isAccessorFile } from './reach.js';
import { reason, sortedReasons, verdictOf } from './reasons.js';
import { addressSource, argsShape, patternOf, priorityOf } from './shape.js';
import type { Judgement } from './verdict.js';

/** A row before its id, unit and `partOf` are known. */
export interface Row {
  site: Site;
  identified: Identified;
}

/** Reasons after which nothing is to be done, whatever the zone. */
const STAYING = new Set(['accessor', 'exempt', 'generated', 'library-stays', 'cluster', 'sentinel', 'pool']);

/** Row of an opening. `mates` are the reasons that its unit adds. */
export function openingRow(context: Context, judgement: Judgement, mates: readonly Reason[]): Row {
  const { opening, found, purpose, identity, database, exempt } = judgement;
  const reasons = sortedReasons([...judgement.reasons, ...mates]);
  const args = argsShape(opening, factsOf(context, opening.file));
  const zone = zoneOf(context, opening.file);
  const site: Site = {
    ...blank(context, 'client', opening),
    library: opening.library,
    api: opening.api,
    container: opening.container,
    args,
    source: addressSource(opening, context.trace.openings),
    mode: opening.mode,
    uses: found.uses,
    role: found.role,
    purpose,
    identity,
    database: database?.name ?? null,
    pattern: judgement.chain === undefined ? patternOf(opening, args) : 'fallback-chain',
    priority: priorityOf({ zone, role: found.role, stays: reasons.some(({ code }) => STAYING.has(code)) }),
    verdict: verdictOf(reasons),
    reasons,
    exempt,
  };
  return { site, identified: identifiedOpening(opening) };
}

/** What the id of an opening's site is made of. */
export function identifiedOpening(opening: Opening): Identified {
  return { ...place(opening), symbol: opening.symbol, category: 'client' };
}

/** Row of a URL. One inside an opening has no outcome of its own. */
export function urlRow(context: Context, url: UrlLiteral): Row {
  const reasons: Reason[] = [];
  const exempt = exemptionOf(factsOf(context, url.file), url.file, url.at.line, context.config);
  if (isAccessorFile(context, url.file)) reasons.push(reason('accessor', undefined));
  else if (url.not !== null) reasons.push(reason('not-an-address', { why: url.not }));
  else if (url.partOf !== null) reasons.push(reason('part-of-opening', undefined));
  else reasons.push(reason('url-elsewhere', undefined));
  if (exempt) reasons.push(reason('exempt', { by: exempt.by, reason: exempt.reason }));
  const site = { ...blank(context, 'url-literal', url), source: 'literal' as const, reasons, exempt };
  return { site, identified: { ...place(url), symbol: url.symbol, category: 'url-literal' } };
}

export interface Located {
  file: string;
  at: { line: number; column: number };
  endLine: number;
  endColumn: number;
  bound: string | null;
  digest: string;
}

export function place({ file, at, bound, digest }: Located) {
  return { file, line: at.line, column: at.column, bound, digest };
}

/** A row of which only the place is known: every field that its category does not have is null. */
export function blank(context: Context, category: Category, { file, at, endLine, endColumn }: Located): Site {
  return {
    id: '',
    file,
    line: at.line,
    column: at.column,
    endLine,
    endColumn,
    language: factsOf(context, file)?.language ?? 'typescript',
    category,
    library: null,
    api: null,
    container: null,
    args: null,
    source: null,
    mode: null,
    uses: [],
    role: null,
    purpose: null,
    unit: null,
    partOf: null,
    identity: null,
    database: null,
    zone: zoneOf(context, file),
    pattern: null,
    priority: 'none',
    verdict: 'keep',
    reasons: [],
    exempt: null,
  };
}
