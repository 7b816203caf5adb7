/** What a code means. */

import { REASONS, type ReasonCode } from '../assess/index.js';
import { VIOLATIONS, type ViolationCode } from '../model/gate.js';
import type { CodeExplanation } from '../report/explanation.js';
import { BY_HAND } from './hints.js';
import { FINDINGS, REFUSALS } from './refusals.js';

/** Every code that a report can hold, sorted. */
export const CODES: readonly string[] = [
  ...new Set([REASONS, REFUSALS, FINDINGS, VIOLATIONS].flatMap((table) => Object.keys(table))),
].sort();

export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** Meaning, effect and remedy of a code; null when there is none of that name. */
export function codeExplanation(code: string): CodeExplanation | null {
  const schemaVersion = 1;
  if (isReasonCode(code)) {
    const { effect, doc } = REASONS[code];
    return { schemaVersion, code, kind: 'reason', effect, means: doc, byHand: BY_HAND[code] };
  }
  for (const [kind, table] of [
    ['refusal', REFUSALS],
    ['finding', FINDINGS],
  ] as const) {
    const entry = Object.hasOwn(table, code) ? table[code] : undefined;
    if (entry) return { schemaVersion, code, kind, effect: null, ...entry };
  }
  if (!isViolationCode(code)) return null;
  const { means, todo: byHand } = VIOLATIONS[code];
  return { schemaVersion, code, kind: 'violation', effect: null, means, byHand };
}

function isViolationCode(code: string): code is ViolationCode {
  return Object.hasOwn(VIOLATIONS, code);
}
