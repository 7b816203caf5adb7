/** Shape of the data in `libraries/`: what is true of a Redis library or of a library that consumes clients, by version. */

import type { Habit } from './habit.js';
import type { IdentityTerms, Role, Use } from './site.js';

/** A fact and where it is from. `versions` is a semver range of the library; absent: all that we know. */
export interface Sourced {
  /** Document and section or version, e.g. `ioredis CHANGELOG 5.0.0`. */
  source: string;
  versions?: string;
}

/** `S` changes what commands mean, `P` what happens on failure, `C` only the connection. */
export type OptionClass = 'S' | 'P' | 'C';

export interface OptionFact extends Sourced {
  class: OptionClass;
  /** Identity term that the option gives, if it does. */
  term?: keyof IdentityTerms;
  /** The library's own default, when it has one: `null` is a value of its own. */
  default?: string | number | boolean | null;
  /** Where the default moved between versions; wins over `default`, which is that of the newest version. */
  defaults?: { versions: string; value: string | number | boolean | null }[];
  /** On a shared pool it cuts short what waits for a reply, or limits how many can wait at once. */
  waiting?: 'cut' | 'limit';
  /** Its value is a secret: only the name of the option is ever shown. */
  secret?: true;
  /** Set to this value, it gives the connection a role from its beginning. */
  role?: { when: string | boolean; role: Role };
  note: string;
}

/** A constructor or factory that opens. */
export interface Construct extends Sourced {
  /** Member path from the module without its self names: [] is the class itself, ['Cluster'], ['createClient']. */
  path: string[];
  call: 'new' | 'call' | 'either';
  makes: 'client' | 'cluster' | 'sentinel' | 'pool';
  /** As reports name it. */
  api: string;
  mode: 'sync' | 'async';
  /**
   * How the arguments are read: `ioredis` (port, host, options | url, options | options), `node-redis` (the same up to 3,
   * one options object from 4 on), `redis-py` keywords, `url-first`, `pool` (keywords of a pool), `pool-first` (a pool),
   * `opaque`. With `-cluster` or `-sentinel` behind: nodes, and options of the connections to them.
   */
  arguments:
    | 'ioredis'
    | 'ioredis-cluster'
    | 'node-redis'
    | 'node-redis-cluster'
    | 'node-redis-sentinel'
    | 'redis-py'
    | 'redis-py-cluster'
    | 'redis-py-cluster-url'
    | 'redis-py-sentinel'
    | 'url-first'
    | 'pool'
    | 'pool-first'
    | 'opaque';
  /** All its commands share one connection, whatever the rest of the library does. */
  single?: true;
  /** Submodule that defines it, beside which it is in the package itself: `from redis.client import Redis`. */
  home?: string;
}

/** What an option says of where a client leads. */
export type AddressPart = 'host' | 'port' | 'path' | 'user' | 'password' | 'tls' | 'database' | 'prefix' | 'decode';

/** What a method of a client says about the client. Names are compared lower-case, without `Buffer` at the end. */
export interface MethodFact {
  role?: Role;
  /** Role where the client has one connection for everything; else the method takes one of its pool for itself. */
  single?: Role;
  use?: Use;
  /** Only when an argument says so: `xread` with BLOCK, `multi({ pipeline: false })`, `client('REPLY')`. */
  when?: {
    argument: 'any' | number;
    equals: string | boolean;
    key?: string;
    /** Further values that count like `equals`. */
    oneOf?: (string | boolean)[];
    /** The search ends at this word: what follows are keys. */
    until?: string;
    /** Words that take that many values of their own. */
    skip?: Record<string, number>;
    /** An options object with this key counts like the word. */
    orKey?: string;
  };
  /** Gives the client a command of its own; its name is the first argument. */
  defines?: true;
  /** The command name is the first argument: `call('blpop', …)`, `send_command`. */
  commandArgument?: true;
}

export interface RedisLibrary {
  kind: 'redis';
  name: string;
  language: 'javascript' | 'python';
  /** Package names (subpaths count too) or dotted Python modules. */
  packages: string[];
  /** Packages with numbers of their own: versions in `own` are the library's versions `as`. */
  numbering?: { package: string; own: string; as: string }[];
  /** Semver range that the facts were checked for; absent: all versions. */
  supported?: string;
  /** Why its clients stay whatever the accessor is: it is no other way to the same connection. */
  stays?: string;
  /** Members that are the module's main class again: `default`, `Redis`. */
  self: string[];
  constructs: Construct[];
  /** Methods that give a new client of their own. */
  duplicates: string[];
  /** Those of them that give a pool. */
  pools?: string[];
  /** Methods that return the receiver: `on`, `once`. */
  returnsSelf: string[];
  /** Methods that close the client; the first is the graceful one. */
  closes: string[];
  /** Those of them that reject on a client that is closed; absent: the first. */
  closesOnce?: string[];
  /** Methods that connect it. */
  connects: string[];
  /** Methods that register event handlers. */
  handlers: string[];
  /** Methods and members that only tell something of the client (`status`, `options`), or start a client-side queue (`multi`, `pipeline`). */
  harmless: string[];
  /** Methods that change the client object for all who hold it, without being handlers or closers: `removeAllListeners`. */
  changes?: string[];
  /** Members of the queue that `pipeline` or `multi` began which send it, drop it or tell something of it. */
  queued?: string[];
  /** Methods that take a list of commands, each a list that begins with its name: `multi([['set', 'a', 1]])`. */
  takesCommands?: string[];
  methods: Record<string, MethodFact>;
  /** Endings of method names that say how a reply comes, not what is sent: `getBuffer`, `getAsync`. Lower-case. */
  endings: string[];
  /** Option that gives a client of a pooled library one connection for everything. */
  singleConnection?: string;
  /** Members that are parts of the client: what is called on them counts as called on it. */
  parts?: string[];
  /** Option that gives the client a pool: then the pool's options are the client's. */
  pool?: string;
  options: Record<string, OptionFact>;
  /** Options that clusters and clients behind Sentinel have beside those. */
  nodesOptions?: Record<string, OptionFact>;
  /** Names of the options that give the parts of an address; of several the first that is set counts. */
  address: Record<AddressPart, string[]>;
  habits: Partial<Record<Habit, Sourced>>;
  /** Classes that only hold their arguments, with the names of these: a node of a cluster. */
  records?: { path: string[]; parameters: string[] }[];
  /** Options whose keys are commands of the client's own; absent: `scripts`. */
  defining?: string[];
}

/** A place inside of a call's arguments: position, then keys; `()` is what a function gives: [0, 'useFactory', '()', 'redis']. */
export type ArgumentPath = (number | string)[];

/** A construct of a consumer library, and where a client or connection options go in. */
export interface ConsumerConstruct extends Sourced {
  path: string[];
  /** `plugin`: it is the first argument of the call that installs it: `app.register(plugin, options)`. */
  call: 'new' | 'call' | 'either' | 'plugin';
  api: string;
  /**
   * Where a client goes in (of Python also by a keyword: ['connection']); empty: it takes none. A function there that makes a client, or that passes any command on to
   * one (`sendCommand`), stands for that client.
   */
  clientAt: ArgumentPath[];
  /** Where connection options or a URL go in, with which it opens for itself; absent: it opens nothing. */
  optionsAt?: ArgumentPath[];
  /** Library that it opens with, whose options those are; absent: not known, or not one in the table. */
  opens?: string;
  /** Versions of that library that it opens with. */
  opensVersion?: string;
  /** Settings by keyword, or by position, from which it opens for itself (Python). */
  own?: OwnConnection;
  /** Role of a client that is given there. */
  role: Role;
  /** Where the places of `clientAt` differ: the role at each of them, in the same order. */
  roles?: Role[];
  use: Use;
  /** Connections that it opens for itself by duplicating the given client. */
  duplicates: number;
  /** It closes a client that it was given. */
  closes: boolean;
  note: string;
}

/** Settings from which a consumer opens connections of its own. */
export interface OwnConnection {
  /** Where they are given, as in `clientAt`: a URL, options, or a part of an address. */
  at: (number | string)[][];
  /** Without any of them it opens too, with its defaults. */
  always?: true;
  /** It may lead to something else than Redis: the values must say that it is Redis. */
  sign?: true;
}

/** A variable, key or attribute of settings that a consumer reads by name: `CACHES`, `app.config['RATELIMIT_STORAGE_URI']`. */
export interface ConsumerSetting extends Sourced {
  name: string;
  /** As reports name it. */
  api: string;
  use: Use;
  note: string;
}

/** An object literal that says by one of its members that a library opens with its options: `{ transport: Transport.REDIS }`. */
export interface ConsumerRecord extends Sourced {
  key: string;
  /** Members of the package of which one stands there. */
  value: string[][];
  api: string;
  /** Where its options are: beside the member, or (null) the object itself. */
  optionsKey: string | null;
  opens: string;
  opensVersion?: string;
  use: Use;
  note: string;
}

export interface ConsumerLibrary {
  kind: 'consumer';
  name: string;
  /** Python: it opens asyncio clients; absent: sync ones, but for classes that are named so (`AsyncRedisManager`). */
  asynchronous?: true;
  language: 'javascript' | 'python';
  packages: string[];
  /** Specifiers that say more than the package's name, where most of the package has nothing to do with Redis. */
  specifiers?: string[];
  constructs: ConsumerConstruct[];
  /** It stores pickled objects of Python: who can write its database runs code where they are read. */
  pickles?: true;
  records?: ConsumerRecord[];
  settings?: ConsumerSetting[];
}

export type Library = RedisLibrary | ConsumerLibrary;
