/** pyproject.toml, requirements files and lockfiles: what a Python project says of itself. */

import { parse } from 'smol-toml';
import type { Manifest } from '../../model/project.js';
import type { Tree } from '../language.js';

type Table = Record<string, unknown>;

/** Files that make a directory a project, the one that says most first. */
export const MANIFESTS = ['pyproject.toml', 'setup.cfg', 'setup.py', 'requirements.txt', 'Pipfile'];

/** Requirement files that count beside the manifest. */
const REQUIREMENTS = /^(?:requirements(?:[-_.][\w-]+)*\.txt|requirements\/[\w.-]+\.txt|[\w-]+[-_]requirements\.txt)$/;
const LOCKFILES = ['uv.lock', 'poetry.lock', 'pdm.lock'];

/** `Django-Redis` and `django_redis` are one project. */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The manifest of a directory ('' is the root); `file` is the one of `MANIFESTS` that is there. */
export function readManifest(tree: Tree, file: string, siblings: readonly string[]): Manifest {
  const directory = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  const toml = file.endsWith('.toml') ? parseToml(tree.read(file)) : {};
  const project = table(toml.project);
  const poetry = table(table(toml.tool).poetry);
  const dependencies: Record<string, string> = {};
  for (const text of requirementTexts(toml)) addRequirement(dependencies, text);
  for (const [name, range] of poetryDependencies(poetry)) dependencies[normalName(name)] = range;
  const versions: Record<string, string> = {};
  for (const sibling of siblings.filter((name) => REQUIREMENTS.test(name.slice(directory.length)))) {
    for (const line of (tree.read(sibling) ?? '').split(/\r?\n/)) addRequirement(dependencies, line, versions);
  }
  for (const name of LOCKFILES) addLocked(tree.read(directory + name), dependencies, versions);
  const name = [project.name, poetry.name].find((value) => typeof value === 'string') ?? null;
  return {
    file,
    name,
    private: isPrivate(name, project),
    dependencies: sorted(dependencies),
    versions: sorted(versions),
    entries: [],
  };
}

/** Modules that `[project.scripts]` starts: `package.module:function` → package.module. */
export function scriptModules(tree: Tree, file: string): string[] {
  const toml = file.endsWith('.toml') ? parseToml(tree.read(file)) : {};
  const scripts = [table(table(toml.project).scripts), table(table(table(toml.tool).poetry).scripts)];
  return scripts.flatMap((entries) =>
    Object.values(entries).flatMap((target) => (typeof target === 'string' ? (target.split(':')[0] ?? []) : [])),
  );
}

/** A broken file says nothing: it must not stop a scan that needs only versions from it. */
function parseToml(text: string | null): Table {
  try {
    return text === null ? {} : table(parse(text));
  } catch {
    return {};
  }
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function requirementTexts(toml: Table): string[] {
  const project = table(toml.project);
  const groups = [table(project['optional-dependencies']), table(toml['dependency-groups'])];
  const lists = [project.dependencies, ...groups.flatMap((group) => Object.values(group))];
  return lists.flatMap((list) => (Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []));
}

function poetryDependencies(poetry: Table): [string, string][] {
  const groups = Object.values(table(poetry.group)).map((group) => table(table(group).dependencies));
  const all = [table(poetry['dev-dependencies']), ...groups, table(poetry.dependencies)];
  return all.flatMap((list) =>
    Object.entries(list).map(([name, value]): [string, string] => {
      const range = typeof value === 'string' ? value : table(value).version;
      return [name, typeof range === 'string' ? range : '*'];
    }),
  );
}

/** `redis[hiredis]>=4,<5 ; python_version > "3.8"  # why`. A pin (`==`) is an exact version. */
function addRequirement(
  dependencies: Record<string, string>,
  line: string,
  versions: Record<string, string> = {},
): void {
  const clean = line.replace(/(?:^|\s)#.*$/, '').replace(/;.*$/, '');
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?\s*((?:[<>=!~@][^)]*?)?)\s*\)?\s*$/.exec(clean);
  if (!match?.[1]) return;
  const [name, range] = [normalName(match[1]), match[2] === undefined || match[2] === '' ? '*' : match[2]];
  dependencies[name] = range;
  const pin = /^===?\s*(\d[\w.+!-]*)/.exec(range)?.[1];
  if (pin !== undefined) versions[name] = pin;
}

function addLocked(text: string | null, dependencies: Record<string, string>, versions: Record<string, string>): void {
  const packages = parseToml(text).package;
  for (const entry of Array.isArray(packages) ? packages : []) {
    const { name, version } = table(entry);
    if (typeof name !== 'string' || typeof version !== 'string') continue;
    if (dependencies[normalName(name)] !== undefined) versions[normalName(name)] = version;
  }
}

/** A project without a name is an application; a classifier can forbid the upload of a named one. */
function isPrivate(name: string | null, project: Table): boolean {
  const classifiers = Array.isArray(project.classifiers) ? project.classifiers : [];
  return name === null || classifiers.some((text) => typeof text === 'string' && text.startsWith('Private ::'));
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
