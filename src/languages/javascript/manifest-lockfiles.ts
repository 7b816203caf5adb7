/**
 * The part of a lockfile that says which version a direct dependency has. pnpm's and yarn's files are read line by line:
 * they are written by machines in one layout, and a YAML parser needs seconds for the 50,000 lines of a large one.
 */

import { parseJson } from './manifest.js';
import { isRecord } from './resolve-exports.js';

/** Version of a dependency of the package at `importer` (path from the lockfile's directory, `.` for its own). */
export type Lockfile = (importer: string, name: string, range: string) => string | null;

export const LOCKFILES: Readonly<Record<string, (text: string) => Lockfile>> = {
  'pnpm-lock.yaml': readPnpm,
  'package-lock.json': readNpm,
  'npm-shrinkwrap.json': readNpm,
  'yarn.lock': readYarn,
  'bun.lock': readBun,
};

export function readLockfile(name: string, text: string): Lockfile {
  return LOCKFILES[name]?.(text) ?? (() => null);
}

/** `4.6.0(peer@1)` and `npm:redis@4.6.0` → `4.6.0`; null for links and addresses. */
function plainVersion(text: string): string | null {
  const bare = text
    .replace(/[(_].*$/, '')
    .replace(/^.*@(?=\d)/, '')
    .replace(/^\/.*\/(?=\d)/, '');
  return /^\d+\.\d+\.\d+[\w.+-]*$/.test(bare) ? bare : null;
}

/**
 * `importers:` → path → kind → name → `version:` (v6 and later) or name: version (v5). A lockfile of a single package
 * before v9 has the kinds at the top level.
 */
function readPnpm(text: string): Lockfile {
  const versions = new Map<string, string>();
  let inImporters = false;
  let [importer, kind, name] = ['.', '', ''];
  for (const line of text.split('\n')) {
    const match = /^( *)('[^']+'|"[^"]+"|[^\s:#][^:]*):(?: +(.*))?$/.exec(line.trimEnd());
    if (!match) continue;
    const depth = (match[1]?.length ?? 0) / 2 - (inImporters ? 2 : 0);
    const [key, value] = [unquote(match[2] ?? ''), unquote(match[3] ?? '')];
    if (match[1] === '') {
      if (key === 'packages' || key === 'snapshots') break;
      [inImporters, importer, kind] = [key === 'importers', '.', key];
    } else if (depth === -1) importer = key;
    else if (depth === 0) kind = key;
    else if (!/dependencies$/i.test(kind)) continue;
    else if (depth === 1) {
      name = key;
      if (value !== '') remember(versions, importer, name, value);
    } else if (depth === 2 && key === 'version') remember(versions, importer, name, value);
  }
  return (from, dependency) => versions.get(`${from}\n${dependency}`) ?? null;
}

function remember(versions: Map<string, string>, importer: string, name: string, version: string): void {
  const plain = plainVersion(version);
  if (plain !== null) versions.set(`${importer}\n${name}`, plain);
}

function unquote(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}

/** The nearest `node_modules/<name>` at or above the importer; v1 has only a tree of `dependencies`. */
function readNpm(text: string): Lockfile {
  const lock = parseJson(text);
  const packages = isRecord(lock?.packages) ? lock.packages : {};
  const old = isRecord(lock?.dependencies) ? lock.dependencies : {};
  return (importer, name) => {
    for (let at = importer === '.' ? '' : importer; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
      const found = versionField(packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]);
      if (found !== null) return found;
      if (at === '') return versionField(old[name]);
    }
  };
}

function versionField(value: unknown): string | null {
  return isRecord(value) && typeof value.version === 'string' ? plainVersion(value.version) : null;
}

/** `"a@^1", a@^1.2:` followed by `version "1.2.3"`; newer yarn writes `a@npm:^1` and `version: 1.2.3`. */
function readYarn(text: string): Lockfile {
  const versions = new Map<string, string>();
  let keys: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\S.*:\s*$/.test(line) && !line.startsWith('#')) {
      const list = line.trim().slice(0, -1).replaceAll('"', '');
      keys = list.split(/,\s*/).map((key) => key.replace('@npm:', '@'));
      continue;
    }
    const version = /^ {2}version:? "?([^"\s]+)"?/.exec(line)?.[1];
    const plain = version === undefined ? null : plainVersion(version);
    if (plain !== null) for (const key of keys) versions.set(key, plain);
  }
  return (_importer, name, range) => versions.get(`${name}@${range.replace(/^npm:/, '')}`) ?? null;
}

/** `packages`: name → [`name@version`, …]; a package's own copy is under `<package>/<name>`. */
function readBun(text: string): Lockfile {
  const lock = parseJson(text);
  const packages = isRecord(lock?.packages) ? lock.packages : {};
  const workspaces = isRecord(lock?.workspaces) ? lock.workspaces : {};
  return (importer, name) => {
    const own = workspaces[importer === '.' ? '' : importer];
    const owner = isRecord(own) && typeof own.name === 'string' ? own.name : '';
    const entry = packages[`${owner}/${name}`] ?? packages[name];
    const first: unknown = Array.isArray(entry) ? entry[0] : null;
    return typeof first === 'string' ? plainVersion(first) : null;
  };
}
