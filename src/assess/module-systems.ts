/** Whether a file that runs as CommonJS would have to `require` an ES module. */

import type { Accessor } from '../model/config.js';
import { type Context, manifestOf } from './context.js';

/**
 * Node before 20.19 and 22.12 throws `ERR_REQUIRE_ESM` for it, and later ones where the module awaits at its top. What
 * is compiled before it runs may be either: only what shows itself to be CommonJS counts.
 * Source: nodejs.org/docs/latest-v20.x/api/packages.html, "Determining module system".
 */
export function requiresEsModule(context: Context, file: string, accessor: Accessor): boolean {
  if (accessor.language !== 'javascript' || accessor.import !== null) return false;
  return isEsModule(context, accessor.file) && isCommonJs(context, file);
}

function isEsModule(context: Context, file: string): boolean {
  if (/\.[cm][jt]s$/.test(file)) return /\.m[jt]s$/.test(file);
  return saysModule(context, file);
}

function isCommonJs(context: Context, file: string): boolean {
  if (/\.[cm][jt]sx?$/.test(file)) return /\.c[jt]sx?$/.test(file);
  if (saysModule(context, file)) return false;
  const { values = [], imports = [] } = context.files.get(file)?.facts ?? {};
  return values.some((value) => value.kind === 'module' && !imports[value.import]?.dynamic);
}

/** Whether the package of a file says that its modules are ES modules. */
export function saysModule({ project, files }: Context, file: string): boolean {
  return manifestOf(project, files, file)?.module ?? false;
}
