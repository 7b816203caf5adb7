/** What a client's own members would be, and answer, in the library of the accessor. */

import { apiDifferences } from '../libraries/api-differences.js';
import { ownVersion, redisLibrary } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { type Context, manifestOf } from './context.js';
import { reason } from './reasons.js';

/** One note for each member that the client really uses and that differs, at its first use. */
export function apiReasons(context: Context, opening: Opening, accessor: Accessor): Reason[] {
  const first = new Map<string, Opening['uses'][number]>();
  for (const use of opening.uses) if (use.member !== null && !first.has(use.member)) first.set(use.member, use);
  const from = { library: opening.library, version: opening.version };
  const to = { library: accessor.library, version: versionAt(context, accessor) };
  return apiDifferences(from, to, [...first.keys()]).map(({ member, kind, from: own, to: other }) =>
    reason('api-differs', { member, kind, library: accessor.library, own, other }, first.get(member)?.at),
  );
}

/** The version that the accessor's own package has of its library; null: not known. */
function versionAt({ project, files }: Context, { file, library }: Accessor): string | null {
  const manifest = manifestOf(project, files, file);
  const known = redisLibrary(library);
  for (const name of known?.packages ?? []) {
    const version = manifest?.versions[name] ?? manifest?.dependencies[name];
    if (known && version !== undefined) return ownVersion(known, name, version);
  }
  return null;
}
