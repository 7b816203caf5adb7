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

/** Names the unit of each row that can change, and gives it: each is a unit by itself. */
export function replacementUnits(rows: readonly Replacement[]): { unit: Unit; first: Site }[] {
  return rows.flatMap(({ site, changes, purpose }) => {
    if (changes.length === 0) return [];
    site.unit = unitIdOf([site.id]);
    const unit = unitOf([{ judgement: { changes, purpose }, site }]);
    if (unit?.verdict === 'review' && isAccepted([site])) unit.accepted = true;
    return unit ? [{ unit, first: site }] : [];
  });
}
