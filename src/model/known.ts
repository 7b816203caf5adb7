/** What is known of a value without running the program. Plain JSON. */

/** A place in the code that a person can go to. 1-based; columns in UTF-16 units. */
export interface At {
  file: string;
  line: number;
  column: number;
}

/** A value as far as the program lets it be known without running it. */
export type Known =
  | { kind: 'literal'; value: string | number | boolean | null; at: At }
  /** `absent`: not even the key is there, so what was spread before it shows through. */
  | { kind: 'undefined'; absent?: true; at: At }
  /** `or`: the fallback counts for an empty text too (`||`), not only where there is none (`??`, `os.getenv`). */
  | { kind: 'env'; name: string; fallback: Known | null; or?: true; at: At }
  /** A member of a settings object that only runs can fill: `env.REDIS_HOST` of `src/env.ts` → `src/env.ts#REDIS_HOST`. */
  | { kind: 'config'; path: string; fallback: Known | null; or?: true; at: At }
  | { kind: 'template'; parts: Known[]; at: At }
  | { kind: 'array'; items: Known[]; at: At }
  /** `open` when something unknown was spread into it: it may hold more keys than `entries` shows. Later entries win. */
  | { kind: 'object'; entries: { key: string; value: Known; at: At }[]; open: boolean; at: At }
  /** `named`: a function that a module has under a name, as `src/lib/redis.ts#reconnect`. */
  | { kind: 'function'; returns: Known | null; named?: string; at: At }
  /** A parameter of a function: each caller decides. `given` is what all callers give, where every one of them is known. */
  | { kind: 'parameter'; name: string; of: string; given?: Known; at: At }
  /** Several values reach this place. With `test` there are two: the first where it holds, the second where it does not. */
  | { kind: 'choice'; of: Known[]; test?: Known; at: At }
  /** What an operator or a pure method makes of its parts: `a === b`, `!a`, `.startsWith`. */
  | { kind: 'computed'; operator: string; parts: Known[]; at: At }
  /** Converted by a known pure function: `Number(x)`, `parseInt(x, 10)`, `String(x)`, `!!x`. */
  | { kind: 'converted'; by: string; value: Known; at: At }
  | { kind: 'unknown'; why: string; at: At };
