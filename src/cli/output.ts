/** Where results and messages go. */

import { lstatSync, writeFileSync } from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { UserError } from '../errors.js';
import { mask } from '../secrets.js';
import type { Surroundings } from './surroundings.js';

/** Only the owner may read it. */
export const PRIVATE = 0o600;

/**
 * Writes the result to stdout, or to the file that was named: whole or not at all.
 * Throws a `UserError` when the file cannot be written.
 */
export function writeResult(text: string, output: string | undefined, around: Surroundings, mode?: number): void {
  if (output === undefined) {
    around.stdout.write(text);
    return;
  }
  try {
    // A device or a pipe (`/dev/null`) must not be replaced by a file.
    const there = lstatSync(output, { throwIfNoEntry: false });
    if (there && !there.isFile()) writeFileSync(output, text);
    else writeFileAtomic(output, text, mode === undefined ? {} : { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(`cannot write ${output} (${code})`, 'Choose another --output.');
  }
}

/** A line for people on stderr, unless `--quiet`. */
export function tell(message: string, flags: { quiet?: true }, { stderr }: Surroundings): void {
  if (!flags.quiet) stderr.write(`${mask(message)}\n`);
}
