/** What trace gives: every opening, followed to each of its uses. Plain JSON. */

import type { Construction } from './construction.js';
import type { ConsumerOptions } from './consumer-options.js';
import type { EscapeCode } from './escape.js';
import type { LoopStart } from './event-loop.js';
import type { LocalId, ScopeId, Span, StatementId, ValueId } from './facts.js';
import type { At, Known } from './known.js';
import type { MethodCall } from './method-call.js';
import type { Mock, Patched } from './mock.js';
import type { UnboundCall } from './unbound-call.js';
import type { UrlLiteral } from './url-literal.js';

export type { UrlLiteral } from './url-literal.js';

export type { At, EscapeCode, Known };

export const CONTAINERS = [
  'class-member',
  'factory',
  'module-singleton',
  'default-param',
  'argument',
  'function-local',
] as const;
export type Container = (typeof CONTAINERS)[number];

/** A call that gives a client, and what becomes of that client. */
export interface FollowedClient {
  file: string;
  /** The call in the facts of `file`. */
  value: ValueId;
  span: Span;
  at: At;
  endLine: number;
  endColumn: number;
  container: Container;
  /** Function or class names around the call, outermost first, as in the source. */
  symbol: string[];
  /** Name the client is bound to (variable, field, property); null if none. */
  bound: string | null;
  /** Scope that holds the call, and the statement it is part of. */
  scope: ScopeId;
  statement: StatementId | null;
  /** The local that directly holds the client, if there is one. */
  local: LocalId | null;
  /** Runs at most once per process: at module level, or memoised in something that lives as long as the process. */
  once: boolean;
  /** It runs for each request, in each turn of a loop: who calls for it; null when nothing says so. */
  often: { by: 'request' | 'loop'; handler: string; at: At } | null;
  /** How it travels, for people: `getClient() returns it`, `kept in Cache.client`. */
  way: { text: string; at: At }[];
  uses: ClientUse[];
  handed: Handed[];
  escapes: { code: EscapeCode; message: string; at: At }[];
  /** Digest of the call: for stable ids. */
  digest: string;
}

/** An expression that creates a client, pool, cluster or sentinel of a Redis library, or duplicates one. */
export interface Opening extends FollowedClient {
  /** Index in `Trace.openings`. */
  index: number;
  library: string;
  /** As a reader names it: `new Redis`, `new Redis.Cluster`, `createClient`, `.duplicate`, `redis.from_url`. */
  api: string;
  makes: 'client' | 'cluster' | 'sentinel' | 'pool' | 'unknown';
  mode: 'sync' | 'async';
  /** Version of the library for this file: exact or a range, null when no manifest says it. */
  version: string | null;
  /** Positional arguments (a spread is `unknown`), and keywords for Python. */
  args: Known[];
  keywords: Record<string, Known>;
  /** For `.duplicate()`: the openings that may be duplicated; null otherwise. */
  duplicates: number[] | null;
  /** Openings of the pools that the client is given (`connection_pool=pool`); absent: it is given none. */
  pools?: number[];
  /** Made more than once, and each time a module keeps it: in a table by a name, or by a decorator. */
  kept?: true;
  /** A name of a published package's entry gives it away: its users are not in this tree. */
  published: boolean;
  /** The name of the library as the call says it, which nothing binds there: the call fails. Absent: it is bound. */
  unbound?: string;
  /** Python: event loops, made for it, in which the code of an asyncio client runs; absent: none that is known. */
  loops?: LoopStart[];
}

/** A call of a function of the project that makes a client: each call gives another one, with uses of its own. */
export interface FactoryCall extends FollowedClient {
  /** Name of the called function, as written at the call. */
  name: string;
  /** Openings that the client can come from. */
  openings: number[];
}

/**
 * An instantiation of a class of the project that opens clients for itself. Instances of a class are not told apart: way
 * and uses are those of the clients of all of them.
 */
export interface WrapperInstance extends FollowedClient {
  /** Openings that its clients can come from. */
  openings: number[];
  className: string;
  /** File that declares the class. */
  declaredIn: string;
  /** Number of arguments. */
  args: number;
}

/** A close of a client by code that does not own it: others go on using what it closes. */
export interface ForeignClose
  extends Pick<
    FollowedClient,
    'file' | 'value' | 'span' | 'at' | 'endLine' | 'endColumn' | 'bound' | 'symbol' | 'digest'
  > {
  /** `quit`, `disconnect`, … */
  member: string;
  /** Openings of the clients that the code does not own. */
  openings: number[];
  /** How the code came to the client: `imported as \`redis\``. */
  got: string;
}

/** A method called on a client, or a member of it read or written. */
export interface ClientUse {
  file: string;
  at: At;
  value: ValueId;
  span: Span;
  statement: StatementId | null;
  /** Span of the statement when the call is all that the statement does (`await client.quit();`), else null. */
  wholeStatement: Span | null;
  /** Something runs once the call is done: `client.quit().then(next)`. With the statement it would go. */
  goesOn?: true;
  /** Span of the expression when the call is all that a hook without braces does (`() => client.quit()`), or of its `return`. */
  wholeBody?: Span;
  kind: 'call' | 'read' | 'write';
  /** Member name as written; null when it is computed and not known. */
  member: string | null;
  args: Known[];
  /**
   * The call is chained on what `pipeline()` or `multi()` of the client gave: commands of a pipeline run one after the
   * other on the connection, those of a MULTI run at once and never block.
   */
  chained?: 'multi' | 'pipeline';
  /** Of what enters the client: the expression that is entered, `client` of `with closing(client)`. */
  entered?: { value: ValueId; span: Span };
  /** In a function that passes any command on and is given to a library in place of the client: that library decides. */
  forwards?: boolean;
  /** The code that runs it is the same function body that holds the opening. */
  local: boolean;
  /** The receiver can be other openings too: an edit here changes them as well. */
  shared: boolean;
  /** Around the use: innermost function's name, and what kinds of blocks. */
  within: string | null;
  loop: boolean;
  /** In a handler of `SIGTERM`, `beforeExit`, `onClose`, `onModuleDestroy`, …: names the hook. */
  hook: string | null;
  /** Calls that lead from that hook to the function of the use; absent: the use is in the handler itself. */
  hookCalls?: { file: string; value: ValueId }[];
  /** For handlers: the functions of the project that the event calls; null when one of them is not known. */
  listeners?: { file: string; scope: ScopeId }[] | null;
  /** In a test zone file. */
  test: boolean;
}

/** The client given to another library. */
export interface Handed {
  at: At;
  /** Package name. */
  library: string;
  /** As the consumer table names it: `new Worker`. Null when the library is not in the table (that is an escape too). */
  api: string | null;
  /** Path of the argument that held the client, as in `clientAt` ([1, 'connection']); absent: not known, the riskiest counts. */
  argument?: (number | string)[];
}

/** A call of the accessor (or of its close function) that the code already makes. */
export interface AccessorCall {
  file: string;
  value: ValueId;
  span: Span;
  at: At;
  endLine: number;
  endColumn: number;
  name: string;
  args: Known[];
  /** Keyword arguments (Python). */
  keywords: Record<string, Known>;
  symbol: string[];
  bound: string | null;
  digest: string;
}

/** A module from whose top something is called. `always` false: only under a condition, `if (require.main === module)`. */
export interface Top {
  file: string;
  always: boolean;
}

/**
 * A function that a framework runs when an application begins or ends; a lifespan does both, around its `yield`. In
 * JavaScript the one that lets a server listen (`listen`).
 */
export interface StartPlace {
  form: 'lifespan' | 'startup' | 'shutdown' | 'listen';
  file: string;
  /** The function; 0: the module itself. */
  scope: ScopeId;
  /** As a reader knows the way in which it is told: `lifespan`, `on_event`. */
  by: string;
  at: At;
  /** Where it stands in the list that the framework is given (`on_startup=[…]`); absent: it is given no list. */
  turn?: number;
  /** JavaScript: where it is called from. */
  tops?: Top[];
}

export interface Trace {
  openings: Opening[];
  factoryCalls: FactoryCall[];
  wrapperInstances: WrapperInstance[];
  /** Instantiations of watched classes, whether these open or not. */
  constructions: Construction[];
  /** Calls of the watched names in files where nothing binds them. */
  unboundCalls: UnboundCall[];
  /** Calls of methods on instances of watched classes, outside of the classes themselves. */
  methodCalls: MethodCall[];
  foreignCloses: ForeignClose[];
  consumerOptions: ConsumerOptions[];
  accessorCalls: AccessorCall[];
  /** Where applications begin and end; absent: not asked, because no accessor has to be started. */
  starts?: StartPlace[];
  urls: UrlLiteral[];
  /** Stand-ins of tests for openings; absent: not asked, because what tests load is not known. */
  mocks?: Mock[];
  /** What tests replace of the project's own modules; absent: not looked for. */
  patches?: Patched[];
}
