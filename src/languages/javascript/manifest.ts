/** package.json as the resolver reads it. Every file is parsed once. */

import { type ParseError, parse } from 'jsonc-parser';
import type { Tree } from '../language.js';
import { isRecord } from './resolve-exports.js';
import { directoryOf, join, upwards } from './resolve-path.js';

export interface PackageJson {
  file: string;
  directory: string;
  name: string | null;
  version: string | null;
  private: boolean;
  /** All kinds of dependencies together: name → range. */
  dependencies: Record<string, string>;
  /** The whole object, for fields that only one question needs. */
  fields: Record<string, unknown>;
}

export interface Packages {
  /** The package.json of a directory. */
  at(directory: string): PackageJson | null;
  /** The nearest one above a file that says more than the module type. */
  above(file: string): PackageJson | null;
  /** Packages of the tree that have a name, sorted by path. */
  named(name: string): readonly PackageJson[];
}

const KINDS = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'];

export function readPackages(tree: Tree): Packages {
  const read = new Map<string, PackageJson | null>();
  let byName: Map<string, PackageJson[]> | null = null;
  const at = (directory: string): PackageJson | null => {
    const known = read.get(directory);
    if (known !== undefined) return known;
    const file = join(directory, 'package.json');
    const made = tree.files.has(file) ? parsePackage(file, tree.read(file)) : null;
    read.set(directory, made);
    return made;
  };
  return {
    at,
    above(file) {
      for (const directory of upwards(directoryOf(file))) {
        const found = at(directory);
        if (found && (found.name !== null || Object.keys(found.dependencies).length > 0)) return found;
      }
      return null;
    },
    named(name) {
      byName ??= indexByName(tree, at);
      return byName.get(name) ?? [];
    },
  };
}

function indexByName(tree: Tree, at: (directory: string) => PackageJson | null): Map<string, PackageJson[]> {
  const index = new Map<string, PackageJson[]>();
  const manifests = [...tree.files].filter((file) => file === 'package.json' || file.endsWith('/package.json'));
  for (const file of manifests.sort()) {
    const found = at(directoryOf(file));
    if (found?.name == null) continue;
    const same = index.get(found.name);
    if (same) same.push(found);
    else index.set(found.name, [found]);
  }
  return index;
}

/** Reads what can be read: a trailing comma or a comment must not hide a whole package. */
function parsePackage(file: string, text: string | null): PackageJson | null {
  const fields = parseJson(text);
  if (fields === null) return null;
  const dependencies: Record<string, string> = {};
  for (const kind of KINDS) {
    const names = fields[kind];
    if (!isRecord(names)) continue;
    for (const [name, range] of Object.entries(names)) if (typeof range === 'string') dependencies[name] = range;
  }
  return {
    file,
    directory: directoryOf(file),
    name: typeof fields.name === 'string' && fields.name !== '' ? fields.name : null,
    version: typeof fields.version === 'string' ? fields.version : null,
    private: fields.private === true,
    dependencies,
    fields,
  };
}

/** An object of JSON with comments; null when the text is none. */
export function parseJson(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  return isRecord(value) ? value : null;
}

/** `npm:redis@4` → `redis`: the package behind an alias. Null when the range is no alias. */
export function aliasOf(range: string): string | null {
  return /^npm:((?:@[^/@]+\/)?[^@]+)/.exec(range)?.[1] ?? null;
}
