/** `eslint.config.*`: a list of configurations, of which ours is the last (https://eslint.org/docs/latest/use/configure/configuration-files). */

import type { FileFacts, Value } from '../../model/facts.js';
import { exportedList, factsOf, withElement, withOther } from './config-text.js';
import { eslintRules, SAME_RULES, type Types } from './eslint-rules.js';
import { printed } from './print.js';
import { type GuardScope, letPass } from './scope.js';

/** By it our element is found again. */
const NAME = 'redis-migrate/guard';

export type Edited = { text: string; why: null } | { text: null; why: string };

/** Our element. Without `files` it is for every file that another one names, so nothing else is linted because of it. */
export function flatBlock(scope: GuardScope, types: Types, indent: string, before: string | null = null): string {
  return printed({ name: NAME, ignores: letPass(scope, before), rules: eslintRules(scope, types) }, indent);
}

/** The text with our element, added or brought up to date; else why a person must do it. */
export async function editFlat(file: string, text: string, scope: GuardScope, types: Types): Promise<Edited> {
  const facts = await factsOf(file, text);
  const list = facts && exportedList(facts);
  if (!facts || !list) return refused('what it exports is put together in a way that is not known here');
  const elements = list.flatMap((id) => facts.values[id] ?? []);
  const ours = elements.find((one) => isOurs(facts, one));
  const rest = ours ? text.slice(0, ours.span.start) + text.slice(ours.span.end) : text;
  if (SAME_RULES.test(rest)) return refused('it sets the same rules itself, and the later one would replace the other');
  const last = elements.at(-1);
  if (!last) return refused('its list is empty');
  const before = ours ? text.slice(ours.span.start, ours.span.end) : null;
  const print = (indent: string) => flatBlock(scope, types, indent, before);
  const edited = ours ? withOther(text, ours, print) : withElement(text, last, print);
  return (await isSound(file, edited, elements.length + (ours ? 0 : 1)))
    ? { text: edited, why: null }
    : refused('an element behind the last one would not be one of the list');
}

function refused(why: string): Edited {
  return { text: null, why };
}

/** Whether the list has as many elements as it should, one of them ours. */
async function isSound(file: string, text: string, length: number): Promise<boolean> {
  const facts = await factsOf(file, text);
  const list = (facts && exportedList(facts)) ?? [];
  const elements = list.flatMap((id) => facts?.values[id] ?? []);
  return facts !== null && elements.length === length && elements.filter((one) => isOurs(facts, one)).length === 1;
}

function isOurs({ values }: FileFacts, value: Value): boolean {
  if (value.kind !== 'object') return false;
  return value.entries.some(({ key, value: id }) => {
    const name = values[id];
    return key === 'name' && name?.kind === 'literal' && name.value === NAME;
  });
}
