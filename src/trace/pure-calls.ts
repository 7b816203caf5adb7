/** Calls that only compute: what they give depends on their arguments alone. Names of the languages themselves. */

import type { Argument } from '../model/facts.js';
import type { Known } from '../model/traced.js';

/** Functions that convert their first argument and keep where it is from. */
const CONVERSIONS = new Set([
  'Number',
  'parseInt',
  'parseFloat',
  'String',
  'Boolean',
  'Number.parseInt',
  'Number.parseFloat',
  'int',
  'str',
  'bool',
]);

/** Methods that give a setting as a text: `unicode_string` of pydantic's URLs (pydantic 2, networks). */
const TEXT_METHODS = new Set(['unicode_string']);

/** Functions whose result is another value, but always the same one for the same arguments. */
const PURE = new Set(['isNaN', 'Number.isNaN', 'Buffer.from', 'decodeURIComponent', 'encodeURIComponent']);

/** Functions that give their first argument back, as it is. */
const SAME = new Set(['Object.freeze', 'Object.seal']);

/** Methods of texts and lists of texts. */
const PURE_METHODS = new Set([
  'startsWith',
  'endsWith',
  'includes',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'replace',
  'startswith',
  'endswith',
  'lower',
  'upper',
  'strip',
]);

/** What a call of a pure function by its global name gives; null for any other function. */
export function pureCall(name: string, args: Known[], at: Known['at']): Known | null {
  const [first] = args;
  if (SAME.has(name) && first) return first;
  if (CONVERSIONS.has(name) && first) return { kind: 'converted', by: name, value: first, at };
  return PURE.has(name) ? { kind: 'computed', operator: name, parts: args, at } : null;
}

/** `new URL(text)`: its components are pure members. */
export function pureNew(name: string, args: Known[], at: Known['at']): Known | null {
  return name === 'URL' && args.length === 1 ? { kind: 'computed', operator: 'new URL', parts: args, at } : null;
}

/** What a pure method of a text or a list gives; null for any other method. */
export function pureMethod(
  name: string,
  object: () => Known,
  given: readonly Argument[],
  args: readonly Known[],
  at: Known['at'],
): Known | null {
  if (TEXT_METHODS.has(name) && args.length === 0) return { kind: 'converted', by: 'str', value: object(), at };
  if (name === 'format' && given.every((one) => one.name === null)) return formatted(object(), args, at);
  return PURE_METHODS.has(name) ? { kind: 'computed', operator: `.${name}`, parts: [object(), ...args], at } : null;
}

const URL_PARTS = new Set(['hostname', 'host', 'port', 'username', 'password', 'pathname', 'protocol', 'search']);

/** `new URL(text).hostname`; null for what is no component of a URL. */
export function urlPart(object: Known, name: string, at: Known['at']): Known | null {
  if (object.kind !== 'computed' || object.operator !== 'new URL' || !URL_PARTS.has(name)) return null;
  return { kind: 'computed', operator: `URL.${name}`, parts: object.parts, at };
}

/** `'redis://{}:{1}'.format(host, port)` as a text with parts; null where a field is more than a position. */
function formatted(text: Known, args: readonly Known[], at: Known['at']): Known | null {
  if (text.kind !== 'literal' || typeof text.value !== 'string') return null;
  const parts: Known[] = [];
  let next = 0;
  for (const piece of text.value.split(/(\{\{|\}\}|\{[^{}]*\})/)) {
    const field = /^\{(\d*)\}$/.exec(piece);
    const value = field ? args[field[1] === '' ? next++ : Number(field[1])] : undefined;
    if (/^\{[^{]/.test(piece) && value === undefined) return null;
    if (value) parts.push(value);
    else if (piece !== '')
      parts.push({ kind: 'literal', value: piece.replace(/^(?:\{\{|\}\})$/, (one) => one[0] ?? ''), at });
  }
  return { kind: 'template', parts, at };
}
