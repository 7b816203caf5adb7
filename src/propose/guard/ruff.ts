/**
 * `banned-api` of ruff (TID251, https://docs.astral.sh/ruff/rules/banned-api/). TOML is edited as text, in regions that are
 * ours, and the result is read again: it must hold what the file held before, and our entries, and nothing else.
 */

import { parse } from 'smol-toml';
import { type GuardScope, letPass } from './scope.js';

const CODE = 'TID251';
const BEGIN = '# redis-migrate guard: `redis-migrate init --guard` keeps these lines up to date';
const END = '# redis-migrate guard: end';

type Table = { [name: string]: unknown };

interface Entries {
  /** Below `lint`. */
  table: string[];
  lines: string[];
}

/** The lines of our tables. Names of `lint` stand below `prefix`: none in ruff.toml, `tool.ruff` in pyproject.toml. */
function entriesOf(scope: GuardScope, before: string | null): Entries[] {
  const { banned, message } = scope;
  const names = banned.flatMap((one) => one.names.map((name) => `${one.package}.${name}`)).sort();
  return [
    {
      table: ['extend-per-file-ignores'],
      lines: letPass(scope, before).map((glob) => `${JSON.stringify(glob)} = ["${CODE}"]`),
    },
    {
      table: ['flake8-tidy-imports', 'banned-api'],
      lines: names.map((name) => `${JSON.stringify(name)}.msg = ${JSON.stringify(message)}`),
    },
  ];
}

/** What a person would add. */
export function ruffText(scope: GuardScope, prefix: readonly string[]): string {
  const lint = [...prefix, 'lint'];
  const tables = entriesOf(scope, null).map(({ table, lines }) =>
    [`[${[...lint, ...table].join('.')}]`, ...lines].join('\n'),
  );
  return [`[${lint.join('.')}]\nextend-select = ["${CODE}"]`, ...tables].join('\n\n');
}

/** The text with our entries, added or brought up to date; null when it would not hold them and all that it held before. */
export function editRuff(text: string, scope: GuardScope, prefix: readonly string[]): string | null {
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const lint = [...prefix, 'lint'];
  let lines = withoutRegions(text.split(/\r?\n/));
  const before = dataOf(lines.join('\n'));
  if (before === null) return null;
  if (!isSelected(tableIn(before, lint))) lines = selected(lines, lint);
  const entries = entriesOf(scope, text.includes(BEGIN) ? text : null);
  for (const { table, lines: added } of entries) lines = inTable(lines, [...lint, ...table], added);
  const after = dataOf(lines.join('\n'));
  if (after === null || !sameBut(before, after, entries, lint)) return null;
  return lines.join(line);
}

function dataOf(text: string): Table | null {
  try {
    return parse(text);
  } catch {
    // What cannot be read cannot be edited surely: a person is told.
    return null;
  }
}

function withoutRegions(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (line === BEGIN) inside = true;
    if (!inside) kept.push(line);
    if (line === END) inside = false;
  }
  while (kept.length > 0 && kept.at(-1) === '') kept.pop();
  return [...kept, ''];
}

function tableIn(data: unknown, path: readonly string[]): Table {
  const found = path.reduce<unknown>((inner, key) => (isTable(inner) ? inner[key] : undefined), data);
  return isTable(found) ? found : {};
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A prefix of a code selects it as well. */
function isSelected(lint: Table): boolean {
  return ['select', 'extend-select'].some((key) => {
    const value = lint[key];
    return (
      Array.isArray(value) && value.some((one) => one === 'ALL' || one === 'TID' || /^TID25?1?$/.test(String(one)))
    );
  });
}

/** `extend-select` with our code: in the list that is there, or in a region. */
function selected(lines: readonly string[], lint: readonly string[]): string[] {
  const [first, end] = bodyOf(lines, lint);
  const there = lines.findIndex(
    (one, index) => index >= first && index < end && /^\s*extend-select\s*=\s*\[/.test(one),
  );
  if (there < 0) return inTable(lines, lint, [`extend-select = ["${CODE}"]`]);
  return lines.map((one, index) =>
    index === there
      ? one.replace(/\[(\s*)(\]?)/, (_, space, close) => `["${CODE}"${close === '' ? `,${space || ' '}` : close}`)
      : one,
  );
}

/** First line behind the header of a table, and the line of the next header; both the end when there is none. */
function bodyOf(lines: readonly string[], path: readonly string[]): [number, number] {
  const header = lines.findIndex((line) => {
    const inner = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    return (
      inner
        ?.split('.')
        .map((part) => part.trim().replace(/^["']|["']$/g, ''))
        .join('.') === path.join('.')
    );
  });
  if (header < 0) return [lines.length, lines.length];
  const next = lines.findIndex((line, index) => index > header && /^\s*\[/.test(line));
  return [header + 1, next < 0 ? lines.length : next];
}

/** Lines behind the header of a table; with a header of its own at the end of the file when there is none. */
function inTable(lines: readonly string[], path: readonly string[], added: readonly string[]): string[] {
  const [place] = bodyOf(lines, path);
  if (place < lines.length) return [...lines.slice(0, place), BEGIN, ...added, END, ...lines.slice(place)];
  return [...lines, BEGIN, `[${path.join('.')}]`, ...added, END, ''];
}

/** Whether the one holds what the other held, and our entries besides. */
function sameBut(before: Table, after: Table, entries: readonly Entries[], lint: readonly string[]): boolean {
  const expected = structuredClone(before);
  let inner: Table = expected;
  const into = (path: readonly string[]) => {
    inner = path.reduce<Table>((table, key) => {
      if (!isTable(table[key])) table[key] = {};
      return table[key] as Table;
    }, expected);
    return inner;
  };
  const own = into(lint);
  if (!isSelected(own))
    own['extend-select'] = [CODE, ...(Array.isArray(own['extend-select']) ? own['extend-select'] : [])];
  for (const { table, lines } of entries) {
    const found = into([...lint, ...table]);
    for (const [key, value] of Object.entries(parse(lines.join('\n')))) {
      if (key in found) return false;
      found[key] = value;
    }
  }
  return JSON.stringify(sortedKeys(expected)) === JSON.stringify(sortedKeys(after));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isTable(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedKeys(value[key])]),
  );
}
