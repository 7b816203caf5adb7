/** Which of the walked files the include and exclude patterns of the config mean. */

import type { Dirent, Stats } from 'node:fs';
import { posix } from 'node:path';
import fastGlob from 'fast-glob';

const EVERYTHING = '**/*';

/**
 * Keeps files that one of `include` and none of `exclude` matches. A pattern that names a directory means all below it.
 *
 * Patterns have fast-glob's meaning because fast-glob itself matches them: it walks the list of files as if that were a
 * disk. The disk is not walked again (that would enter what git ignores and costs three times the git listing).
 */
export function select(files: readonly string[], include: readonly string[], exclude: readonly string[]): string[] {
  const everything = include.length === 0 || include.includes(EVERYTHING);
  if (everything && exclude.length === 0) return [...files];
  const disk = listAsDisk(files);
  const wanted = everything ? null : matched(include, disk);
  const unwanted = exclude.length === 0 ? null : matched(exclude, disk);
  return files.filter((file) => (wanted?.has(file) ?? true) && !unwanted?.has(file));
}

function matched(patterns: readonly string[], disk: Disk): Set<string> {
  const clean = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, '')).filter((p) => p !== '');
  const all = clean.flatMap((pattern) => (pattern.endsWith('**') ? [pattern] : [pattern, `${pattern}/**`]));
  return new Set(fastGlob.sync(all, { cwd: '/', fs: disk, dot: true, onlyFiles: true, followSymbolicLinks: false }));
}

interface Disk {
  lstatSync(path: string): Stats;
  statSync(path: string): Stats;
  /** fast-glob always asks for entries with their kind, never for bare names. */
  readdirSync(path: string): Dirent[] & string[];
}

/** The list of files in the shape in which fast-glob asks a file system. */
function listAsDisk(files: readonly string[]): Disk {
  const directories = new Map<string, Map<string, boolean>>([['/', new Map()]]);
  for (const file of files) {
    let name = `/${file}`;
    for (let isFile = true; name !== '/'; isFile = false) {
      const parent = posix.dirname(name);
      const entries = directories.get(parent);
      const known = entries !== undefined;
      (entries ?? newDirectory(directories, parent)).set(posix.basename(name), isFile);
      if (known) break;
      name = parent;
    }
  }
  const known = new Set(files.map((file) => `/${file}`));
  const stat = (path: string): Stats => {
    const name = path.length > 1 ? path.replace(/\/$/, '') : path;
    if (known.has(name)) return kind(true) as Stats;
    if (directories.has(name)) return kind(false) as Stats;
    throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
  };
  const readdirSync = (path: string): Dirent[] & string[] => {
    const entries = directories.get(path.length > 1 ? path.replace(/\/$/, '') : path) ?? new Map<string, boolean>();
    return [...entries].map(([name, isFile]) => ({ ...kind(isFile), name })) as unknown as Dirent[] & string[];
  };
  return { lstatSync: stat, statSync: stat, readdirSync };
}

function newDirectory(directories: Map<string, Map<string, boolean>>, name: string): Map<string, boolean> {
  const entries = new Map<string, boolean>();
  directories.set(name, entries);
  return entries;
}

function kind(isFile: boolean) {
  const no = () => false;
  return {
    isFile: () => isFile,
    isDirectory: () => !isFile,
    isSymbolicLink: no,
    isBlockDevice: no,
    isCharacterDevice: no,
    isFIFO: no,
    isSocket: no,
  };
}
