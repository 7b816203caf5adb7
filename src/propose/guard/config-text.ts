/** Additions to configurations that are programs: only where the text says plainly what it exports. */

import { languageFor } from '../../languages/index.js';
import type { FileFacts, Value, ValueId } from '../../model/facts.js';

/** Calls that take configurations, as arguments or as one list, and give a list: module and name. */
const LIST_CALLS: readonly (readonly [module: string, name: string])[] = [
  ['eslint/config', 'defineConfig'],
  ['typescript-eslint', 'config'],
  ['@antfu/eslint-config', 'default'],
];

/** Facts of a configuration; null when it cannot be read. */
export async function factsOf(file: string, text: string): Promise<FileFacts | null> {
  const language = languageFor(file);
  if (language?.name !== 'javascript') return null;
  await language.load();
  const facts = language.facts(file, text);
  return facts.problems.length > 0 ? null : facts;
}

/** The elements of the list that a module exports; null when it is put together in a way that is not known. */
export function exportedList(facts: FileFacts): ValueId[] | null {
  const value = exported(facts);
  return value === null ? null : listOf(facts, value);
}

/** The value that a module exports as a whole; null for none or several. */
export function exported(facts: FileFacts): Value | null {
  const found = facts.exports.filter(({ name }) => name === 'default' || name === '=');
  const [only] = found;
  return found.length === 1 && only?.value != null ? plainValue(facts, only.value) : null;
}

export function listOf(facts: FileFacts, value: Value): ValueId[] | null {
  if (value.kind === 'array') return value.elements.map((one) => one.value);
  if (value.kind !== 'call' || !isListCall(facts, value.callee)) return null;
  const [first] = value.args;
  const inner = value.args.length === 1 && first && !first.spread ? facts.values[first.value] : undefined;
  if (inner?.kind === 'array') return inner.elements.map((one) => one.value);
  return value.args.length === 0 ? null : value.args.map((one) => one.value);
}

/** A constant that is given a value once stands for that value. */
function plainValue(facts: FileFacts, id: ValueId): Value | null {
  const value = facts.values[id];
  if (value?.kind === 'assign' && value.operator === '=') return plainValue(facts, value.value);
  if (value?.kind !== 'reference') return value ?? null;
  const local = facts.locals[value.local];
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === value.local);
  const [flow] = flows;
  const isPlain = local?.kind === 'const' && flows.length === 1 && flow?.part.kind === 'whole';
  return isPlain ? (facts.values[flow.value] ?? null) : null;
}

function isListCall(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee];
  if (value?.kind === 'member') {
    const [module, imported] = importOf(facts, value.object) ?? [];
    return LIST_CALLS.some(([from, name]) => from === module && name === value.name) && imported !== undefined;
  }
  const found = importOf(facts, callee);
  return found !== null && LIST_CALLS.some(([from, name]) => from === found[0] && name === found[1]);
}

function importOf(facts: FileFacts, id: ValueId): [string, string] | null {
  const value = facts.values[id];
  const index = value?.kind === 'reference' ? facts.locals[value.local]?.import : null;
  const found = index === null || index === undefined ? undefined : facts.imports[index];
  return found ? [found.specifier, found.imported] : null;
}

/** White space that the line of a place begins with, when the place is the first on its line. */
export function indentAt(text: string, offset: number): string | null {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*$/.test(line) ? line : null;
}

/** The text with an element behind the last one of a list. The list must have one: what an empty one is for is not known. */
export function withElement(text: string, last: Pick<Value, 'span'>, print: (indent: string) => string): string {
  const indent = indentAt(text, last.span.start) ?? '  ';
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const element = print(indent).replaceAll('\n', line);
  return `${text.slice(0, last.span.end)},${line}${indent}${element}${text.slice(last.span.end)}`;
}

/** The text with another element in the place of one. */
export function withOther(text: string, old: Value, print: (indent: string) => string): string {
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const element = print(indentAt(text, old.span.start) ?? '  ').replaceAll('\n', line);
  return text.slice(0, old.span.start) + element + text.slice(old.span.end);
}
