/** How a file imports its accessor: a specifier in that file's own style. */

import { type SpecifierStyle, specifierStyleOf, writeSpecifier } from '../languages/javascript/write-specifier.js';
import type { FileFacts } from '../model/facts.js';
import { type Context, factsOf, manifestOf } from './context.js';

/** Relative specifier from one file to another: `../lib/redis.js`. */
export function relativeSpecifier(context: Context, from: string, to: string): string {
  return writeSpecifier(from, to, styleOf(context, from));
}

/** The style of the file's own relative imports, else of its package, else what its language asks for. */
function styleOf(context: Context, file: string): SpecifierStyle {
  const facts = factsOf(context, file);
  const own = facts ? specifierStyleOf([facts]) : null;
  if (own) return own;
  const manifest = manifestOf(context.project, context.files, file);
  const neighbours = context.project.files
    .filter((one) => manifestOf(context.project, context.files, one.facts.file) === manifest)
    .map((one) => one.facts);
  const wantsExtension =
    manifest?.module === true || /\.(mjs|mts)$/.test(file) || (facts !== null && isPlainModule(facts));
  return specifierStyleOf(neighbours) ?? (wantsExtension ? 'js' : 'none');
}

/** JavaScript with `import` runs as it is: Node wants the extension. */
function isPlainModule(facts: FileFacts): boolean {
  return facts.language === 'javascript' && facts.statements.some((statement) => statement.kind === 'import');
}
