/** What a parameter is, where every call of its function gives it the same. */

import type { Flow, LocalId, ScopeId, ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import type { CallPlace } from './call-index.js';
import type { Callers } from './callers.js';
import { withDefault } from './known.js';
import type { Program } from './program.js';

/** Name of the argument `**options` of Python. */
const MAPPING = '**';

export type Evaluate = (file: number, value: ValueId) => Known;

/** The one flow into a parameter: its declaration or its default; `several` where it is set elsewhere too. */
export function declaredBy(program: Program, file: number, scope: ScopeId, flows: readonly Flow[]) {
  const [flow, another] = flows;
  const defaults = program.scope(file, scope).params?.map((param) => param.default) ?? [];
  const sets = flow && !flow.declares && !defaults.includes(flow.value);
  return another || sets ? 'several' : flow;
}

/** The value that all calls give; null when they differ, one of them is not known, or there may be others. */
export function givenTo(
  program: Program,
  callers: Callers,
  { file, scope, local }: { file: number; scope: ScopeId; local: LocalId },
  evaluate: Evaluate,
): Known | null {
  const params = program.scope(file, scope).params ?? [];
  const index = params.findIndex((param) => param.local === local);
  const param = params[index];
  if (!param || param.rest) return null;
  const calls = callers.of(file, scope);
  if (calls === null) return null;
  const isPython = program.file(file).facts.language === 'python';
  const fallback = param.default === null ? null : evaluate(file, param.default);
  const given = (call: CallPlace): Known | null => {
    const { args } = program.value(call.file, call.value) as Extract<ReturnType<Program['value']>, { kind: 'call' }>;
    if (args.slice(0, index + 1).some(({ spread }) => spread)) return null;
    if (args.some(({ name }) => name === MAPPING)) return null;
    const positional = args[index]?.name === null ? args[index] : undefined;
    const argument = args.find(({ name }) => name !== null && name === param.name) ?? positional;
    if (!argument) return fallback ?? { kind: 'undefined', at: program.at(call.file, 0) };
    const known = evaluate(call.file, argument.value);
    // A default of Python stands for an argument that is not there, one of JavaScript for undefined as well.
    const mayBeUndefined = ['undefined', 'env', 'config', 'choice', 'parameter'].includes(known.kind) && !isPython;
    return fallback !== null && mayBeUndefined ? withDefault(known, fallback, known.at) : known;
  };
  return onlyOne(calls, given);
}

/** What all calls give; null when they differ. Those behind a difference are not asked: there can be hundreds. */
function onlyOne(calls: readonly CallPlace[], given: (call: CallPlace) => Known | null): Known | null {
  let first: { known: Known; text: string } | null = null;
  let isSure = true;
  for (const call of calls) {
    const known = given(call);
    if (known === null) return null;
    // What is not known yet may be when more files are there: the others are asked, so that those are found.
    if (!isKnown(known)) isSure = false;
    else if (first === null) first = { known, text: textOf(known) };
    else if (first.text !== textOf(known)) return null;
  }
  return isSure && first !== null ? first.known : null;
}

/** Whether nothing in a value depends on more than the environment and settings. */
function isKnown(known: Known): boolean {
  switch (known.kind) {
    case 'unknown':
      return false;
    case 'parameter':
      return known.given !== undefined;
    case 'object':
      return !known.open && known.entries.every(({ value }) => isKnown(value));
    case 'choice':
      return known.test !== undefined && known.of.every(isKnown);
    case 'template':
      return known.parts.every(isKnown);
    default:
      return true;
  }
}

/** Equal values have equal texts, wherever they are written. */
function textOf(known: Known): string {
  return JSON.stringify(known, (key, value) => (key === 'at' ? undefined : value));
}
