/** How one module names another: relative specifiers in the style of the code around. */

import type { FileFacts } from '../../model/facts.js';

/** Whether specifiers end in `.js`, in the file's own extension, or in nothing. */
export type SpecifierStyle = 'js' | 'ts' | 'none';

/** What most relative imports of these files do; null when there are none. */
export function specifierStyleOf(files: readonly FileFacts[]): SpecifierStyle | null {
  const counts: Record<SpecifierStyle, number> = { none: 0, js: 0, ts: 0 };
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

/** Relative specifier from one file to another, both from the root: `../lib/redis.js`. */
export function writeSpecifier(from: string, to: string, style: SpecifierStyle): string {
  const folder = from.split('/').slice(0, -1);
  const target = to.split('/');
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common]) common += 1;
  const up = folder.length - common;
  const path = [...Array.from({ length: up }, () => '..'), ...target.slice(common)].join('/');
  return withStyle(up === 0 ? `./${path}` : path, style);
}

function withStyle(path: string, style: SpecifierStyle): string {
  if (style === 'ts') return path;
  const bare = path.replace(/\.(d\.)?[cm]?[jt]sx?$/, '');
  if (style === 'none') return bare.endsWith('/index') ? bare.slice(0, -'/index'.length) : bare;
  const extension = /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.js';
  return `${bare}${extension.replace('t', 'j').replace('x', '')}`;
}
