/** What tests put in the place of a Redis library, and what becomes of it when the code that it is for moves. */

import type { ValueId } from './facts.js';
import type { Resolution } from './project.js';

/** A part of a test, as it stands there: nothing is known yet of where its names lead. */
export interface MockFound {
  file: string;
  line: number;
  /** `vitest`, `proxyquire`, `unittest.mock`, … */
  framework: string;
  /** What is replaced: a specifier, or a dotted name with its module (Python). */
  target: string;
  form: 'package' | 'module' | 'name';
  /** Specifier of the module for which alone it is replaced. */
  inModule: string | null;
  /** Names that the stand-in has, where its factory says all of them. */
  names: string[] | null;
  /** Holds for tests that do not import the file: a setup, a configuration, `conftest.py`, `__mocks__`. */
  forOthers: boolean;
  /** Modules of the project that the same file replaces by a factory: they are not loaded. */
  unloaded: string[];
  /** The call that replaces, among the values of the file; absent: it is no call. */
  call?: ValueId;
}

/** A file, not parsed, that puts something in the place of a module; `names` are what it takes of it (null: all of it). */
export interface StandIn {
  module: string;
  names: string[] | null;
  by: string;
}

/** Where the specifiers of some files lead, and what is loaded with them. Plain JSON. */
export interface ModuleGraph {
  /** File → specifier → where it leads. */
  resolutions: Record<string, Record<string, Resolution>>;
  /** File → files that it imports, for all that the asked ones lead to. */
  imports: Record<string, string[]>;
}

/** A stand-in for a Redis library, and the openings for which it stands in. */
export interface Mock extends Pick<MockFound, 'file' | 'line' | 'framework' | 'target' | 'names'> {
  /** File whose imports alone are replaced; null: those of every module. */
  within: string | null;
  /** Package that is replaced, or of which a name is. */
  package: string;
  /** The name in that package; empty: all of it. */
  path: string[];
  /** Indices in `Trace.openings`. */
  openings: number[];
  call?: ValueId;
  /**
   * Of what the test loads, the file of the one opening alone takes anything of the package, none takes a library that
   * is given clients, and none an accessor.
   */
  alone?: true;
}

/** A name of a module of the project that a test replaces by its dotted name (Python). */
export interface Patched extends Pick<MockFound, 'file' | 'line' | 'target'> {
  /** File of the module. */
  module: string;
  name: string;
  /** Files that import the name from there and that come with the test; the test itself among them. */
  users: string[];
}

/** A mock that no longer does what it was written for once these sites have moved. */
export interface LostMock {
  file: string;
  line: number;
  /** As written: `ioredis`, `app.cache.redis.Redis`. */
  target: string;
  why: string;
  /** What to write instead. */
  instead: string;
  /** Ids of the sites. */
  sites: string[];
}
