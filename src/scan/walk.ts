/** Which files there are: by git where there is a work tree, by an own walk that honours `.gitignore` elsewhere. */

import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { UserError } from '../errors.js';
import type { FailedFile } from '../model/project.js';
import { listByGit } from './git.js';

export interface Walk {
  /** Paths from the root with `/`, sorted by code unit. */
  files: string[];
  /** Symlinked file → the walked file that it is another name of. It is not walked twice. */
  aliases: Map<string, string>;
  /** Directories that could not be listed. */
  failed: FailedFile[];
}

/** Never entered nor read, tracked or not: what package managers and version control own. */
const NEVER = new Set(
  'node_modules .git .hg .svn __pycache__ .ipynb_checkpoints site-packages .yarn .pnp.cjs .pnp.loader.mjs .pnpm-store'.split(
    ' ',
  ),
);

/** Never entered without git, where no rule tells output from source. */
const NEVER_WITHOUT_GIT = new Set(['.venv', 'venv', '.tox', '.next', '.nuxt', '.turbo', 'dist', 'coverage']);

interface Found {
  files: string[];
  links: string[];
  failed: FailedFile[];
}

/**
 * Lists all files under an absolute directory.
 * @throws UserError when the root is missing, unreadable or no directory.
 */
export async function walk(root: string): Promise<Walk> {
  checkRoot(root);
  const found: Found = { files: [], links: [], failed: [] };
  if (!(await addByGit(root, '', found))) await addByHand(root, '', found);
  const files = new Set(found.files);
  const aliases = followLinks(root, files, found.links);
  return { files: [...files].sort(byCodeUnit), aliases, failed: found.failed };
}

/** Order of all lists of paths: independent of the locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkRoot(root: string): void {
  try {
    if (statSync(root).isDirectory()) {
      readdirSync(root);
      return;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const why = code === 'ENOENT' ? 'there is no such directory' : `it cannot be read (${code})`;
    throw new UserError(`cannot scan ${root}: ${why}`, 'Give the path of a directory that you may read.');
  }
  throw new UserError(`cannot scan ${root}: it is not a directory`, 'Give the path of a directory.');
}

async function addByGit(root: string, prefix: string, found: Found): Promise<boolean> {
  const entries = await listByGit(join(root, prefix));
  if (entries === null) return false;
  for (const entry of entries) {
    const path = prefix + entry.path;
    if (entry.path.split('/').some((part) => NEVER.has(part))) continue;
    if (entry.kind === 'file') found.files.push(path);
    else if (entry.kind === 'link') found.links.push(path);
    else if (entry.kind === 'untracked') (isLink(join(root, path)) ? found.links : found.files).push(path);
    else if (existsSync(join(root, path))) await addNested(root, `${path}/`, found);
  }
  return true;
}

async function addNested(root: string, prefix: string, found: Found): Promise<void> {
  // Without a `.git` of its own (a submodule not checked out) git would answer for the outer repository.
  const own = existsSync(join(root, prefix, '.git'));
  if (!own || !(await addByGit(root, prefix, found))) await addByHand(root, prefix, found);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Rules of one `.gitignore`, for the paths below its directory. */
interface Rules {
  prefix: string;
  ignore: Ignore;
}

async function addByHand(root: string, start: string, found: Found): Promise<void> {
  const stack: { prefix: string; rules: Rules[] }[] = [{ prefix: start, rules: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { prefix } = next;
    const entries = list(root, prefix, found);
    const names = new Set(entries.map((entry) => entry.name));
    // A virtual environment of Python, whatever its name is.
    if (names.has('pyvenv.cfg')) continue;
    if (prefix !== start && names.has('.git') && (await addByGit(root, prefix, found))) continue;
    const rules = names.has('.gitignore') ? [...next.rules, readRules(root, prefix)] : next.rules;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        const never = NEVER.has(entry.name) || NEVER_WITHOUT_GIT.has(entry.name);
        if (!never && !isIgnored(`${path}/`, rules)) stack.push({ prefix: `${path}/`, rules });
      } else if (!NEVER.has(entry.name) && !isIgnored(path, rules)) {
        if (entry.isSymbolicLink()) found.links.push(path);
        else if (entry.isFile()) found.files.push(path);
      }
    }
  }
}

function list(root: string, prefix: string, found: Found) {
  try {
    return readdirSync(join(root, prefix), { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    found.failed.push({ file: prefix.replace(/\/$/, ''), message: `the directory cannot be read (${code})` });
    return [];
  }
}

function readRules(root: string, prefix: string): Rules {
  return { prefix, ignore: ignore().add(readFileSync(join(root, prefix, '.gitignore'), 'utf8')) };
}

/** The innermost rule that speaks of a path decides, as in git. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  let ignored = false;
  for (const rule of rules) {
    const answer = rule.ignore.test(path.slice(rule.prefix.length));
    if (answer.ignored) ignored = true;
    else if (answer.unignored) ignored = false;
  }
  return ignored;
}

/**
 * Adds symlinked files whose target lies inside the root and is not walked itself; the others become aliases.
 * Links to directories are not entered, links that lead outside or nowhere are no files of this tree.
 */
function followLinks(root: string, files: Set<string>, links: string[]): Map<string, string> {
  const aliases = new Map<string, string>();
  const home = realpathSync(root);
  const known = new Map<string, string>();
  for (const link of links.sort(byCodeUnit)) {
    const target = targetOf(join(root, link));
    if (!target?.startsWith(home + sep)) continue;
    const path = target
      .slice(home.length + 1)
      .split(sep)
      .join('/');
    if (path.split('/').some((part) => NEVER.has(part))) continue;
    const walked = files.has(path) ? path : known.get(path);
    if (walked !== undefined) {
      aliases.set(link, walked);
    } else {
      known.set(path, link);
      files.add(link);
    }
  }
  return aliases;
}

/** Real path of a file behind a link; null for a broken link and for anything but a file. */
function targetOf(link: string): string | null {
  try {
    const target = realpathSync(link);
    return statSync(target).isFile() ? target : null;
  } catch {
    return null;
  }
}
