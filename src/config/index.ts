/** The configuration: found, read, checked, completed. */

import { dirname, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.js';
import type { Config } from '../model/config.js';
import { defaultConfig, normalise } from './normalise.js';
import { parseSource } from './parse.js';
import { problemError, problemsOf } from './problems.js';
import { configSchema } from './schema.js';
import { findSource, readSource } from './source.js';

export { defaultConfig } from './normalise.js';
export { replacementsFrom } from './replacements.js';
export { type ConfigInput, configJsonSchema } from './schema.js';

export interface Loaded {
  config: Config;
  /** Folder that paths in the configuration begin from, absolute; the start folder when there is no configuration. */
  dir: string;
}

/**
 * The configuration for a tree: the file that was named (from the working directory), or the nearest one from `startDir`
 * up to the git root, or the defaults. Throws a `UserError` that names file, line, column, key and what is allowed.
 */
export async function loadConfig(startDir: string, explicitPath: string | null): Promise<Loaded> {
  const source =
    explicitPath === null
      ? await findSource(startDir, (candidate) => parseSource(candidate).data !== undefined)
      : await readSource(explicitPath, startDir);
  if (!source) return { config: defaultConfig(), dir: resolve(startDir) };

  const parsed = parseSource(source);
  if (parsed.data === undefined) {
    throw new UserError(`${source.shown}: holds no configuration`, `It must stand under ${source.within.join('.')}.`);
  }
  const checked = configSchema.safeParse(parsed.data);
  if (!checked.success) throw problemError(problemsOf(checked.error.issues, parsed.data), parsed, source.shown);
  const path = relative(resolve(startDir), source.file).split(sep).join('/');
  const { config, problems } = normalise(checked.data, path);
  if (problems.length > 0) throw problemError(problems, parsed, source.shown);
  return { config, dir: dirname(source.file) };
}
