/** Small questions about known values. */

import type { Known } from '../model/traced.js';

export type Entries = Extract<Known, { kind: 'object' }>['entries'];
type Choice = Extract<Known, { kind: 'choice' }>;

/** One of several values; equal ones count once. Choices by a test stay whole: they know more than their values. */
export function choice(of: Known[], at: Known['at']): Known {
  const [first] = of;
  if (first && of.length === 1) return first;
  return { kind: 'choice', of: of.flatMap((k) => (k.kind === 'choice' && !k.test ? k.of : [k])), at };
}

/** `test ? then : other`. A test that is known decides. */
export function either(test: Known, then: Known, other: Known, at: Known['at']): Known {
  const holds = truthOf(test);
  if (holds !== null) return holds ? then : other;
  return { kind: 'choice', of: [then, other], test, at };
}

/** `left && right`, `left || right`, `left ?? right`. A default beside a read of the environment is a part of that read. */
export function logical(operator: '&&' | '||' | '??', left: Known, right: Known, at: Known['at']): Known {
  if (left.kind === 'parameter' && left.given) return logical(operator, left.given, right, at);
  if (operator === '&&') return either(left, right, left, at);
  if (left.kind === 'undefined') return right;
  if (left.kind === 'literal' && left.value === null) return right;
  if (operator === '??' && (left.kind === 'literal' || left.kind === 'computed')) return left;
  if (operator === '??' && left.kind === 'choice' && left.test) {
    return { ...left, of: left.of.map((one) => logical(operator, one, right, at)) };
  }
  if (left.kind === 'env' || left.kind === 'config') {
    if (left.fallback === null) return { ...left, fallback: right, ...(operator === '||' ? { or: true } : {}) };
    if (operator === '||' && !left.or) return either(left, left, right, at);
    return { ...left, fallback: logical(operator, left.fallback, right, at) };
  }
  return operator === '||' ? either(left, left, right, at) : choice([left, right], at);
}

/** `{ name = fallback }` of a pattern: the default stands for `undefined` alone. */
export function withDefault(found: Known, fallback: Known, at: Known['at']): Known {
  if (found.kind === 'undefined') return fallback;
  if (found.kind === 'literal') return found;
  const asRead = found.kind === 'env' || found.kind === 'config' || (found.kind === 'choice' && found.test);
  return asRead ? logical('??', found, fallback, at) : choice([found, fallback], at);
}

/** Whether a value is true or false for certain; null when it is not known. */
function truthOf(known: Known): boolean | null {
  if (known.kind === 'literal') return Boolean(known.value);
  if (known.kind === 'undefined') return false;
  if (known.kind === 'object' || known.kind === 'array' || known.kind === 'function') return true;
  return null;
}

/** Puts the entries of a spread value behind the ones so far; true when it may hold more than is known. */
export function spreadEntries(value: Known, into: Entries): boolean {
  const [contents] = contentsOf(value, null);
  if (contents) {
    into.push(...contents.entries.map((entry) => ({ ...entry, value: shown(into, entry.key, entry.value) })));
    return contents.open;
  }
  if (value.kind !== 'choice') return true;
  const branches = value.of.map((one) => spreadBranch(one, value));
  for (const key of new Set(branches.flatMap(({ entries }) => entries.map((entry) => entry.key)))) {
    const values = branches.map(({ entries }) => entries.findLast((entry) => entry.key === key));
    const at = values.find((entry) => entry !== undefined)?.at ?? value.at;
    const of = values.map((entry): Known => entry?.value ?? { kind: 'undefined', absent: true, at });
    into.push({ key, value: shown(into, key, { ...value, of }), at });
  }
  return branches.some(({ open }) => open);
}

/** `Object.assign({}, a, b)` is `{ ...a, ...b }`. */
export function assigned(values: readonly Known[], at: Known['at']): Known {
  const entries: Entries = [];
  let open = false;
  for (const value of values) open = spreadEntries(value, entries) || open;
  return { kind: 'object', entries, open, at };
}

function spreadBranch(branch: Known, { test }: Choice): { entries: Entries; open: boolean } {
  const [contents] = contentsOf(branch, test ?? null);
  if (contents) return contents;
  const entries: Entries = [];
  return { open: spreadEntries(branch, entries), entries };
}

/** What spreading a value that is no choice gives: `false && {…}` and other plain values give nothing. */
function contentsOf(value: Known, test: Known | null): { entries: Entries; open: boolean }[] {
  if (value.kind === 'parameter' && value.given) return contentsOf(value.given, test);
  if (value.kind === 'object') return [value];
  const plain = value.kind === 'undefined' || value.kind === 'literal' || value.kind === 'computed';
  // The other side of `test && {…}`: the test itself, which is then falsy.
  return plain || value === test ? [{ entries: [], open: false }] : [];
}

/** A value over the entries so far: where it is absent, what was there before shows. */
function shown(before: Entries, key: string, value: Known): Known {
  const last = before.findLast((entry) => entry.key === key);
  return last ? filled(value, (one) => one.kind === 'undefined' && one.absent === true, last.value) : value;
}

/** A value with another one where a leaf of its choices is of a kind. */
function filled(value: Known, where: (leaf: Known) => boolean, by: Known): Known {
  if (value.kind === 'choice') return { ...value, of: value.of.map((one) => filled(one, where, by)) };
  return where(value) ? by : value;
}

/** Member of a known object; null when the object is not known well enough. */
export function pick(known: Known, name: string, at: Known['at']): Known | null {
  if (known.kind === 'object') {
    const entry = known.entries.findLast((e) => e.key === name);
    if (entry) return entry.value;
    return known.open ? null : { kind: 'undefined', at };
  }
  if (known.kind === 'array') {
    const item = known.items[Number(name)];
    return item ?? null;
  }
  if (known.kind === 'parameter' && known.given) return pick(known.given, name, at);
  // `undefined?.name`, and what would throw: nothing.
  if (known.kind === 'undefined') return { kind: 'undefined', at };
  if (known.kind !== 'choice') return null;
  const parts = known.of.map((k) => pick(k, name, at));
  if (parts.some((p) => p === null)) return null;
  const found = parts.filter((p) => p !== null);
  return known.test ? { ...known, of: found, at } : choice(found, at);
}

/** `const { host, ...rest } = options`: what is left when the named parts are taken. */
export function without(whole: Known, taken: ReadonlySet<string>, at: Known['at']): Known {
  if (whole.kind !== 'object') return { kind: 'unknown', why: 'what is left of a value that is not known', at };
  return { ...whole, entries: whole.entries.filter((e) => !taken.has(e.key)) };
}
