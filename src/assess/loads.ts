/** Who reads names of a file without an import of it that can be seen: other packages, and loads under computed names. */

import type { Context } from './context.js';
import type { Obstacle } from './takers.js';

/** What stands against taking a name out of a file. */
export function namedOutside(context: Context, file: string, name: string): Obstacle[] {
  const by = context.project.manifests.find((one) => one.name !== null && one.entries.includes(file));
  const at = { file, line: 1, column: 1 };
  const exported: Obstacle[] = by ? [{ why: `package ${by.name} exports \`${name}\``, at, exported: true }] : [];
  return [...exported, ...loadsOf(context, file, name)];
}

/**
 * The first place where code puts a name together that may be the one of the file, and may read this of it: `=` is all of
 * a module, null whatever it has.
 */
export function loadsOf({ loads }: Context, file: string, name: string | null): Obstacle[] {
  const language = file.endsWith('.py') ? 'python' : 'javascript';
  const any = name === null || name === '=';
  // A package of Python has its modules as members: `import_module(f"app.{name}").db.cache`.
  const above = new Set(language === 'python' ? file.replace(/\.py$/, '').split('/') : []);
  const may = loads.find(
    ({ language: own, modules, reads }) =>
      own === language &&
      (modules?.includes(file) ?? true) &&
      (any || (reads?.some((one) => one === name || above.has(one)) ?? true)),
  );
  return may ? [{ why: 'its module may be loaded under a name that is put together', at: may.at }] : [];
}
