/** Questions about values that trace found. */

import type { At, Known } from '../model/traced.js';

/** `file:line` of a place. */
export function placeOf(at: At): string {
  return `${at.file}:${at.line}`;
}

/** Text of a string literal, or of a template whose parts are all literals; null otherwise. */
export function textOf(known: Known | undefined): string | null {
  if (known?.kind === 'literal' && typeof known.value === 'string') return known.value;
  if (known?.kind !== 'template') return null;
  const parts = known.parts.map((part) => (part.kind === 'literal' ? String(part.value) : null));
  return parts.includes(null) ? null : parts.join('');
}

/** Whether nothing is given: the argument or entry is absent or undefined. */
export function isAbsent(known: Known | undefined): boolean {
  return known === undefined || known.kind === 'undefined';
}

/** All values that may arrive: the branches of choices, flattened. Never empty. */
export function alternatives(known: Known): Known[] {
  if (known.kind === 'parameter' && known.given) return alternatives(known.given);
  return known.kind === 'choice' && known.of.length > 0 ? known.of.flatMap(alternatives) : [known];
}

/** What all callers give, where a parameter is known by them; any other value is itself. */
export function given(known: Known): Known {
  return known.kind === 'parameter' && known.given ? given(known.given) : known;
}

/** Whether one of the values that may arrive is of a kind. */
export function mayBe(known: Known, is: (leaf: Known) => boolean): boolean {
  return alternatives(known).some(is);
}

/** A value with `by` instead of each of its leaves that is of a kind; conditions stay. */
export function replaced(known: Known, is: (leaf: Known) => boolean, by: Known): Known {
  const value = given(known);
  if (value.kind === 'choice') return { ...value, of: value.of.map((one) => replaced(one, is, by)) };
  return is(value) ? by : value;
}

/** Values that a read of the environment or of settings can be converted by without losing where it is from. */
const TRANSPARENT = new Set([
  'Number',
  'parseInt',
  'parseFloat',
  'String',
  'toString',
  'trim',
  '+',
  'Number.parseInt',
  'int',
  'str',
  'bool',
  '!!',
  'Boolean',
]);

/** The value inside a conversion that keeps its origin; the value itself when there is none; null when it is lost. */
export function unconverted(known: Known): Known | null {
  if (known.kind !== 'converted') return known;
  return TRANSPARENT.has(known.by) ? unconverted(known.value) : null;
}

/** Whether a value is a number for certain, or becomes one. */
export function isNumeric(known: Known): boolean {
  if (known.kind === 'literal') return typeof known.value === 'number';
  return (
    known.kind === 'converted' && ['Number', 'parseInt', 'parseFloat', 'Number.parseInt', '+', 'int'].includes(known.by)
  );
}

/** All literal strings inside a value, with their places. */
export function stringsIn(known: Known): { text: string; at: At }[] {
  switch (known.kind) {
    case 'literal':
      return typeof known.value === 'string' ? [{ text: known.value, at: known.at }] : [];
    case 'env':
    case 'config':
      return known.fallback ? stringsIn(known.fallback) : [];
    case 'template':
      return [{ text: known.parts.map((p) => (p.kind === 'literal' ? String(p.value) : '…')).join(''), at: known.at }];
    case 'array':
      return known.items.flatMap(stringsIn);
    case 'object':
      return known.entries.flatMap((entry) => stringsIn(entry.value));
    case 'choice':
      return known.of.flatMap(stringsIn);
    case 'converted':
      return stringsIn(known.value);
    case 'parameter':
      return known.given ? stringsIn(known.given) : [];
    default:
      return [];
  }
}

/** A value for people: what it is or where it is from, never a secret text. */
export function describe(known: Known, secret = false): string {
  switch (known.kind) {
    case 'literal':
      return secret ? '***' : JSON.stringify(known.value);
    case 'undefined':
      return 'undefined';
    case 'env':
      return `$${known.name}`;
    case 'config':
      return known.path;
    case 'function':
      return 'a function';
    case 'parameter':
      return known.given ? describe(known.given, secret) : `parameter ${known.name}`;
    case 'converted':
      return describe(known.value, secret);
    case 'computed':
      return 'a computed value';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'template':
      return 'a template';
    case 'choice':
      return [...new Set(known.of.map((item) => describe(item, secret)))].join(' or ');
    case 'unknown':
      return 'a value that is not known';
  }
}
