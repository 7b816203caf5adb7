/** How a file imports its accessor: a specifier in that file's own style. */

import { type SpecifierStyle, specifierStyleOf, writeSpecifier } from '../languages/javascript/write-specifier.js';
import type { FileFacts } from '../model/facts.js';
import type { Manifest } from '../model/project.js';
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
  const wantsExtension =
    manifest?.module === true || /\.(mjs|mts)$/.test(file) || (facts !== null && isPlainModule(facts));
  return packageStyle(context, manifest) ?? (wantsExtension ? 'js' : 'none');
}

/** Style of the files of a package together; the same for every file that asks. */
const STYLES = new WeakMap<Context, Map<Manifest | null, SpecifierStyle | null>>();

function packageStyle(context: Context, manifest: Manifest | null): SpecifierStyle | null {
  const known = STYLES.get(context) ?? new Map<Manifest | null, SpecifierStyle | null>();
  STYLES.set(context, known);
  const before = known.get(manifest);
  if (before !== undefined) return before;
  const files = context.project.files.map(({ facts }) => facts);
  const style = specifierStyleOf(
    files.filter(({ file }) => manifestOf(context.project, context.files, file) === manifest),
  );
  known.set(manifest, style);
  return style;
}

/** JavaScript with `import` runs as it is: Node wants the extension. */
function isPlainModule(facts: FileFacts): boolean {
  return facts.language === 'javascript' && facts.statements.some((statement) => statement.kind === 'import');
}
