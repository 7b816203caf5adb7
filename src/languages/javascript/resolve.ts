/** Where imports of JavaScript and TypeScript lead, in a clean clone: nothing is installed, nothing is built. */

import { isBuiltin } from 'node:module';
import semver from 'semver';
import type { Manifest, Resolution } from '../../model/project.js';
import type { Resolver, Tree } from '../language.js';
import { aliasOf, type PackageJson, type Packages, readPackages } from './manifest.js';
import { createVersions } from './manifest-versions.js';
import { targetsOf } from './resolve-exports.js';
import { createSources, type Sources } from './resolve-package.js';
import { directoryOf, isSource, join, probeFile, probeIndex, upwards } from './resolve-path.js';
import { readTsConfigs, type TsConfigs } from './tsconfig.js';

const UNKNOWN: Resolution = { kind: 'unknown' };
const PACKAGE_NAME = /^(?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*$/i;
const LOCAL_RANGE = /^(?:workspace|link|file|portal):/;

/** The parts that answer one question each. */
interface Parts {
  tree: Tree;
  packages: Packages;
  tsconfigs: TsConfigs;
  sources: Sources;
}

export function createResolver(tree: Tree): Resolver {
  const packages = readPackages(tree);
  const tsconfigs = readTsConfigs(tree, (specifier) => {
    const { name, subpath } = splitSpecifier(specifier);
    const directory = packages.named(name)[0]?.directory;
    if (directory === undefined) return null;
    const target = join(directory, subpath);
    return [target, `${target}.json`, `${target}/tsconfig.json`].find((file) => tree.files.has(file)) ?? null;
  });
  const parts: Parts = { tree, packages, tsconfigs, sources: createSources(tree.files, tsconfigs) };
  const resolved = new Map<string, Resolution>();
  const versions = createVersions(tree, packages);
  const manifests = new Map<string, Manifest>();
  return {
    resolve(file, specifier) {
      const typescript = /\.[cm]?tsx?$/.test(file);
      const key = `${directoryOf(file)}\n${typescript ? 't' : 'j'}${specifier}`;
      const known = resolved.get(key);
      if (known) return known;
      const found = resolve(parts, file, specifier, typescript);
      resolved.set(key, found);
      return found;
    },
    manifest(file) {
      const found = packages.above(file);
      if (found === null) return null;
      const made = manifests.get(found.file) ?? toManifest(found, parts, versions(found));
      manifests.set(found.file, made);
      return made;
    },
  };
}

function toManifest(of: PackageJson, parts: Parts, versions: Record<string, string>): Manifest {
  const dependencies = { ...of.dependencies };
  const exact = { ...versions };
  // Code that imports an alias is resolved to the package behind it, which must be found here too.
  for (const [name, range] of Object.entries(of.dependencies)) {
    const real = aliasOf(range);
    if (real === null) continue;
    dependencies[real] ??= range.slice(`npm:${real}@`.length);
    const version = versions[name];
    if (version !== undefined) exact[real] ??= version;
  }
  const entries = parts.sources.entries(of);
  return {
    file: of.file,
    name: of.name,
    private: of.private,
    ...(of.fields.type === 'module' ? { module: true } : {}),
    dependencies,
    versions: exact,
    entries,
  };
}

function resolve(parts: Parts, file: string, written: string, typescript: boolean): Resolution {
  // Bundlers let an import carry a query (`./a.svg?raw`).
  const specifier = written.replace(/(?<=.)\?.*$/s, '');
  if (isBuiltin(specifier) || /^(?:node|bun|cloudflare):/.test(specifier)) {
    return { kind: 'external', package: specifier.replace(/^node:/, '').split('/')[0] ?? specifier };
  }
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) {
    return toResolution(resolvePath(parts, join(directoryOf(file), specifier), typescript));
  }
  for (const path of parts.tsconfigs.candidates(file, specifier)) {
    const found = resolvePath(parts, path, typescript);
    if (found !== null) return { kind: 'file', file: found };
  }
  if (specifier.startsWith('#')) return resolvePrivate(parts, file, specifier);
  return resolveBare(parts, file, specifier, typescript);
}

function toResolution(file: string | null): Resolution {
  return file === null ? UNKNOWN : { kind: 'file', file };
}

function resolvePath(parts: Parts, path: string, typescript: boolean): string | null {
  const found = probeFile(parts.tree.files, path, typescript);
  if (found !== null) return found;
  const own = parts.packages.at(path);
  return (own && parts.sources.entry(own, '.')) ?? probeIndex(parts.tree.files, path) ?? resolveBuilt(parts, path);
}

/** A path into the build output of its own package (`../dist/index.js`), which a clean clone does not have. */
function resolveBuilt(parts: Parts, path: string): string | null {
  const own = parts.packages.above(path);
  if (own === null) return null;
  const inside = own.directory === '' ? path : path.slice(own.directory.length + 1);
  return parts.sources.source(own.directory, inside);
}

/** `#x`: the `imports` of the nearest package.json. */
function resolvePrivate(parts: Parts, file: string, specifier: string): Resolution {
  for (const directory of upwards(directoryOf(file))) {
    const of = parts.packages.at(directory);
    for (const target of targetsOf(of?.fields.imports, specifier)) {
      if (!target.startsWith('.')) return resolveBare(parts, file, target, true);
      const found = parts.sources.source(directory, target);
      if (found !== null) return { kind: 'file', file: found };
    }
  }
  return UNKNOWN;
}

function resolveBare(parts: Parts, file: string, specifier: string, typescript: boolean): Resolution {
  const { name, subpath } = splitSpecifier(specifier);
  if (!PACKAGE_NAME.test(name)) return UNKNOWN;
  const { range, of } = declaration(parts.packages, file, name);
  const workspaces = findWorkspaces(parts.packages, file, name, range, of);
  for (const workspace of workspaces) {
    const found = parts.sources.entry(workspace, subpath);
    if (found !== null) return { kind: 'file', file: found };
  }
  if (workspaces.length > 0) return UNKNOWN;
  if (range !== undefined) return { kind: 'external', package: aliasOf(range) ?? name };
  const own = parts.packages.above(file);
  // Undeclared, and a path from the package's directory: `src/a` of projects that run from there.
  const rooted = own && resolvePath(parts, join(own.directory, specifier), typescript);
  return rooted && isSource(rooted) ? { kind: 'file', file: rooted } : { kind: 'external', package: name };
}

function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const rest = specifier.slice(name.length + 1);
  return { name, subpath: rest === '' ? '.' : `./${rest}` };
}

/** The nearest declaration of a dependency above a file. */
function declaration(packages: Packages, file: string, name: string): { range?: string; of?: PackageJson } {
  for (const directory of upwards(directoryOf(file))) {
    const of = packages.at(directory);
    const range = of?.dependencies[name];
    if (of && range !== undefined) return { range, of };
  }
  return {};
}

/**
 * Packages of the tree that a dependency may mean, the likeliest first; none when it comes from a registry. There can be
 * several: the root of a monorepo often bears the name of its main package.
 */
function findWorkspaces(
  packages: Packages,
  file: string,
  name: string,
  range: string | undefined,
  of: PackageJson | undefined,
): PackageJson[] {
  const path = range && /^(?:link|file|portal|workspace):(\.{1,2}\/.*)$/.exec(range)?.[1];
  const linked = path && of ? packages.at(join(of.directory, path)) : null;
  if (linked) return [linked];
  const candidates = packages.named(name).filter((candidate) => isMeant(candidate, range));
  return candidates.sort((a, b) => shared(b.directory, file) - shared(a.directory, file));
}

/** A fixture may bear the name of a public package: a range that its version does not satisfy means the public one. */
function isMeant(candidate: PackageJson, range: string | undefined): boolean {
  if (range === undefined || range === '' || range === '*' || LOCAL_RANGE.test(range)) return true;
  const { version } = candidate;
  if (version === null || semver.validRange(range) === null) return false;
  return semver.satisfies(version, range, { includePrerelease: true });
}

/** How many leading directories two paths share. */
function shared(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs < 0 ? left.length : differs;
}
