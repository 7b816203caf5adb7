/** How a file imports its accessor: a specifier in that file's own style. */

import type { FileFacts } from '../model/facts.js';
import { type Context, factsOf, folderOf, manifestOf } from './context.js';

type Style = 'js' | 'ts' | 'none';

/** Relative specifier from one file to another: `../lib/redis.js`. */
export function relativeSpecifier(context: Context, from: string, to: string): string {
  const style = styleOf(context, from);
  const folder = folderOf(from) === '' ? [] : folderOf(from).split('/');
  const target = to.split('/');
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common]) common += 1;
  const up = folder.length - common;
  const path = [...Array.from({ length: up }, () => '..'), ...target.slice(common)].join('/');
  return withStyle(up === 0 ? `./${path}` : path, style);
}

function withStyle(path: string, style: Style): string {
  if (style === 'ts') return path;
  const bare = path.replace(/\.(d\.)?[cm]?[jt]sx?$/, '');
  if (style === 'none') return bare.endsWith('/index') ? bare.slice(0, -'/index'.length) : bare;
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.js';
  return `${bare}${extension.replace('t', 'j').replace('x', '')}`;
}

/** The style of the file's own relative imports, else of its package, else what its language asks for. */
function styleOf(context: Context, file: string): Style {
  const facts = factsOf(context, file);
  const own = facts ? votes([facts]) : null;
  if (own) return own;
  const manifest = manifestOf(context.project, context.files, file);
  const neighbours = context.project.files
    .filter((one) => manifestOf(context.project, context.files, one.facts.file) === manifest)
    .map((one) => one.facts);
  const wantsExtension =
    manifest?.module === true || /\.(mjs|mts)$/.test(file) || (facts !== null && isPlainModule(facts));
  return votes(neighbours) ?? (wantsExtension ? 'js' : 'none');
}

/** JavaScript with `import` runs as it is: Node wants the extension. */
function isPlainModule(facts: FileFacts): boolean {
  return facts.language === 'javascript' && facts.statements.some((statement) => statement.kind === 'import');
}

/** What most relative imports do; null when there are none. */
function votes(files: readonly FileFacts[]): Style | null {
  const counts: Record<Style, number> = { none: 0, js: 0, ts: 0 };
  for (const { imports, exports } of files) {
    const specifiers = [...imports.map((one) => one.specifier), ...exports.flatMap((one) => one.specifier ?? [])];
    for (const specifier of specifiers) {
      if (!/^\.\.?(\/|$)/.test(specifier) || /\.(json|css|node|wasm|graphql|svg)$/.test(specifier)) continue;
      counts[/\.[cm]?jsx?$/.test(specifier) ? 'js' : /\.[cm]?tsx?$/.test(specifier) ? 'ts' : 'none'] += 1;
    }
  }
  const [best] = (['none', 'js', 'ts'] as const).toSorted((a, b) => counts[b] - counts[a]);
  return best !== undefined && counts[best] > 0 ? best : null;
}
