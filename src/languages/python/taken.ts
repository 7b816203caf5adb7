/** Names that other files read from a module or replace in it: what the module imports is its own only if nobody does. */

import type { NamesOfModule } from '../language.js';
import { importStatementsIn } from './specifiers.js';

/**
 * Of the names of a module, those that a text may take from it: `from m import name`, `m.name`, `patch("m.name")`,
 * `setattr(m, "name", …)`, `from m import *`. Found without a parser: a name too many keeps an import that nobody needs.
 */
export function namesTaken(text: string, module: NamesOfModule): string[] {
  const { path, stem, parent } = wordsOf(module.file);
  const dots = module.file.endsWith('__init__.py') && /from[ \t]+\.+[ \t]+import/.test(text);
  if (!dots && !text.includes(latin1(stem))) return [];
  const found = new Set<string>();
  let held = namedAsText(text, path);
  let above = false;
  for (const { specifier, names } of importStatementsIn(text)) {
    if (names === null) {
      held ||= module.leads(specifier);
      above ||= lastOf(specifier) === parent;
      continue;
    }
    if (module.leads(specifier)) for (const name of names) takeFrom(module, name, found);
    held ||= names.some((name) => module.leads(specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`));
    above ||= names.some((name) => name === parent) || lastOf(specifier) === parent;
  }
  for (const name of module.names) if (isNamed(text, { name, stem, parent, held, above })) found.add(name);
  return [...found];
}

function takeFrom({ names, lists }: NamesOfModule, name: string, found: Set<string>): void {
  if (name === '*' && !lists) for (const one of names) if (!one.startsWith('_')) found.add(one);
  if (names.has(name)) found.add(name);
}

interface Mention {
  name: string;
  stem: string;
  parent: string | null;
  /** The text holds the module itself, or its whole name in a string. */
  held: boolean;
  /** It holds the package of the module. */
  above: boolean;
}

/** Whether a text names a member of the module, as an attribute or inside of a string. */
function isNamed(text: string, { name, stem, parent, held, above }: Mention): boolean {
  const word = escaped(name);
  if (held && new RegExp(`\\.\\s*${word}(?!\\w)|["']${word}["']`).test(text)) return true;
  if (above && new RegExp(`(?<!\\w)${escaped(stem)}\\s*\\.\\s*${word}(?!\\w)`).test(text)) return true;
  const lead = parent === null ? '["\']' : `(?:(?<!\\w)${escaped(parent)}\\s*\\.\\s*|["'])`;
  return new RegExp(`${lead}${escaped(stem)}\\s*\\.\\s*${word}(?!\\w)`).test(text);
}

/** The dotted name of the module, or its end, is all of a string: `import_module("app.cache")`, `PATH = "app.cache"`. */
function namedAsText(text: string, path: readonly string[]): boolean {
  const [stem = '', ...above] = [...path].reverse();
  if (above.length === 0) return new RegExp(`["']${escaped(stem)}["']`).test(text);
  const lead = above.reduceRight((inner, one) => `(?:${inner}${escaped(one)})?\\.`, '');
  return new RegExp(`["']${lead}${escaped(stem)}["']`).test(text);
}

/** `src/app/cache/__init__.py` → path [src, app, cache], stem cache, parent app. */
function wordsOf(file: string): { path: string[]; stem: string; parent: string | null } {
  const path = file.replace(/(?:\/?__init__)?\.py$/, '').split('/');
  return { path, stem: path.at(-1) ?? '', parent: path.at(-2) ?? null };
}

function lastOf(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf('.') + 1);
}

/** As the word stands in a text whose bytes were read as Latin-1. */
function latin1(word: string): string {
  return Buffer.from(word, 'utf8').toString('latin1');
}

function escaped(word: string): string {
  return latin1(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
