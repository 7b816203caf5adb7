/** `--fail-on`: which inventories are a failure. */

import type { Inventory } from '../model/site.js';

const SEVERITIES = ['low', 'medium', 'high'];

/** True when a site has one of the verdicts, or a finding one of the severities or a higher one. Exempt sites do not count. */
export function failsOn(kinds: readonly string[], { sites, findings }: Inventory): boolean {
  const least = Math.min(...kinds.map((kind) => SEVERITIES.indexOf(kind)).filter((rank) => rank >= 0));
  return (
    sites.some(({ verdict, exempt }) => exempt === null && kinds.includes(verdict)) ||
    findings.some(({ severity }) => SEVERITIES.indexOf(severity) >= least)
  );
}
