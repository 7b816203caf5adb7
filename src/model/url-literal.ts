import type { Span, ValueId } from './facts.js';
import type { At, Known } from './traced.js';

/** A Redis URL in a literal or template. `partOf` is the opening whose arguments hold it. */
export interface UrlLiteral {
  file: string;
  value: ValueId;
  span: Span;
  at: At;
  endLine: number;
  endColumn: number;
  /** The literal text with parts left out as `…`. Unmasked: never print it without `mask`. */
  text: string;
  known: Known;
  partOf: number | null;
  /** Why it is not an address (`scheme-test`, `message`, `usage`), null when it may be one. */
  not: string | null;
  symbol: string[];
  bound: string | null;
  digest: string;
}
