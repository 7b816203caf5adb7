/** Real trees in real git repositories, and batches made by hand over them. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type ApplyRequest, STATE_FOLDER } from '../../src/apply/index.js';
import type { Batch, FileChange, Unit } from '../../src/model/change.js';
import type { Site } from '../../src/model/site.js';

export interface Tree {
  root: string;
  stateDir: string;
}

/** A committed tree with these files (names and contents). */
export function makeTree(files: Record<string, string | Buffer>, options: { git?: boolean } = {}): Tree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'redis-migrate-apply-')));
  for (const [file, content] of Object.entries(files)) put(root, file, content);
  if (options.git !== false) commitAll(root, true);
  return { root, stateDir: join(root, STATE_FOLDER) };
}

export function dropTree(tree: Tree): void {
  rmSync(tree.root, { recursive: true, force: true });
}

export function put(root: string, file: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

export function text(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'core.autocrlf=false'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
}

export function commitAll(root: string, first = false): void {
  if (first) git(root, 'init', '-q');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'state');
}

/** Every name under the root but git's own, with type, mode and bytes: two trees are equal if these are. */
export function snapshot(root: string, folder = root): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (folder === root && name === '.git') continue;
    const stat = lstatSync(path);
    const key = relative(root, path);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) found[key] = `link ${readlinkSync(path)}`;
    else if (stat.isDirectory()) Object.assign(found, { [key]: 'folder' }, snapshot(root, path));
    else found[key] = `${mode} ${readFileSync(path).toString('base64')}`;
  }
  return found;
}

export function site(id: string, file: string, more: Partial<Site> = {}): Site {
  return {
    id,
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 10,
    language: 'typescript',
    category: 'client',
    library: 'ioredis',
    api: 'new Redis',
    container: 'module-singleton',
    args: 'none',
    source: 'default',
    mode: 'async',
    uses: ['cache'],
    role: 'command',
    purpose: 'write-cache',
    unit: null,
    partOf: null,
    identity: null,
    database: 'main',
    zone: 'production',
    pattern: 'direct-client',
    priority: 'recommended',
    verdict: 'rewrite',
    reasons: [],
    exempt: null,
    ...more,
  };
}

export function unit(id: string, sites: string[], files: string[], more: Partial<Unit> = {}): Unit {
  return { id, sites, files, purpose: 'write-cache', verdict: 'rewrite', changes: [], ...more };
}

export function batchOf(id: string, units: Unit[], sites: Site[]): Batch {
  const files = [...new Set(sites.map((entry) => entry.file))].sort();
  return {
    id,
    title: `write-cache: ${sites.length} sites`,
    purpose: 'write-cache',
    risk: 2,
    files,
    sites: sites.map((entry) => entry.id),
    units: units.map((entry) => entry.id),
  };
}

/** What stands for a rewrite in these tests. */
export function rewritten(before: string): string {
  return before.replaceAll('new Redis()', "getRedis('main')");
}

export function change(root: string, file: string, units: string[], after?: string): FileChange {
  const before = text(root, file);
  return { file, before, after: after ?? rewritten(before), units, importsRemoved: [] };
}

/** A request for one unit a file: the site of unit `u-<n>` is `s-<n>`. */
export function requestFor(tree: Tree, files: string[], id = 'aaaaaaaaaaaa'): ApplyRequest {
  const sites = files.map((file, number) => site(`s-${number}`, file));
  const units = files.map((file, number) => unit(`u-${number}`, [`s-${number}`], [file]));
  return {
    ...tree,
    batch: batchOf(id, units, sites),
    sites,
    units,
    change: { files: files.map((file, number) => change(tree.root, file, [`u-${number}`])), refused: [] },
    includeReview: false,
    mask: (shown) => ({ text: shown, masked: false }),
  };
}

export function makeReadOnly(root: string, file: string): void {
  chmodSync(join(root, file), 0o444);
}
