/** What assess tells a transform to do, without syntax. Plain JSON. */

import type { Span } from './facts.js';

/** A call of the accessor, still without syntax: the language room writes it. */
export interface AccessorUse {
  /** Exported name: `getRedis`. */
  name: string;
  /** Import specifier as it must stand in the file that gets the call. */
  specifier: string;
  /** Named export or default export of that module. */
  form: 'named' | 'default';
  /** Arguments by name, in order; those equal to the accessor's defaults are already left out. */
  args: { name: string; value: string | number | boolean }[];
  /** The call must be awaited (coroutine accessors). */
  awaited: boolean;
  /** Python: the import stands in the function of the call, because one of the module would close a circle. */
  inFunction?: true;
  /** The name is what is wanted, not a call of it: the one instance of a wrapper class. */
  instance?: true;
}

/** A command of several that are sent together: the whole statement that sends it today, and the call in it. */
export interface SentTogether {
  statement: Span;
  call: Span;
  command: string;
}

/** One name of an import statement that another name is to replace. */
export interface MovedImport {
  /** Name in the old module; `default` too. */
  imported: string;
  /** By which the file knows it; null for a re-export (`export { a } from`), which knows it by `exported`. */
  local: string | null;
  exported?: string;
  to: AccessorUse;
  /** Calls that go with the old name: the new one is what they gave. Null: the new name is bound to the old local. */
  calls: Span[] | null;
}

/** An argument that stays as it is written, in the order in which it is to stand; by a keyword if it has one (Python). */
export interface KeptArgument {
  span: Span;
  keyword: string | null;
}

/** What is done where an accessor gave nothing. */
export type NonePolicy = 'raise' | 'return';

/**
 * A neutral instruction to a transform. Facts decided *what*; the transform decides *how* and never again what a Redis client
 * is. Spans are of the file's text as scanned: without a node of exactly that span it refuses (`parser-disagreement`).
 */
export type Instruction =
  /** Replace the opening expression (with what is chained to it left in place) by a call of the accessor. */
  | { kind: 'replace-opening'; span: Span; use: AccessorUse }
  /** Replace another call (a closer in a shutdown hook) by a call of the accessor's function. */
  | { kind: 'replace-call'; span: Span; use: AccessorUse; once?: OneCall }
  /** Replace a call of a member by a call of the accessor's function with the object: `x.connect()` → `redisReady(x)`. */
  | { kind: 'pass-receiver'; span: Span; use: AccessorUse }
  /** Send a command by its name instead of calling a method: `cache.get(k)` → `get_redis_pool().execute("get", k)`. */
  | { kind: 'send-command'; span: Span; use: AccessorUse; method: string; command: string }
  /** Read or write a cached value: `client.setex(k, 60, v)` → `get_unified_manager().set_cached(k, v, ttl_seconds=60)`. */
  | { kind: 'send-cached'; span: Span; use: AccessorUse; method: string; args: KeptArgument[] }
  /**
   * Send the commands of statements that follow each other together: through a client that `method` of the object gives in
   * a `with` (Python), or by a function that `method` is given (JavaScript). The span is that of the first call.
   */
  | { kind: 'send-together'; span: Span; use: AccessorUse; method: string; sent: SentTogether[] }
  /** Take a call of a member out and leave the object: `createClient().on('error', log)` → `createClient()`. */
  | { kind: 'leave-receiver'; span: Span }
  /**
   * Take a `with` over a client away and leave its body: `with opening as r:` → `r = opening`. The span is the whole
   * statement. `of`: the client in what is entered, `opening` of `with closing(opening) as r:`; absent: it is entered itself.
   */
  | { kind: 'leave-with'; span: Span; of?: Span }
  /** Take a call away and leave what it is given: `stack.enter_context(opening)` → `opening`. */
  | { kind: 'leave-call'; span: Span; of: Span }
  /** Take a whole statement out, with its line when nothing else stands on it. */
  | { kind: 'drop-statement'; span: Span }
  /** Import these names of a statement from elsewhere; those that nothing uses go. */
  | { kind: 'move-imports'; span: Span; names: MovedImport[] }
  /**
   * Take out what declared a client, a statement or a member of a class, with its name: all who read the name are changed
   * by the same unit. `opening` is the opening that goes with it.
   */
  | { kind: 'drop-holder'; span: Span; opening: Span | null }
  /** Replace what read a client (`redis`, `db.redis`, `getClient()`, `this.redis`), or decides between `openings`, by a call. */
  | { kind: 'replace-reference'; span: Span; use: AccessorUse; openings?: Span[] }
  /** Leave one statement of what decides between openings, with the accessor's call instead of `opening`, and a check behind it. */
  | { kind: 'collapse'; span: Span; keep: Span; opening: Span; use: AccessorUse; openings: Span[]; none?: NonePolicy }
  /** Behind the statement that keeps or returns an opening: what is done when the accessor gave nothing. */
  | { kind: 'check-none'; span: Span; opening: Span; policy: NonePolicy }
  /** Call a function of the accessor beside a statement: where the application begins and ends. */
  | { kind: 'call-before' | 'call-behind'; span: Span; use: AccessorUse }
  /**
   * At the head of a function: warn who gives the parameter `name`, which is ignored now. The span is its name where it is
   * declared; it is given when it is `not` its default, or not nothing. `use` is what warns (Python).
   */
  | {
      kind: 'warn-parameter';
      span: Span;
      name: string;
      given: { not: 'nothing' | Span };
      message: string;
      use?: AccessorUse;
    }
  /** No edit: this is changed by an instruction that is followed apart, so what it reads is read no more. */
  | { kind: 'changed-apart'; span: Span }
  /**
   * Replace a stand-in of a test for a library by one for the accessor's module, whose function `gives` one stub. `stub` is
   * what stands for the class or function that made the client; `names` are free in its text.
   */
  | {
      kind: 'replace-mock';
      span: Span;
      stub: Span;
      specifier: string;
      gives: string;
      construct: boolean;
      names: { made: string; kept: string };
    }
  /** Take a name out of an import: what it named goes. The span is the name that the import binds. */
  | { kind: 'drop-import'; span: Span }
  /** Take a name out of what a file exports: a specifier, a property of `module.exports = {…}`, `export default x`. */
  | { kind: 'drop-export'; span: Span };

/**
 * A call that is made once for several statements of one function, though each of them can be refused by itself: which
 * of them makes the call is only known when the edits of a file are put together.
 */
export interface OneCall {
  /** The whole statement whose call is replaced. It goes when the call is made elsewhere. */
  statement: Span;
  /** Statements that run later for certain: one of them, replaced by the same call in the same run, makes it for this one. */
  enough: Span[];
  /** The statement behind which the changed one must stand; null: in its own place. */
  after: Span | null;
}
