/** The packages of a tree that open Redis, and how they are written. */

import { basename, dirname } from 'node:path/posix';
import type { ScaffoldInput } from '../accessors/index.js';
import { redisLibrary } from '../libraries/index.js';
import type { Manifest, Project, ProjectFile, Site } from '../model.js';

/** A package, or what no manifest governs. */
export interface Package {
  /** Folder from the root; `.` for the root. */
  folder: string;
  manifest: Manifest | null;
  /** Its sites that open. */
  sites: Site[];
  files: ProjectFile[];
}

export interface Style {
  language: 'typescript' | 'javascript' | 'python';
  module: 'esm' | 'cjs';
  /** Its sources are in a folder `src`. */
  inSource: boolean;
}

/** Packages with at least one of the sites, by folder; the root package when there are no sites. */
export function packagesOf(project: Project, sites: readonly Site[]): Package[] {
  const indexes = new Map(project.files.map((file) => [file.facts.file, file.manifest]));
  const found = new Map<number | null, Site[]>();
  for (const site of sites) {
    const index = indexes.get(site.file) ?? null;
    found.set(index, [...(found.get(index) ?? []), site]);
  }
  const root = project.manifests.findIndex(({ file }) => dirname(file) === '.');
  if (found.size === 0) found.set(root < 0 ? null : root, []);
  return [...found]
    .map(([index, own]): Package => {
      const manifest = index === null ? null : (project.manifests[index] ?? null);
      const files = project.files.filter((file) => file.manifest === index);
      return { folder: manifest ? dirname(manifest.file) : '.', manifest, sites: own, files };
    })
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Path from the root of a path in a package. */
export function inPackage({ folder }: Package, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** Files that the accessor of a package serves. */
export function scopeOf({ folder }: Package): string {
  return folder === '.' ? '**/*' : `${folder}/**`;
}

/** Name of the service for its connections: that of the package without its scope, else of its folder. */
function serviceOf({ folder, manifest }: Package): string {
  return (manifest?.name ?? (folder === '.' ? 'service' : basename(folder))).replace(/^@[^/]+\//, '');
}

/** Language and module system that most of a package's JavaScript is written in. */
export function styleOf(own: Package): Style {
  const facts = own.files.flatMap((file) => (file.facts.language === 'python' ? [] : [file.facts]));
  const typed = facts.filter(({ language }) => language === 'typescript').length;
  const required = facts.filter(({ imports }) => imports.some(({ imported }) => imported === '=')).length;
  const imported = facts.filter(({ statements }) => statements.some(({ kind }) => kind === 'import')).length;
  return {
    language: typed * 2 >= facts.length ? 'typescript' : 'javascript',
    module: required > imported ? 'cjs' : 'esm',
    inSource: facts.some(({ file }) => file.startsWith(inPackage(own, 'src/'))),
  };
}

/** The package of a Redis library that a package of the tree depends on: `redis` or `@redis/client`. */
function providerOf({ manifest }: Package, library: string): string {
  const names = redisLibrary(library)?.packages ?? [];
  return names.find((name) => manifest?.dependencies[name] !== undefined) ?? names[0] ?? library;
}

/** What a scaffold is told of the package that its accessor serves. */
export function inputOf(
  own: Package,
  library: string,
): Pick<ScaffoldInput, 'service' | 'version' | 'package' | 'asynchronous'> {
  const { manifest, sites } = own;
  const given = providerOf(own, library);
  return {
    service: serviceOf(own),
    version: manifest?.versions[given] ?? manifest?.dependencies[given] ?? null,
    package: given,
    asynchronous: sites.some(({ mode }) => mode === 'async'),
  };
}
