/** Who reads names of a file without an import of it that can be seen: other packages, and loads under computed names. */

import type { Context } from './context.js';
import type { Obstacle } from './takers.js';

/** What stands against taking a name out of a file. */
export function namedOutside(context: Context, file: string, name: string): Obstacle[] {
  const by = context.project.manifests.find((one) => one.name !== null && one.entries.includes(file));
  const at = { file, line: 1, column: 1 };
  const exported: Obstacle[] = by ? [{ why: `package ${by.name} exports \`${name}\``, at, exported: true }] : [];
  return [...exported, ...loadsOf(context, file)];
}

/** The first place where code puts a name together that may be the one of the file: nobody knows what it reads of it. */
export function loadsOf({ loads }: Context, file: string): Obstacle[] {
  const language = file.endsWith('.py') ? 'python' : 'javascript';
  const may = loads.find((one) => one.language === language && (one.modules?.includes(file) ?? true));
  return may ? [{ why: 'its module may be loaded under a name that is put together', at: may.at }] : [];
}
