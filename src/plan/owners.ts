/**
 * Who answers for a file: CODEOWNERS. Patterns are those of `.gitignore` without `!` and `[ ]`; the last rule that fits
 * wins, and one without owners says that nobody does
 * (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore from 'ignore';
import type { OwnerOf } from './plan.js';

/** Where the file may be, in the order in which it is looked for. The first one counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

interface Rule {
  fits: (file: string) => boolean;
  owners: string[];
}

/** Reads the CODEOWNERS of the repository that a root is in; null when there is none. Files are named from the root. */
export function ownersAt(root: string): OwnerOf | null {
  const top = repositoryOf(root);
  const place = PLACES.map((name) => join(top, name)).find((path) => existsSync(path));
  if (place === undefined) return null;
  const ownerOf = parseOwners(readFileSync(place, 'utf8'));
  const prefix = relative(top, root).split(sep).join('/');
  return (file) => ownerOf(prefix === '' ? file : `${prefix}/${file}`);
}

/** The rules of a CODEOWNERS file. A line that cannot be a rule is left out, as the hosts do. */
export function parseOwners(text: string): OwnerOf {
  const rules = text.split(/\r?\n/).flatMap((line): Rule[] => {
    const [pattern, ...owners] = wordsOf(line);
    if (pattern === undefined || /^[!^[]|[[\]]/.test(pattern)) return [];
    return [{ fits: matcherOf(pattern), owners }];
  });
  return (file) => {
    const rule = rules.findLast(({ fits }) => fits(file));
    return rule === undefined || rule.owners.length === 0 ? null : rule.owners.join(' ');
  };
}

/** `docs/*` is the files of a folder, not what lies deeper: there CODEOWNERS and `.gitignore` differ. */
function matcherOf(pattern: string): Rule['fits'] {
  const all = ignore().add(pattern);
  if (!pattern.endsWith('/*')) return (file) => all.ignores(file);
  const deeper = ignore().add(`${pattern}/`);
  return (file) => all.ignores(file) && !deeper.ignores(file);
}

/** Words of a line without its comment; `\ ` is a space of a pattern. */
function wordsOf(line: string): string[] {
  const text = line.replace(/(^|\s)#.*$/, '').trim();
  return text === '' ? [] : (text.match(/(?:\\.|[^\s\\])+/g) ?? []);
}

/** The folder above that holds `.git`; the root itself without git. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return root;
  }
}
