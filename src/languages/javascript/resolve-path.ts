/** From a path as an import writes it to the source file that is meant: extensions, twins of built files, `index`. */

import type { Tree } from '../language.js';

/** In the order in which bundlers and TypeScript try them. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Extension that code imports → extensions of the sources that are built into it. */
const TWINS: readonly [built: string, sources: readonly string[]][] = [
  ['.d.ts', ['.ts', '.tsx', '.js', '.jsx']],
  ['.d.mts', ['.mts', '.ts', '.mjs']],
  ['.d.cts', ['.cts', '.ts', '.cjs']],
  ['.js', ['.ts', '.tsx', '.jsx']],
  ['.jsx', ['.tsx', '.ts']],
  ['.mjs', ['.mts', '.ts']],
  ['.cjs', ['.cts', '.ts']],
];

const DECLARATION = /\.d\.[cm]?ts$/;

export type Files = Tree['files'];

/** True for a path that holds code of JavaScript or TypeScript; declarations hold none. */
export function isSource(path: string): boolean {
  return !DECLARATION.test(path) && EXTENSIONS.some((extension) => path.endsWith(extension));
}

/**
 * The file behind a path, tried as it stands, as the source of a built file and with an extension added.
 * `typescript`: the importer is TypeScript, for which `./a.js` means `a.ts` even when both exist.
 */
export function probeFile(files: Files, path: string, typescript: boolean): string | null {
  const exact = files.has(path) && !DECLARATION.test(path) ? path : null;
  if (exact !== null && !typescript) return exact;
  return twin(files, path) ?? exact ?? withExtension(files, path);
}

function twin(files: Files, path: string): string | null {
  for (const [built, sources] of TWINS) {
    if (!path.endsWith(built)) continue;
    const stem = path.slice(0, -built.length);
    const found = sources.find((extension) => files.has(stem + extension));
    if (found !== undefined) return stem + found;
  }
  return null;
}

function withExtension(files: Files, path: string): string | null {
  const found = EXTENSIONS.find((extension) => files.has(path + extension));
  if (found !== undefined) return path + found;
  return files.has(`${path}.json`) ? `${path}.json` : null;
}

/** `index` file of a directory ('' is the root). */
export function probeIndex(files: Files, directory: string): string | null {
  return withExtension(files, join(directory, 'index'));
}

/** Joins and normalises paths from the root. A path that leaves the root keeps its `..` and so is no file. */
export function join(...parts: string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}

/** Directory of a path, '' for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The directory itself and those above it, up to the root (''). */
export function* upwards(directory: string): Generator<string> {
  for (let at = directory; at !== ''; at = directoryOf(at)) yield at;
  yield '';
}
