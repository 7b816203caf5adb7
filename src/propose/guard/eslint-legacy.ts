/** `.eslintrc*` and `eslintConfig` of a package.json: an entry of `overrides` (https://eslint.org/docs/v8.x/use/configure/configuration-files). */

import { applyEdits, type ModificationOptions, modify, parse } from 'jsonc-parser';
import type { FileFacts, Value } from '../../model/facts.js';
import { exported, factsOf, listOf, withElement, withOther } from './config-text.js';
import type { Edited } from './eslint-flat.js';
import { eslintRules, SAME_RULES, type Types } from './eslint-rules.js';
import { printed } from './print.js';
import { type GuardScope, letPass } from './scope.js';

/** Our entry. `*` alone names no file that would not be linted without it. */
export function override(scope: GuardScope, types: Types, before: string | null = null): object {
  return { files: ['*'], excludedFiles: letPass(scope, before), rules: eslintRules(scope, types) };
}

/** Entries have no names: ours is known by what its messages say. */
const OURS = '(redis-migrate)';

/** Whether a configuration certainly has the plugin of typescript-eslint for every file. */
export function hasTypescriptRules(text: string): boolean {
  const outside = /["']?overrides["']?\s*:/.exec(text);
  const top = outside ? text.slice(0, outside.index) : text;
  return /["']plugin:@typescript-eslint\/|plugins["']?\s*:\s*\[[^\]]*["']@typescript-eslint["']/.test(top);
}

/** The text of a JSON file (comments stay) with our entry below `at`; else why a person must do it. */
export function editJson(text: string, at: readonly string[], scope: GuardScope, types: Types): Edited {
  const data = at.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), parse(text));
  if (!isRecord(data)) return { text: null, why: 'it is no JSON object' };
  const { overrides = [] } = data;
  if (!Array.isArray(overrides)) return { text: null, why: 'its `overrides` is no list' };
  const index = overrides.findIndex((one) => JSON.stringify(one).includes(OURS));
  const rest = { ...data, overrides: overrides.filter((_, place) => place !== index) };
  if (SAME_RULES.test(JSON.stringify(rest))) return { text: null, why: SAME };
  const place = index < 0 ? overrides.length : index;
  const before = index < 0 ? null : JSON.stringify(overrides[index]);
  const options: ModificationOptions = { formattingOptions: formatOf(text) };
  const path = [...at, 'overrides'];
  const edits =
    'overrides' in data
      ? modify(text, [...path, place], override(scope, types, before), { ...options, isArrayInsertion: index < 0 })
      : modify(text, path, [override(scope, types)], options);
  return { text: applyEdits(text, edits), why: null };
}

const SAME = 'it sets the same rules itself, and the later one would replace the other';

function formatOf(text: string): NonNullable<ModificationOptions['formattingOptions']> {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a module that exports one object, with our entry in it; else why a person must do it. */
export async function editModule(file: string, text: string, scope: GuardScope, types: Types): Promise<Edited> {
  const facts = await factsOf(file, text);
  const overrides = facts && overridesOf(facts);
  if (!facts || !overrides)
    return { text: null, why: 'what it exports is put together in a way that is not known here' };
  const { list, entries } = overrides;
  const elements = list.flatMap((id) => facts.values[id] ?? []);
  const ours = elements.find(({ span }) => text.slice(span.start, span.end).includes(OURS));
  const rest = ours ? text.slice(0, ours.span.start) + text.slice(ours.span.end) : text;
  if (SAME_RULES.test(rest)) return { text: null, why: SAME };
  const before = ours ? text.slice(ours.span.start, ours.span.end) : null;
  const print = (indent: string) => printed(override(scope, types, before), indent);
  const last = elements.at(-1) ?? entries;
  if (!last) return { text: null, why: 'its object is empty' };
  const whole = (indent: string) => `overrides: ${printed([override(scope, types)], indent)}`;
  const edited = ours ? withOther(text, ours, print) : withElement(text, last, elements.length > 0 ? print : whole);
  const after = await factsOf(file, edited);
  const found = (after && overridesOf(after)?.list) ?? [];
  return found.length === elements.length + (ours ? 0 : 1)
    ? { text: edited, why: null }
    : { text: null, why: 'an entry behind the last one would not be one of `overrides`' };
}

/** The list of `overrides`, and the last entry of the object; null when either is not plainly there. */
function overridesOf(facts: FileFacts): { list: number[]; entries: Pick<Value, 'span'> | undefined } | null {
  const value = exported(facts);
  if (value?.kind !== 'object' || value.entries.some(({ key }) => key === null)) return null;
  const last = value.entries.at(-1);
  const own = value.entries.find(({ key }) => key === 'overrides');
  if (!own) return { list: [], entries: last };
  const inner = facts.values[own.value];
  const list = inner && listOf(facts, inner);
  return list && list.length > 0 ? { list, entries: last } : null;
}
