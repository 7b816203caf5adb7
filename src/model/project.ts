import type { FileFacts } from './facts.js';

/** What a manifest (package.json with its lockfile, pyproject.toml, requirements) says to the files below it. */
export interface Manifest {
  /** Path of the manifest from the root. */
  file: string;
  /** Name of the package; null when it has none. */
  name: string | null;
  private: boolean;
  /** package.json says `"type": "module"`: Node wants file extensions in its imports. */
  module?: boolean;
  /** Dependency name → declared range, all kinds together. */
  dependencies: Record<string, string>;
  /** Dependency name → version, when a lockfile or an installed copy says it exactly. */
  versions: Record<string, string>;
  /** Files, from the root, that other packages and users import (`exports`, `main`, `bin`), as sources. */
  entries: string[];
}

/** Where an import leads. `external` gives the package name without a subpath (`@scope/name`). */
export type Resolution = { kind: 'file'; file: string } | { kind: 'external'; package: string } | { kind: 'unknown' };

/** One parsed file with what its surroundings say of it. Plain JSON. */
export interface ProjectFile {
  facts: FileFacts;
  /** Specifier → where it leads; one entry for every specifier of `imports` and re-exports. */
  resolutions: Record<string, Resolution>;
  /** Index into `Project.manifests`; null when no manifest is above the file. */
  manifest: number | null;
  zone: Zone;
}

export const ZONES = ['production', 'test', 'script', 'example'] as const;
export type Zone = (typeof ZONES)[number];

/** One value of a file of settings that says where a Redis server is. May hold a secret: masked before it is shown. */
export interface Setting {
  file: string;
  zone: Zone;
  /** The way of keys to it: `['services', 'web', 'environment', 'REDIS_URL']`. */
  path: string[];
  value: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** It says no address: it turns the checks of certificates off. */
  unchecked?: boolean;
}

/** What scan gives. */
export interface Project {
  /** Files of a language we read, ignored and excluded ones left out. */
  walked: number;
  files: ProjectFile[];
  manifests: Manifest[];
  failed: FailedFile[];
  /** In the order of files and lines; absent: not looked for, as for a single text. */
  settings?: Setting[];
}

/** A file that could not be read or parsed: it is listed, never skipped in silence. */
export interface FailedFile {
  file: string;
  message: string;
}
