/** The configuration after validation: every default filled in. Its JSON Schema is generated from `config/schema.ts`. */

import type { Zone } from './project.js';
import type { Purpose, Role } from './site.js';

export type AccessorLanguage = 'javascript' | 'python';

/** What a client talks to: one server, a cluster, or the server that sentinels name. */
export const TOPOLOGIES = ['single', 'cluster', 'sentinel'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

export interface AccessorContract {
  mode: 'sync' | 'async' | 'coroutine';
  /** Roles that the accessor offers. A dedicated role needs `open`. */
  roles: Role[];
  /** Names of the parameters, by meaning. */
  parameters: { database: string; role: string; decode: string | null };
  /** Options that every client of the accessor has, by role (`*` for all): library option names and values. */
  fixed: Record<string, Record<string, string | number | boolean | null>>;
  mayReturnNone: boolean;
  /** What replaces an awaited `connect()`; null: nothing does. */
  ready: string | null;
  /** Where it must not be called: before a function of that name ran, or `import`; null: nowhere. */
  notBefore: string | null;
  /** Its default server as identity terms; `{}` when not declared. */
  identity: Record<string, string>;
  /** asyncio: its shared clients work in any event loop, or only in the one that used them first. Absent: its file says. */
  loops?: 'one' | 'any';
  /** An object of the accessor's file that sends commands by their names. Absent: there is none. */
  calls?: CommandCalls;
  /** An object of the accessor's file that reads and writes cached values. Absent: there is none. */
  cache?: CacheInterface;
  /** What its clients can talk to, by the database that is asked for; absent: single servers. */
  topologies?: Topology[];
}

/** How a command is sent through an object of the accessor: `get_redis_pool().execute("get", key)`. */
export interface CommandCalls {
  /** Function of the accessor's file, without parameters, that gives the object. */
  from: string;
  /** Method of the object that takes the name of a command and its arguments, and gives what a client's method gives. */
  execute: string;
  /** What a call through it does that the client's own does not; null: nothing. */
  differs: string | null;
  /**
   * Method of the object for several commands in one round trip. Python: it gives a client in a `with`. JavaScript: it takes
   * a function that fills a pipeline, and rejects with the first error. Absent: there is none.
   */
  pipeline?: string;
}

/** How cached values are read and written: `await get_unified_manager().set_cached(key, value, ttl_seconds=60)`. */
export interface CacheInterface {
  /** Function of the accessor's file that gives the object of a database. It takes the accessor's parameter for that. */
  from: string;
  /** Method that takes a key and gives its value. */
  get: string;
  /** Method that takes key, value and time to live in seconds; its answer is not that of a client. */
  set: string;
  /** Names of the parameters of `set` (Python); null: all are positions. */
  parameters: { value: string; ttl: string } | null;
  /** What a value through it is that a client's own is not; null: nothing. */
  differs: string | null;
}

/** Python: functions of an accessor's file that give asyncio clients, beside those that give sync ones. */
export interface AsyncFunctions {
  name: string;
  open: string | null;
  close: string | null;
  mode: 'async' | 'coroutine';
  /** Arguments of every call of `name` and `open`, where one function gives both kinds. */
  arguments?: Record<string, string | number | boolean>;
}

export interface Accessor {
  language: AccessorLanguage;
  /** File from the config's folder, with `/`. */
  file: string;
  /** Python: dotted module. */
  module: string | null;
  /** Gives shared clients: roles `command` and `queue`. */
  name: string;
  /** Gives a new client per call: the dedicated roles; null when it is not offered. */
  open: string | null;
  /** Closes everything; null when it is not offered. */
  close: string | null;
  library: string;
  /** Import specifier to write; null: relative, in the style of the importing file. */
  import: string | null;
  /** Glob of the files that it serves. */
  scope: string;
  contract: AccessorContract;
  /** Arguments of every call of `name` and `open`. */
  arguments?: Record<string, string | number | boolean>;
}

export interface NamedDatabase {
  name: string;
  number: number;
  /** Identity terms that name its server (`env:METRICS_REDIS_URL`); null: the accessor's default server. */
  identity: string[] | null;
  /** Prefix that its clients put before every key; absent: none. */
  prefix?: string;
}

/** A class of the project that opens for itself, and what stands for it everywhere. */
export interface Wrapper {
  class: string;
  /** Python: dotted module. JavaScript: file from the root with its extension, else a specifier. */
  module: string;
  /** Exported by the same module: the one instance, or a function that gives it; null: none, so nothing is rewritten. */
  instance: string | null;
  /** Calls of its methods that only pass a command on are sent through the accessor (`contract.calls`). */
  callSites?: true;
  /** Of these, writes that follow each other and whose answers nobody takes are sent together (`contract.calls.pipeline`). */
  pipelines?: true;
}

/** A name that is to be imported no more, and what is imported instead. */
export interface Deprecated {
  language: AccessorLanguage;
  /** As `Wrapper.module`. */
  module: string;
  name: string;
  /** With `drop`, the name gives what a call of the old one gave: the call goes with its name. */
  use: { module: string; name: string; drop: 'call' | null };
}

export interface Exempt {
  files: string[];
  reason: string;
  until: string | null;
}

export interface Config {
  /** Path of the file it was read from, relative to the root; null: no config, everything is default. */
  path: string | null;
  preset: string;
  include: string[];
  exclude: string[];
  accessors: Accessor[];
  databases: NamedDatabase[];
  onNone: 'keep' | 'raise' | 'return';
  strategy: 'initialiser' | 'adapter' | 'inline';
  wrappers: Wrapper[];
  /** Globs of the files whose clients read and write cached values through the accessor's interface for them. */
  caches: string[];
  deprecated: Deprecated[];
  exempt: Exempt[];
  /** `zones`: whose batches come first, before purposes count; absent: zones are not told apart. */
  batches: { maxFiles: number; order: Purpose[]; zones?: Zone[] };
}
