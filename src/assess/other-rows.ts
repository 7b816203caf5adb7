/** Rows of all that is no opening: URLs, calls of accessors, factories and wrappers, settings, replaced imports. */

import type { Exemption, Site } from '../model/site.js';
import { accessorCallRow } from './accessor-calls.js';
import { consumerRow } from './consumer-options.js';
import type { Context } from './context.js';
import { exemptionOf } from './exempt.js';
import { factoryCallRow, foreignCloseRow, wrapperRow } from './indirect.js';
import { replacementsOf } from './replacements.js';
import { settingRows } from './settings-files.js';
import { urlRow } from './sites.js';
import { unboundRow } from './unbound.js';
import type { Judgement } from './verdict.js';

/** `others` holds the rows of `urls` and of `replaced` too. */
export function otherRows(
  context: Context,
  judgements: readonly Judgement[],
  listed: (file: string) => boolean,
  includeTests: boolean,
) {
  const { trace } = context;
  const inside = <T extends { file: string }>(all: readonly T[]) => all.filter(({ file }) => listed(file));
  const urls = inside(trace.urls).map((url) => ({ url, row: urlRow(context, url) }));
  const replaced = replacementsOf(context, listed, judgements);
  const wrappers = inside(trace.wrapperInstances).filter((one) => !replaced.covers(one));
  const rows = [
    ...inside(trace.accessorCalls).map((call) => accessorCallRow(context, call)),
    ...inside(trace.factoryCalls).flatMap((call) => factoryCallRow(context, call) ?? []),
    ...inside(trace.consumerOptions).map((one) => consumerRow(context, one)),
    ...wrappers.flatMap((one) => wrapperRow(context, one) ?? []),
    ...inside(trace.unboundCalls).flatMap((one) => unboundRow(context, one) ?? []),
    ...inside(trace.foreignCloses).flatMap((one) => foreignCloseRow(context, one) ?? []),
  ];
  for (const { site } of rows) site.exempt ??= exemptionAt(context, site);
  const settings = settingRows(context, includeTests);
  return { urls, replaced, others: [...urls.map(({ row }) => row), ...rows, ...settings, ...replaced.rows] };
}

/** What exempts a site of which nothing is written anyway: `check` asks for it. */
function exemptionAt({ files, config }: Context, { file, line }: Site): Exemption | null {
  return exemptionOf(files.get(file)?.facts ?? null, file, line, config);
}
