/** What the configuration names besides accessors: rows and units of deprecated imports, of wrapped classes and of calls of their methods. */

import type { Unit } from '../model/change.js';
import type { Purpose, Site } from '../model/site.js';
import { callSiteRows } from './call-sites.js';
import type { Context } from './context.js';
import { isAccepted } from './decisions.js';
import { deprecatedImports } from './deprecated-imports.js';
import { type ChangingRow, deprecatedRow } from './deprecated-rows.js';
import { unitIdOf, unitOf } from './units.js';
import type { Judgement } from './verdict.js';
import { wrappedConstructions, wrappedRow } from './wrapper-rows.js';

export interface Replacement extends ChangingRow {
  purpose: Purpose;
  /** Rows of the same name change together; absent: the row is a unit by itself. */
  together?: string;
}

export interface Replacements {
  rows: Replacement[];
  /** Whether an instantiation has its row here. */
  covers(one: { file: string; value: number }): boolean;
}

export function replacementsOf(
  context: Context,
  listed: (file: string) => boolean,
  judgements: readonly Judgement[],
): Replacements {
  const imports = deprecatedImports(context.project, context.config)
    .filter(({ file }) => listed(file.facts.file))
    .map((one) => deprecatedRow(context, one));
  const moved = new Set(imports.flatMap(({ site, calls = [] }) => calls.map((value) => `${site.file} ${value}`)));
  const wrapped = wrappedConstructions(context).filter(
    ({ made }) => listed(made.file) && !moved.has(`${made.file} ${made.value}`),
  );
  const covered = new Set([...moved, ...wrapped.map(({ made }) => `${made.file} ${made.value}`)]);
  return {
    rows: [
      ...imports,
      ...wrapped.map((one) => wrappedRow(context, one)),
      ...callSiteRows(context, judgements).filter(({ site }) => listed(site.file)),
    ],
    covers: ({ file, value }) => covered.has(`${file} ${value}`),
  };
}

/** Names the unit of each row that can change, and gives it: each is a unit by itself, unless several change together. */
export function replacementUnits(rows: readonly Replacement[]): { unit: Unit; first: Site }[] {
  const groups = new Map<Replacement | string, Replacement[]>();
  for (const row of rows) {
    if (row.changes.length === 0) continue;
    const key = row.together ?? row;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const sites = group.map(({ site }) => site);
    const id = unitIdOf(sites.map((site) => site.id));
    for (const site of sites) site.unit = id;
    const unit = unitOf(group.map(({ site, changes, purpose }) => ({ judgement: { changes, purpose }, site })));
    if (unit?.verdict === 'review' && isAccepted(sites)) unit.accepted = true;
    const [first] = sites;
    return unit && first ? [{ unit, first }] : [];
  });
}
