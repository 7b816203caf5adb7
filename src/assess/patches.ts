/** Tests that replace a name which replaced imports and instances no longer ask for: named with the batch (Python). */

import { moduleName } from '../languages/python/module-name.js';
import type { AccessorUse } from '../model/change.js';
import type { FileFacts, LocalId } from '../model/facts.js';
import type { LostMock, Patched } from '../model/mock.js';
import type { Reason, Site } from '../model/site.js';
import type { Context } from './context.js';
import { compare } from './order.js';
import { reason } from './reasons.js';

/** A name of another module that a site asks for, and what stands in its place when it has moved. */
export interface Replaced {
  /** File of the module that the name is from; null: not of the project. */
  module: string | null;
  name: string;
  /** The name in the site's own file; null: it has none. */
  local: string | null;
  /** The file goes on asking `local`, for something else. */
  stays: boolean;
  to: Pick<AccessorUse, 'name' | 'specifier'>;
}

/** A site with the names that it leaves behind; none where it stays as it is. */
export interface Leaving {
  site: Site;
  leaves?: readonly Replaced[];
}

/** The patches that miss what they are for once the sites that can move have moved, in the order of files and lines. */
export function lostPatches(context: Context, rows: readonly Leaving[]): LostMock[] {
  const leaving = rows.flatMap(({ site, leaves = [] }) =>
    site.verdict === 'keep' ? [] : leaves.map((one) => ({ site, one })),
  );
  return (context.trace.patches ?? []).flatMap((patch) => {
    const own = leaving.filter(({ site, one }) => misses(patch, site.file, one));
    const [first] = own;
    if (!first) return [];
    const { file, line, target } = patch;
    const sites = [...new Set(own.map(({ site }) => site.id))].sort(compare);
    return [{ file, line, target, ...words(context, first.site.file, first.one), sites }];
  });
}

/** Why a name cannot go from its file: a test replaces it there, and would find nothing to replace. */
export function patchedName(context: Context, facts: FileFacts, local: LocalId): Reason[] {
  const name = facts.locals[local]?.name;
  const patch = context.trace.patches?.find((one) => one.module === facts.file && one.name === name);
  if (!patch || name === undefined) return [];
  const { file, line, target } = patch;
  return [reason('name-patched', { name, target }, { file, line, column: 1 })];
}

function misses({ module, name, users }: Patched, file: string, { local, stays, ...from }: Replaced): boolean {
  if (module === file) return name === local && !stays;
  return module === from.module && name === from.name && users.includes(file);
}

function words(context: Context, file: string, { local, stays, to }: Replaced): Pick<LostMock, 'why' | 'instead'> {
  const own = moduleName(context.project, file);
  const why = `${file} asks \`${to.name}\` of \`${to.specifier}\` in its place`;
  return { why, instead: `Patch \`${own}.${stays && local !== null ? local : to.name}\` instead.` };
}
