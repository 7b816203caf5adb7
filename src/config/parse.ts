/** From the text of a configuration to its data, with the place of each key. */

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { UserError } from '../errors.js';
import type { Source } from './source.js';
import { tomlPlaces } from './toml-places.js';

export type KeyPath = (string | number)[];

export interface Place {
  line: number;
  column: number;
}

export interface Parsed {
  /** Undefined when the file holds no configuration. */
  data: unknown;
  /** Where a key of the configuration stands; the nearest key above it when it does not stand in the file. */
  place(path: KeyPath): Place;
}

/** Throws a `UserError` with line and column when the text is not JSON or TOML. */
export function parseSource(source: Source): Parsed {
  return source.format === 'toml' ? fromToml(source) : fromJson(source);
}

function fromJson(source: Source): Parsed {
  const { text, shown, within } = source;
  const errors: ParseError[] = [];
  // Comments help in a file of our own; in package.json npm would refuse them.
  const own = within.length === 0;
  const root = parseTree(text, errors, { disallowComments: !own, allowTrailingComma: own });
  const [error] = errors;
  if (error || !root) {
    const { line, column } = placeAt(text, error?.offset ?? 0);
    const what = error ? wordsOf(printParseErrorCode(error.error)) : 'the file is empty';
    throw new UserError(`${shown}:${line}:${column}: not valid JSON: ${what}`);
  }
  const node = findNodeAtLocation(root, within);
  if (node) refuseDoubleKeys(node, source, []);
  return {
    data: node ? getNodeValue(node) : undefined,
    place(path) {
      for (let length = path.length; length >= 0; length--) {
        const found = findNodeAtLocation(root, [...within, ...path.slice(0, length)]);
        if (found) return placeAt(text, (found.parent?.type === 'property' ? found.parent : found).offset);
      }
      return { line: 1, column: 1 };
    },
  };
}

/** JSON readers keep the last of two equal keys and say nothing; here a database would get lost. */
function refuseDoubleKeys(node: Node, source: Source, path: KeyPath): void {
  const seen = new Set<string>();
  for (const [index, child] of (node.children ?? []).entries()) {
    const [key, value] = child.type === 'property' ? (child.children ?? []) : [null, child];
    const step = key ? String(key.value) : index;
    if (key && (seen.has(String(step)) || step === '__proto__')) {
      const { line, column } = placeAt(source.text, child.offset);
      const what = step === '__proto__' ? 'this key is not allowed' : 'this key stands twice in the same object';
      throw new UserError(`${source.shown}:${line}:${column}: ${[...path, step].join('.')}: ${what}`);
    }
    seen.add(String(step));
    if (value) refuseDoubleKeys(value, source, [...path, step]);
  }
}

function fromToml(source: Source): Parsed {
  const places = tomlPlaces(source.text);
  return {
    data: source.within.reduce<unknown>((value, key) => member(value, key), tomlData(source)),
    place(path) {
      for (let length = path.length; length >= 0; length--) {
        const found = places.get(JSON.stringify([...source.within, ...path.slice(0, length)]));
        if (found) return found;
      }
      return { line: 1, column: 1 };
    },
  };
}

function tomlData({ text, shown }: Source): unknown {
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The rest of the message quotes the file, which may hold secrets.
    const what = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
    throw new UserError(`${shown}:${error.line}:${error.column}: not valid TOML: ${what}`);
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** `CommaExpected` → `comma expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
