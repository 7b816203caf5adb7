/** New files of `init`: written only where nothing is yet. */

import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { UserError } from '../errors.js';
import { createFile, exists } from './files.js';

/** A file with permissions as any editor would make it. */
const MODE = 0o644;

/** Writes new files; throws `UserError` before anything is written when one of them is there already. */
export function createNewFiles(root: string, files: readonly { file: string; text: string }[]): string[] {
  for (const { file } of files) {
    if (exists(join(root, file))) {
      throw new UserError(`${file} is there already`, 'Remove or rename it first: init overwrites nothing.');
    }
  }
  for (const { file, text } of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    createFile(join(root, file), Buffer.from(text, 'utf8'), MODE);
  }
  return files.map(({ file }) => file);
}

/** What a module's name may end with; what ends otherwise (`redis.test.ts`) is another module. */
const MODULE = /\.(?:d\.[cm]?ts|[cm]?[jt]sx?|json|node|vue|svelte|py)$/i;

/**
 * Whether a file of that name would be the only module of it: beside `redis.js`, `redis.tsx` or a folder `redis`, what
 * imports `./redis` would get the new file, or the new file's importers the old one. Letter case does not tell modules apart.
 */
export function isFreeModule(root: string, file: string): boolean {
  const { dir, name } = parse(join(root, file));
  if (!exists(dir)) return true;
  const own = name.toLowerCase();
  return readdirSync(dir).every((entry) => entry.replace(MODULE, '').toLowerCase() !== own);
}
