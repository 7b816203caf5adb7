/**
 * Identity terms: `literal:<v>`, `env:NAME`, `env:NAME|<term of its default>`, `config:<path>`, `default`, `unknown`.
 * A text that may hold a credential becomes `literal:***`, which is equal to nothing.
 */

import type { Known } from '../model/traced.js';
import { textOf, unconverted } from './known.js';

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

/** Term of a value. Several values give a term only when they all give the same one. */
export function termOf(known: Known | undefined): string {
  if (known === undefined || known.kind === 'undefined') return DEFAULT;
  switch (known.kind) {
    case 'literal':
      return known.value === null ? DEFAULT : literalTerm(String(known.value));
    case 'env':
      return withFallback(`env:${known.name}`, known.fallback);
    case 'config':
      return withFallback(`config:${known.path}`, known.fallback);
    case 'converted': {
      const inner = unconverted(known);
      return inner ? termOf(inner) : UNKNOWN;
    }
    case 'template': {
      const text = textOf(known);
      return text === null ? UNKNOWN : literalTerm(text);
    }
    case 'choice':
      return commonTerm(known.of.map(termOf));
    default:
      return UNKNOWN;
  }
}

/** The term that all of these are; `unknown` when they differ or there are none. */
export function commonTerm(terms: string[]): string {
  const [first] = terms;
  return first !== undefined && terms.every((term) => term === first) ? first : UNKNOWN;
}

function withFallback(term: string, fallback: Known | null): string {
  if (fallback === null || fallback.kind === 'undefined') return term;
  const inner = termOf(fallback);
  return inner === UNKNOWN ? UNKNOWN : inner === DEFAULT ? term : `${term}|${inner}`;
}

function literalTerm(text: string): string {
  return mayHoldCredential(text) ? HIDDEN : `literal:${text}`;
}

/** User information in a URL, or a query item that names a secret. */
export function mayHoldCredential(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/\s]*@/i.test(text) || /[?&](password|auth|auth_pass|token)=[^&]/i.test(text);
}

/** Term of a password: a literal, also as a default, is hidden whatever it is. */
export function passwordTerm(known: Known | undefined): string {
  const term = termOf(known);
  return term === 'literal:' ? DEFAULT : term.replace(/literal:.*$/s, HIDDEN);
}

const PLAIN_TLS_KEYS = new Set(['servername', 'profile', 'minVersion', 'maxVersion']);

/** Term of a TLS option: `literal:true`, or the checks that it changes by name. Certificates and keys stay hidden. */
export function tlsTerm(known: Known | undefined): string {
  if (known === undefined || known.kind === 'undefined') return DEFAULT;
  if (known.kind === 'literal') return known.value === null || known.value === false ? DEFAULT : termOf(known);
  if (known.kind === 'choice') return commonTerm(known.of.map(tlsTerm));
  if (known.kind !== 'object') return termOf(known);
  if (known.open) return UNKNOWN;
  const last = new Map(known.entries.map((entry) => [entry.key, entry.value]));
  const parts = [...last].filter(([, value]) => value.kind !== 'undefined').sort(([a], [b]) => (a < b ? -1 : 1));
  if (parts.length === 0) return 'literal:true';
  const terms = parts.map(([key, value]) => [key, settingTerm(key, value)] as const);
  if (terms.some(([, term]) => isUnknown(term))) return UNKNOWN;
  return `literal:{${terms.map(([key, term]) => `${key}=${term}`).join(',')}}`;
}

function settingTerm(key: string, value: Known): string {
  const inner = unconverted(value) ?? value;
  if (textOf(inner) !== null && !PLAIN_TLS_KEYS.has(key)) return HIDDEN;
  return termOf(value);
}
