/** New files of `init`: written only where nothing is yet. */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
