/**
 * Every reason that a verdict can have: its effect, its wording from facts, and a line of documentation. A new reason is
 * an entry of `Facts` and one of `REASONS`; the compiler names what is missing.
 */

import type { Reason, Verdict } from '../model/site.js';
import type { At } from '../model/traced.js';
import { placeOf } from './known.js';
import { compare } from './order.js';
import type { Effect, ReasonInfo } from './reason-info.js';
import { CALL_SITES } from './reasons-call-sites.js';
import { ESCAPES } from './reasons-escapes.js';
import { LIFECYCLE } from './reasons-lifecycle.js';
import { REPLACEMENTS } from './reasons-replacements.js';
import { SITES } from './reasons-sites.js';
import { STRATEGY } from './reasons-strategy.js';
import { TARGETS } from './reasons-targets.js';

export const REASONS = {
  ...SITES,
  ...TARGETS,
  ...LIFECYCLE,
  ...ESCAPES,
  ...REPLACEMENTS,
  ...CALL_SITES,
  ...STRATEGY,
} as const;

export type ReasonCode = keyof typeof REASONS;
type FactsOf<C extends ReasonCode> = (typeof REASONS)[C] extends ReasonInfo<infer F> ? F : never;

/** A reason with its wording. `at` is where to look. */
export function reason<C extends ReasonCode>(code: C, facts: FactsOf<C>, at: At | null = null): Reason {
  const entry = REASONS[code] as ReasonInfo<FactsOf<C>>;
  return { code, message: sentence(entry.message(facts)), at: at === null ? null : placeOf(at) };
}

/** Ends as a sentence does, whatever its parts were taken from. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Effect of a code; a code that is not in the table (a decision of a later stage) keeps. */
export function effectOf(code: string): Effect {
  return Object.hasOwn(REASONS, code) ? REASONS[code as ReasonCode].effect : 'keep';
}

/** The verdict that reasons lead to: the strongest effect among them. */
export function verdictOf(reasons: readonly Reason[]): Verdict {
  const effects = reasons.map(({ code }) => effectOf(code));
  if (effects.includes('keep')) return 'keep';
  return effects.includes('review') ? 'review' : 'rewrite';
}

const ORDER: readonly Effect[] = ['keep', 'review', 'note'];

/** Strongest first, then by code and place; the same reason twice is one. */
export function sortedReasons(reasons: readonly Reason[]): Reason[] {
  const unique = new Map(reasons.map((one) => [`${one.code}\0${one.message}\0${one.at}`, one]));
  const rank = (one: Reason) => `${ORDER.indexOf(effectOf(one.code))}\0${one.code}\0${one.at ?? ''}\0${one.message}`;
  return shortened([...unique.values()].sort((a, b) => compare(rank(a), rank(b))));
}

/** A client that is lost in fifty places is lost in one: the last that is told of a code says how many there are. */
function shortened(reasons: readonly Reason[]): Reason[] {
  const counts = new Map<string, number>();
  for (const { code } of reasons) counts.set(code, (counts.get(code) ?? 0) + 1);
  const told = new Map<string, number>();
  return reasons.flatMap((one) => {
    const nth = (told.get(one.code) ?? 0) + 1;
    told.set(one.code, nth);
    const more = (counts.get(one.code) ?? 0) - MOST_OF_A_CODE;
    if (effectOf(one.code) !== 'keep' || more <= 0 || nth < MOST_OF_A_CODE) return [one];
    return nth === MOST_OF_A_CODE
      ? [{ ...one, message: `${one.message} (And ${more} more ${more === 1 ? 'place' : 'places'} like this.)` }]
      : [];
  });
}

const MOST_OF_A_CODE = 3;
