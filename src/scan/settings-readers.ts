/** Reads files of settings as entries: the way of keys to a value, and where the value stands. */

import { visit as visitJson } from 'jsonc-parser';
import { isScalar, parseAllDocuments, type Scalar, visit as visitYaml } from 'yaml';

/** One text or whole number of a file of settings. `start` and `end` are UTF-16 offsets of what is written. */
export interface Entry {
  path: string[];
  value: string;
  start: number;
  end: number;
}

/** The entries of a file, in order, by its extension. What cannot be read has none. */
export function readSettings(file: string, text: string): Entry[] {
  if (/\.jsonc?$/i.test(file)) return readJson(text);
  if (/\.ya?ml$/i.test(file)) return readYaml(text);
  return readLines(text, /\.toml$/i.test(file));
}

function readJson(text: string): Entry[] {
  const found: Entry[] = [];
  visitJson(
    text,
    {
      onLiteralValue: (value, start, length, _line, _character, path) => {
        if (typeof value !== 'string' && !Number.isInteger(value)) return;
        found.push({ path: path().map(String), value: String(value), start, end: start + length });
      },
    },
    { allowTrailingComma: true },
  );
  return found.map((entry, index) => named(entry, found[index - 1]));
}

function readYaml(text: string): Entry[] {
  const found: Entry[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
    if (!('contents' in document)) continue;
    visitYaml(document, {
      Scalar: (key, node, above) => {
        const isText = typeof node.value === 'string' || Number.isInteger(node.value);
        if (key === 'key' || !isText || !node.range) return;
        const keys = above.flatMap((one) => ('key' in one && isScalar(one.key) ? [String(one.key.value)] : []));
        found.push(...ofScalar(keys, node, node.range));
      },
    });
  }
  return found.map((entry, index) => named(entry, found[index - 1]));
}

/** A list of compose holds `NAME=value`. */
function ofScalar(path: string[], node: Scalar, [start, end]: readonly [number, number, number]): Entry[] {
  const value = String(node.value);
  const [, name, rest] = /^([A-Za-z_]\w*)=(.*)$/s.exec(value) ?? [];
  return [{ path: name ? [...path, name] : path, value: rest ?? value, start, end }];
}

/** `{ name: REDIS_HOST, value: cache }` of Kubernetes is an entry of that name. */
function named(entry: Entry, before: Entry | undefined): Entry {
  const [key, above] = [entry.path.at(-1), before?.path.at(-1)];
  const isPair = key === 'value' && (above === 'name' || above === 'key');
  return isPair && before ? { ...entry, path: [...entry.path.slice(0, -1), before.value] } : entry;
}

const TABLE = /^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(?:#.*)?$/;
const PAIR = /^(\s*(?:export\s+)?["']?([\w.-]+)["']?\s*=\s*)(.*?)\s*$/;

/** `KEY=value`, one a line; in TOML below `[tables]`. */
function readLines(text: string, tables: boolean): Entry[] {
  const found: Entry[] = [];
  let table: string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const [, name] = (tables && TABLE.exec(line)) || [];
    if (name !== undefined) table = name.split('.').map((part) => part.replace(/["'\s]/g, ''));
    const [, before = '', key, written = ''] = PAIR.exec(line) ?? [];
    if (key !== undefined && table[0] !== 'tool') {
      const value = bare(written);
      const at = start + before.length;
      found.push({ path: [...table, key], value, start: at, end: at + written.length });
    }
    start += line.length + 1;
  }
  return found;
}

/** Without its quotes, or without a comment behind it. */
function bare(written: string): string {
  const [, , quoted] = /^(["'])(.*?)\1/.exec(written) ?? [];
  return quoted ?? written.replace(/\s+#.*$/, '').trim();
}
