/** Which purpose goes before which. */

import type { Config } from '../model/config.js';
import { PURPOSES, type Purpose } from '../model/site.js';

/** The configured order, completed with the purposes that it does not name, least risky first. Each purpose once. */
export function purposeOrder(config: Config): Purpose[] {
  return [...new Set([...config.batches.order, ...PURPOSES])];
}

/** The riskiest of some purposes in that order: what a mixed batch counts as. `unknown` for none. */
export function riskiest(purposes: readonly Purpose[], order: readonly Purpose[]): Purpose {
  let last = -1;
  for (const purpose of purposes) last = Math.max(last, order.indexOf(purpose));
  return order[last] ?? 'unknown';
}

/** Plain comparison of strings, independent of any locale. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
