/** Which lines of a tree are new since a branch left another one. */

import { UserError } from '../errors.js';
import { git } from './git.js';

/** Lines that were added or changed, by file: pairs of first and last; `null` for a file that is new as a whole. */
export type NewLines = ReadonlyMap<string, readonly (readonly [number, number])[] | null>;

export interface Since {
  /** The commit where the branches part. */
  base: string;
  lines: NewLines;
}

/**
 * What is new in the work tree (committed, staged, changed or untracked) since its history parted from `ref`. Renamed
 * files count with their changed lines only. Throws `UserError` when git does not know the ref or no common commit.
 */
export async function newSince(root: string, ref: string): Promise<Since> {
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === null) {
    throw new UserError(`git knows no commit "${ref}" here`, 'Fetch it first, or name another one.');
  }
  const base = await git(root, ['merge-base', commit.trim(), 'HEAD']);
  if (base === null) {
    throw new UserError(
      `"${ref}" and HEAD have no commit in common`,
      'A shallow clone may lack it: fetch the whole history (`fetch-depth: 0`).',
    );
  }
  const at = base.trim();
  const options = [
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--find-renames',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const diff = await git(root, ['-c', 'core.quotePath=false', 'diff', ...options, '--relative', at, '--', '.']);
  const untracked = await git(root, ['ls-files', '-z', '--others', '--exclude-standard', '--', '.']);
  if (diff === null || untracked === null) throw new UserError('git cannot say what has changed here');
  const lines = new Map<string, (readonly [number, number])[] | null>(linesOf(diff));
  for (const file of untracked.split('\0')) if (file !== '') lines.set(file, null);
  return { base: at, lines };
}

/** Whether one of the lines of a place is new. */
export function isNew(lines: NewLines, place: { file: string; line: number; endLine: number }): boolean {
  const ranges = lines.get(place.file);
  if (ranges === undefined) return false;
  return ranges === null || ranges.some(([first, last]) => first <= place.endLine && last >= place.line);
}

/** New lines of a unified diff without context. Hunks are counted, so that no added line is taken for a header. */
export function linesOf(diff: string): Map<string, (readonly [number, number])[]> {
  const found = new Map<string, (readonly [number, number])[]>();
  let file: string | null = null;
  let left = 0;
  for (const line of diff.split('\n')) {
    if (left > 0) {
      if (!line.startsWith('\\')) left -= 1;
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk) {
      const added = Number(hunk[3] ?? 1);
      left = Number(hunk[1] ?? 1) + added;
      const first = Number(hunk[2]);
      if (file !== null && added > 0) found.get(file)?.push([first, first + added - 1]);
    } else if (line.startsWith('+++ ')) {
      file = nameOf(line.slice(4));
      if (file !== null) found.set(file, []);
    }
  }
  return found;
}

/** `b/src/a.ts`, `"b/src/\"a\".ts"`, `/dev/null`. Git ends a name with spaces by a tab. */
function nameOf(text: string): string | null {
  const name = text.replace(/\t$/, '');
  if (name === '/dev/null') return null;
  if (!name.startsWith('"')) return name.slice(2);
  return unquoted(name.slice(1, -1)).slice(2);
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

/** C-style quotes of git; octal escapes are bytes of UTF-8. */
function unquoted(text: string): string {
  const bytes: number[] = [];
  for (const [, octal, letter, plain] of text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else bytes.push(...Buffer.from(letter === undefined ? (plain ?? '') : (ESCAPES[letter] ?? letter)));
  }
  return Buffer.from(bytes).toString('utf8');
}
