/**
 * Identity terms: `literal:<v>`, `env:NAME`, `env:NAME|<term of its default>` (`??`: the default of what is not set),
 * `env:NAME||<term>` (`||`: of what is empty too), `config:<path>`, `default`, `unknown`, and
 * `if(env:TLS=="true")?literal:true:default` where a condition chooses between two.
 * A text that may hold a credential becomes `literal:***`, which is equal to nothing.
 */

import type { Known } from '../model/traced.js';
import { type Condition, conditionOf, operandOf } from './conditions.js';
import { given, textOf, unconverted } from './known.js';

export const UNKNOWN = 'unknown';
export const DEFAULT = 'default';
const HIDDEN = 'literal:***';

/** Whether a term cannot be compared: it, or a part of it, is unknown or hidden. */
export function isUnknown(term: string): boolean {
  return (
    term === UNKNOWN ||
    term.includes(HIDDEN) ||
    term.includes(`|${UNKNOWN}`) ||
    term.includes(`${UNKNOWN}:`) ||
    term.endsWith(`:${UNKNOWN}`)
  );
}

/**
 * Term of a value. Several values give a term only when they all give the same one; two that a test chooses between give
 * `if(<condition>)?<term>:<term>` when the condition has a canonical text.
 */
export function termOf(known: Known | undefined): string {
  return termBy(known, leafTerm);
}

/** Texts of conditions, and whether they hold where a term is asked for. */
export type Assumed = ReadonlyMap<string, boolean>;

/** The term of a value whose leaves (what is no choice) are spelled by `leaf`; a test inside of the same test is decided. */
export function termBy(
  known: Known | undefined,
  leaf: (known: Known | undefined, assumed: Assumed) => string,
  assumed: Assumed = new Map(),
): string {
  const value = known && asDefault(given(known));
  if (value?.kind !== 'choice') return leaf(value, assumed);
  const [then, other] = value.of;
  const condition = value.test ? conditionOf(value.test) : null;
  if (condition === null || !then || !other) return commonTerm(value.of.map((one) => termBy(one, leaf, assumed)));
  const { text, holds } = condition;
  const decided = assumed.get(text);
  if (decided !== undefined) return termBy(decided === holds ? then : other, leaf, assumed);
  const where = (one: Known, is: boolean) => termBy(one, leaf, new Map([...assumed, [text, is]]));
  return chosenTerm(condition, where(then, holds), where(other, !holds));
}

/** `x ? x : y` and `x === undefined ? y : x` are what `x || y` is: a read with a default. */
function asDefault(known: Known): Known {
  const condition = known.kind === 'choice' && known.test ? conditionOf(known.test) : null;
  if (known.kind !== 'choice' || condition === null) return known;
  const absent = condition.text.endsWith('==undefined');
  const [read, fallback] = condition.holds !== absent ? known.of : [...known.of].reverse();
  const inner = read && unconverted(given(read));
  if ((inner?.kind !== 'env' && inner?.kind !== 'config') || inner.fallback !== null || !fallback) return known;
  const text = absent ? condition.text.slice(0, -'==undefined'.length) : condition.text;
  return text === operandOf(inner) ? { ...inner, fallback, ...(absent ? {} : { or: true }) } : known;
}

/** One of two terms by a condition. */
export function chosenTerm(condition: Condition | null, then: string, other: string): string {
  if (then === other) return then;
  if (condition === null || isUnknown(then) || isUnknown(other)) return UNKNOWN;
  const { text, holds } = condition;
  const [yes, no] = holds ? [then, other] : [other, then];
  return `if(${text})?${insideTerm(yes)}:${insideTerm(no)}`;
}

/** A literal whose text could be taken for the end of its branch is quoted there. */
function insideTerm(term: string): string {
  const literal = /^((?:(?:env|config):[^|]*\|\|?)*)literal:(.*)$/s.exec(term);
  if (!literal || /^[\w.\-/]*$/.test(literal[2] ?? '')) return term;
  return `${literal[1]}literal:${JSON.stringify(literal[2])}`;
}

function leafTerm(known: Known | undefined): string {
  if (known === undefined || known.kind === 'undefined') return DEFAULT;
  switch (known.kind) {
    case 'literal':
      return known.value === null ? DEFAULT : literalTerm(String(known.value));
    case 'env':
      return withFallback(`env:${known.name}`, known);
    case 'config':
      return withFallback(`config:${known.path}`, known);
    case 'converted': {
      const inner = unconverted(known);
      return inner ? termOf(inner) : UNKNOWN;
    }
    case 'template': {
      const text = textOf(known);
      return text === null ? (operandOf(known) ?? UNKNOWN) : literalTerm(text);
    }
    case 'computed':
      return computedTerm(known);
    default:
      return UNKNOWN;
  }
}

/** What a pure function of settings gives is as well known as its arguments: `URL.hostname(env:REDIS_URL)`. */
function computedTerm(known: Extract<Known, { kind: 'computed' }>): string {
  if (!/^(?:\.[a-zA-Z]+|URL\.[a-z]+|Buffer\.from|decodeURIComponent|encodeURIComponent)$/.test(known.operator))
    return UNKNOWN;
  return operandOf(known) ?? UNKNOWN;
}

/** A term for people: `"tenant:"`, `REDIS_URL or "localhost"`. Keys for the configuration are written as they are. */
export function wordsOf(term: string): string {
  const [first = '', ...rest] = term.split(/\|\|?(?=literal:|env:|config:)/);
  const name = first.replace(/^(?:env|config):/, '');
  const words = first.startsWith('literal:') ? JSON.stringify(first.slice('literal:'.length)) : name;
  return [words, ...rest.map(wordsOf)].join(' or ');
}

/** The term that all of these are; `unknown` when they differ or there are none. */
export function commonTerm(terms: string[]): string {
  const [first] = terms;
  return first !== undefined && terms.every((term) => term === first) ? first : UNKNOWN;
}

function withFallback(term: string, { fallback, or }: Extract<Known, { kind: 'env' | 'config' }>): string {
  if (fallback === null || fallback.kind === 'undefined') return term;
  const inner = termOf(fallback);
  return inner === UNKNOWN ? UNKNOWN : inner === DEFAULT ? term : `${term}${or ? '||' : '|'}${inner}`;
}

function literalTerm(text: string): string {
  return mayHoldCredential(text) ? HIDDEN : `literal:${text}`;
}

/** User information in a URL, or a query item that names a secret. */
export function mayHoldCredential(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s]*@/i.test(text) || /[?&](password|auth|auth_pass|token)=[^&]/i.test(text);
}

/**
 * Term of a password: a literal, also as a default, is hidden whatever it is. One of `secrets` is called by its number
 * there, so that two sites with the same password are equal and nothing is said of it.
 */
export function passwordTerm(known: Known | undefined, secrets: readonly string[] = []): string {
  return termBy(known, (one) => {
    if (one?.kind === 'template' && textOf(one) === null) return HIDDEN;
    const text = leafTerm(one);
    if (text === 'literal:') return DEFAULT;
    return text.replace(/literal:(.*)$/s, (_, literal: string) => {
      const number = secrets.indexOf(literal);
      return number < 0 ? HIDDEN : `secret:${number + 1}`;
    });
  });
}

/** Term of an option that is on or off: a comparison is on where it holds. */
export function truthTerm(known: Known | undefined): string {
  return termBy(known, (one) => {
    const condition = one?.kind === 'computed' ? conditionOf(one) : null;
    return condition === null ? termOf(one) : chosenTerm(condition, 'literal:true', 'literal:false');
  });
}

const PLAIN_TLS_KEYS = new Set(['servername', 'profile', 'minVersion', 'maxVersion']);

/** Term of a TLS option: `literal:true`, or the checks that it changes by name. Certificates and keys stay hidden. */
export function tlsTerm(known: Known | undefined): string {
  return termBy(known, tlsLeaf);
}

function tlsLeaf(known: Known | undefined): string {
  if (known === undefined || known.kind === 'undefined') return DEFAULT;
  if (known.kind === 'literal') return known.value === null || known.value === false ? DEFAULT : termOf(known);
  const condition = known.kind === 'computed' ? conditionOf(known) : null;
  if (condition !== null) return chosenTerm(condition, 'literal:true', DEFAULT);
  if (known.kind !== 'object') return termOf(known);
  if (known.open) return UNKNOWN;
  const last = new Map(known.entries.map((entry) => [entry.key, entry.value]));
  const terms = [...last]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, settingTerm(key, value)] as const);
  if (terms.some(([, term]) => isUnknown(term))) return UNKNOWN;
  const parts = terms.filter(([, term]) => term !== DEFAULT);
  return parts.length === 0 ? 'literal:true' : `literal:{${parts.map(([key, term]) => `${key}=${term}`).join(',')}}`;
}

function settingTerm(key: string, value: Known): string {
  return termBy(value, (one) => {
    const inner = one && (unconverted(one) ?? one);
    return textOf(inner) !== null && !PLAIN_TLS_KEYS.has(key) ? HIDDEN : termOf(one);
  });
}
