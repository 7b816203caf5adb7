/** Bytes and text of files. One reused buffer: most files are only looked at and never become a string of their own. */

import { isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Larger files are generated or data: parsing one can take minutes. They are listed as failed when they name Redis. */
export const MAX_BYTES = 2 * 1024 * 1024;

/** A view of one file; it is valid until the next file is looked at. */
export interface Look {
  /** Bytes as Latin-1 text: good for tests of ASCII words, never for facts. Of a large file: null. */
  latin1: string | null;
  bytes: Buffer | null;
  /** Why the file cannot be parsed; null when it can. Asked only of files that matter: the answer costs a pass. */
  problem(): string | null;
}

export interface Reader {
  /** Looks at a file. `test` is asked about the text of a file that is too large to hold, piece by piece. */
  look(file: string, test: (text: string) => boolean): Look;
  /** Text with its BOM; null when there is no such file or it is not valid UTF-8. */
  text(file: string): string | null;
}

/** Overlap of the pieces of a large file: longer than any word that is looked for. */
const OVERLAP = 64;

export function createReader(root: string): Reader {
  const buffer = Buffer.allocUnsafe(MAX_BYTES + 1);
  return {
    look(file, test) {
      let descriptor: number;
      try {
        descriptor = openSync(join(root, file), 'r');
      } catch (error) {
        return unreadable(error);
      }
      try {
        const { size } = fstatSync(descriptor);
        if (size > MAX_BYTES) return lookAtLarge(descriptor, size, buffer, test);
        const bytes = buffer.subarray(0, fill(descriptor, buffer));
        return { latin1: bytes.toString('latin1'), bytes, problem: () => problemOf(bytes) };
      } catch (error) {
        return unreadable(error);
      } finally {
        closeSync(descriptor);
      }
    },
    text(file) {
      try {
        const bytes = readFileSync(join(root, file));
        return isUtf8(bytes) ? bytes.toString('utf8') : null;
      } catch {
        // No such file, or none that may be read: to the resolver both mean that it is not there.
        return null;
      }
    },
  };
}

function fill(descriptor: number, buffer: Buffer): number {
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += got;
    if (got === 0 || length === buffer.length) return length;
  }
}

/** Text of a large file is null unless a piece of it passes the test: then the problem is worth telling. */
function lookAtLarge(descriptor: number, size: number, buffer: Buffer, test: (text: string) => boolean): Look {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  for (let tail = ''; ; ) {
    const got = readSync(descriptor, buffer, 0, buffer.length, null);
    if (got === 0) return { latin1: null, bytes: null, problem: () => null };
    const text = tail + buffer.toString('latin1', 0, got);
    if (test(text)) {
      return { latin1: null, bytes: null, problem: () => `not parsed: ${megabytes} MB is above the limit of 2 MB` };
    }
    tail = text.slice(-OVERLAP);
  }
}

function problemOf(bytes: Buffer): string | null {
  if (isUtf16(bytes)) return 'not parsed: the text is UTF-16, only UTF-8 is read';
  if (!isUtf8(bytes)) return `not parsed: ${bytes.includes(0) ? 'a binary file' : 'the text is not valid UTF-8'}`;
  return isMostlyText(bytes) ? null : 'not parsed: a binary file (it holds NUL bytes)';
}

/** By its byte order mark. Words of ASCII are not found in it, so such a file is never passed over in silence. */
export function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff;
}

/** Sources do hold a stray NUL, as a separator inside a string: valid UTF-8 with one per mille of them is text. */
function isMostlyText(bytes: Buffer): boolean {
  let nuls = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nuls += 1;
  return nuls <= Math.ceil(bytes.length / 1000);
}

function unreadable(error: unknown): Look {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return { latin1: null, bytes: null, problem: () => `cannot be read (${code})` };
}
