/** The whole answer of `scan`. */

import type { Project } from '../model/project.js';
import type { Finding, Inventory, Site } from '../model/site.js';
import { tool } from './tool.js';

/** Puts sites and files together; the accessor's own openings are listed but not counted. */
export function inventory(
  project: Project,
  { sites, findings, assumed }: { sites: Site[]; findings: Finding[]; assumed: string | null },
): Inventory {
  const counted = sites.filter((site) => !site.reasons.some(({ code }) => code === 'accessor'));
  return {
    schemaVersion: 1,
    tool: tool(),
    root: '.',
    summary: {
      byCategory: countBy(counted, (site) => site.category),
      byVerdict: countBy(counted, (site) => site.verdict),
      byRole: countBy(counted, (site) => site.role),
      assumed,
    },
    sites,
    findings,
    files: { walked: project.walked, parsed: project.files.length, failed: project.failed },
  };
}

function countBy(sites: readonly Site[], key: (site: Site) => string | null): Record<string, number> {
  const counts = new Map<string, number>();
  for (const site of sites) {
    const name = key(site);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
