/**
 * Canonical texts of conditions: two conditions with the same text hold in the same runs. Only tests over the environment,
 * settings and literals have one. `a !== "x"`, `!(a === "x")` and `"x" != a` are all `a=="x"` that does not hold.
 */

import type { Known } from '../model/traced.js';
import { given } from './known.js';

/** A test: its text, and whether the value tested is true where the text holds. */
export interface Condition {
  text: string;
  holds: boolean;
}

const EQUAL = new Set(['===', '==', 'is']);
const UNEQUAL = new Set(['!==', '!=', 'is not']);
const LESS: Readonly<Record<string, string>> = { '>': '<', '>=': '<=' };

/** The condition that a value is true; null when it has no canonical text. */
export function conditionOf(test: Known): Condition | null {
  const known = given(test);
  if (known.kind === 'converted' && ['Boolean', 'bool'].includes(known.by)) return conditionOf(known.value);
  if (known.kind === 'choice') return known.test ? joined(known, known.test) : null;
  if (known.kind === 'computed') {
    const { operator, parts } = known;
    const [first, second] = parts;
    if ((operator === '!' || operator === 'not') && first) return negated(conditionOf(first));
    if (first && second && parts.length === 2) {
      if (EQUAL.has(operator)) return comparison(first, second, operator);
      if (UNEQUAL.has(operator)) return negated(comparison(first, second, operator));
      if (['<', '>', '<=', '>='].includes(operator)) return ordered(first, second, operator);
    }
  }
  const text = operandOf(known);
  return text === null ? null : { text, holds: true };
}

function negated(condition: Condition | null): Condition | null {
  return condition && { ...condition, holds: !condition.holds };
}

/** `a && b` and `a || b` in one order of their parts, and any other choice between truths. */
function joined(known: Extract<Known, { kind: 'choice' }>, test: Known): Condition | null {
  const [then, other] = known.of;
  if (!then || !other) return null;
  const left = conditionOf(test);
  if (left === null) return null;
  const and = other === test;
  const right = conditionOf(and ? then : other);
  if (right === null || (!and && then !== test)) return null;
  const parts = [left, right].map(({ text, holds }) => (holds ? text : `!${text}`)).sort();
  return { text: `(${parts.join(and ? '&&' : '||')})`, holds: true };
}

/** The environment holds texts or nothing, so `==` says the same as `===` of it; of settings it may say more. */
function comparison(first: Known, second: Known, operator: string): Condition | null {
  const [a, b] = [first, second].map(given);
  if (!a || !b) return null;
  const [left, right] = isPlain(a) ? [b, a] : [a, b];
  const loose = operator === '==' || operator === '!=';
  const nothing = right.kind === 'undefined' || (right.kind === 'literal' && right.value === null);
  const fromEnv = left.kind === 'env';
  if (fromEnv && nothing) return right.kind === 'undefined' || loose ? told(left, 'undefined') : null;
  if (right.kind === 'literal' && typeof right.value === 'boolean' && left.kind === 'computed' && !loose) {
    const inner = conditionOf(left);
    return isTruth(left) && right.value === false ? negated(inner) : isTruth(left) ? inner : null;
  }
  const text = operandOf(right);
  if (text === null) return null;
  const strict = !loose || (fromEnv && right.kind === 'literal' && typeof right.value === 'string');
  const other = operandOf(left);
  if (other === null || !mayBeShown(left, right)) return null;
  const [one, two] = isPlain(right) ? [other, text] : [other, text].sort();
  return { text: `${one}${strict ? '==' : '~='}${two}`, holds: true };
}

function told(left: Known, right: string): Condition | null {
  const text = operandOf(left);
  return text === null ? null : { text: `${text}==${right}`, holds: true };
}

function ordered(first: Known, second: Known, operator: string): Condition | null {
  const turned = LESS[operator];
  const [a, b] = turned === undefined ? [first, second] : [second, first];
  const [left, right] = [operandOf(given(a)), operandOf(given(b))];
  return left === null || right === null ? null : { text: `${left}${turned ?? operator}${right}`, holds: true };
}

function isPlain(known: Known): boolean {
  return known.kind === 'literal' || known.kind === 'undefined';
}

/** Whether the value is a boolean whatever its parts are. */
function isTruth(known: Known): boolean {
  return (
    known.kind === 'computed' &&
    /^(?:!|not|===?|!==?|[<>]=?|isNaN|\.(?:startsWith|endsWith|includes))$/.test(known.operator)
  );
}

/** A literal beside a read whose name speaks of a secret may be that secret. */
function mayBeShown(left: Known, right: Known): boolean {
  if (right.kind !== 'literal' || typeof right.value !== 'string' || right.value === '') return true;
  const name = left.kind === 'env' ? left.name : left.kind === 'config' ? left.path : '';
  return !/pass|secret|token|credential|(?:^|_)auth/i.test(name);
}

/** A value inside of a condition, as a text of its own; null when it is not known. */
export function operandOf(value: Known): string | null {
  const known = given(value);
  switch (known.kind) {
    case 'literal':
      return typeof known.value === 'string' && holdsAddress(known.value) ? null : JSON.stringify(known.value);
    case 'undefined':
      return 'undefined';
    case 'env':
    case 'config': {
      const name = known.kind === 'env' ? `env:${known.name}` : `config:${known.path}`;
      if (known.fallback === null || known.fallback.kind === 'undefined') return name;
      const fallback = operandOf(known.fallback);
      return fallback === null ? null : `${name}${known.or ? '||' : '|'}${fallback}`;
    }
    case 'converted': {
      const inner = operandOf(known.value);
      return inner === null ? null : `${NUMBERS.has(known.by) ? 'number' : known.by}(${inner})`;
    }
    case 'computed':
      return applied(known.operator, known.parts);
    case 'array':
      return applied('list', known.items);
    case 'template':
      return applied('text', known.parts);
    default:
      return null;
  }
}

const NUMBERS = new Set(['Number', 'parseInt', 'parseFloat', 'Number.parseInt', 'Number.parseFloat', 'int', '+']);

function applied(operator: string, parts: readonly Known[]): string | null {
  const inner = parts.map(operandOf);
  return inner.includes(null) ? null : `${operator.replace(/^\./, '')}(${inner.join(',')})`;
}

/** A URL in a condition (`url.startsWith('redis://')`) is a scheme; anything longer may hold a credential. */
function holdsAddress(text: string): boolean {
  return text.includes('@') || /[?&][^=]*=/.test(text);
}
