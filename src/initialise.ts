/** The recipe of `init`: look at the tree, propose, write what is new. */

import { createNewFiles } from './apply/index.js';
import { UserError } from './errors.js';
import { findPlace, type MigrateOptions, takeInventory } from './migrate.js';
import type { Opening } from './model.js';
import { type ExistingAccessor, propose } from './propose/index.js';
import type { InitReport } from './report/index.js';

/** Writes a configuration, and an accessor when one is asked for. Throws `UserError` where there is a configuration. */
export async function initialise(
  o: MigrateOptions,
  request: { yes: boolean; scaffold: string | null },
): Promise<InitReport> {
  const { config } = await findPlace(o);
  if (config.path !== null) {
    throw new UserError(`there is a configuration already: ${config.path}`, 'Edit it, or remove it first.');
  }
  const taken = await takeInventory(o);
  const existing = existingAccessors(taken);
  const proposed = propose({ ...taken, existing, scaffold: request.scaffold });
  const written = createNewFiles(taken.root, proposed.files);
  const count = (key: string) => taken.sites.filter((s) => s.identity?.key === key).length;
  return {
    written,
    config: proposed.config,
    groups: proposed.groups.map((group) => ({ ...group, sites: count(group.identity) })),
    accessors: existing.map(({ file, name, callSites }) => ({ file, name, callSites })),
    next: proposed.next,
  };
}

/** Exported functions that give one client to all their callers, the most called first. */
function existingAccessors({
  trace,
  project,
  tracer,
  sites,
}: Awaited<ReturnType<typeof takeInventory>>): ExistingAccessor[] {
  const candidates = trace.openings.filter((o) => o.container === 'factory' && o.once && o.makes === 'client');
  const found = candidates.flatMap((opening) => {
    const name = opening.symbol.length === 1 ? opening.symbol[0] : undefined;
    if (name === undefined || name === '') return [];
    const callSites = tracer.callsOf(project, { file: opening.file, name }).length;
    const key = sites.find((s) => isAt(s, opening))?.identity?.key ?? null;
    return callSites === 0 ? [] : [{ file: opening.file, name, library: opening.library, callSites, identity: key }];
  });
  return found.sort((a, b) => b.callSites - a.callSites || (a.file < b.file ? -1 : 1));
}

function isAt(site: { file: string; line: number; column: number }, { file, at }: Opening): boolean {
  return site.file === file && site.line === at.line && site.column === at.column;
}
