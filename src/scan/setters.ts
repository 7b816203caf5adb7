/** Which texts hold words, or seem to change what a module keeps: `config.redis.host = 'other'`. A file too many is only parsed. */

import { posix } from 'node:path';
import type { Ask } from './contract.js';
import { zoneOf } from './zones.js';

type Settings = NonNullable<NonNullable<Ask>['settings']>;
type Texts = Iterable<{ file: string; text: string }>;

/** Files whose text holds one of these words, and something else that it must hold. */
export function holdersOf(texts: Texts, words: readonly string[], beside?: RegExp): string[] {
  if (words.length === 0) return [];
  const has = (text: string) => words.some((word) => text.includes(word)) && (beside?.test(text) ?? true);
  return [...texts].flatMap(({ file, text }) => (has(text) ? [file] : []));
}

/** Files, no tests, that seem to set a member of what these modules keep. */
export function settersOf(texts: Texts, { files, names }: Settings): string[] {
  return holdersOf(texts, wordsOf(files), assignmentTo(names)).filter((file) => zoneOf(file) !== 'test');
}

/** By which words a file names one of the modules: the last part of its path without the extension, or its folder's for `index`. */
function wordsOf(files: readonly string[]): string[] {
  const words = files.map((file) => {
    const { dir, name } = posix.parse(file);
    return name === 'index' || name === '__init__' ? posix.basename(dir) : name;
  });
  return [...new Set(words.filter((word) => word !== ''))];
}

/**
 * An assignment to a member of one of these names, or what assigns several at once; not what an object does to its own fields
 * (`self.host = host`), which is in nearly every file.
 */
function assignmentTo(names: readonly string[]): RegExp {
  const known = names.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name)).map((name) => name.replaceAll('$', '\\$'));
  const member = `(?:(?<!\\b(?:self|cls|this))\\.|\\[\\s*['"])(?:${['(?!)', ...known].join('|')})(?:['"]\\s*\\])?`;
  const own = '\\s*(?:self|cls|this|\\{)';
  return new RegExp(`${member}\\s*[-+*/|&?]{0,3}=(?![=>])|\\bObject\\.assign\\((?!${own})|\\bsetattr\\((?!${own})`);
}
