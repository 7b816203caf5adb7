/** Finds the configuration and reads it as text. Data only: no file is ever run. */

import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.js';

export interface Source {
  /** Absolute. */
  file: string;
  /** How messages name it: from the working directory or else from where the search began. */
  shown: string;
  text: string;
  format: 'json' | 'toml';
  /** Keys that lead to the configuration in the file; `[]` when the whole file is it. */
  within: string[];
}

/** In this order in each folder. The words say whether a shared file holds a configuration at all. */
const PLACES: { name: string; mentions: RegExp | null }[] = [
  { name: 'redis-migrate.config.json', mentions: null },
  { name: 'package.json', mentions: /"redis-migrate"\s*:/ },
  { name: 'pyproject.toml', mentions: /tool\s*\.\s*["']?redis-migrate|\[\s*tool\s*\]/ },
];

/**
 * The nearest configuration from `start` up to the folder that holds `.git`; only `start` itself without git.
 * Null when there is none. Throws a `UserError` when one folder holds two.
 */
export async function findSource(start: string, holds: (source: Source) => boolean): Promise<Source | null> {
  for (const folder of await foldersUp(resolve(start))) {
    const here: Source[] = [];
    for (const { name, mentions } of PLACES) {
      const file = join(folder, name);
      const text = await textOf(file);
      if (text === null || (mentions !== null && !mentions.test(text))) continue;
      const source = sourceOf(file, text, start);
      if (holds(source)) here.push(source);
    }
    const [first, second] = here;
    if (first && second) {
      throw new UserError(`${first.shown} and ${second.shown} both hold a configuration`, 'Keep one of them.');
    }
    if (first) return first;
  }
  return null;
}

/** The configuration in a file that was named. Throws a `UserError` when it cannot be read. */
export async function readSource(path: string, start: string): Promise<Source> {
  const file = resolve(path);
  if (!/\.(?:json|jsonc|toml)$/.test(file)) {
    throw new UserError(`${path}: a configuration is a .json or .toml file`, 'Code is never run as a configuration.');
  }
  const text = await textOf(file);
  if (text === null) throw new UserError(`cannot read the configuration ${path}: no such file`);
  return sourceOf(file, text, start);
}

function sourceOf(file: string, text: string, start: string): Source {
  const name = basename(file);
  return {
    file,
    shown: shownPath(file, start),
    text,
    format: name.endsWith('.toml') ? 'toml' : 'json',
    within: name === 'package.json' ? ['redis-migrate'] : name === 'pyproject.toml' ? ['tool', 'redis-migrate'] : [],
  };
}

function shownPath(file: string, start: string): string {
  const here = relative(process.cwd(), file);
  const shown = here.startsWith('..') ? relative(resolve(start), file) : here;
  return shown.split(sep).join('/');
}

/** `start` and the folders above it up to the git root. */
async function foldersUp(start: string): Promise<string[]> {
  const folders: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    folders.push(folder);
    if (await exists(join(folder, '.git'))) return folders;
    if (folder === dirname(folder)) return [start];
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Text without its byte order mark, null when there is no such file. Throws a `UserError` when it cannot be read. */
async function textOf(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new UserError(`cannot read ${shownPath(file, process.cwd())} (${code || String(error)})`);
  }
}
