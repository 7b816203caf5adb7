/** What runs while a module is imported: before the service has started. */

import type { FileFacts, ValueId } from '../model/facts.js';
import type { Opening } from '../model/traced.js';
import { type Context, factsOf, functionAround } from './context.js';

interface Place {
  file: string;
  value: ValueId;
}

/**
 * Whether an opening runs on import: it stands at the top level, or in a constructor or a factory that a module calls
 * there. What is opened later, by a method of an instance that was made on import, is not meant.
 */
export function opensOnImport(context: Context, opening: Opening, start: string): boolean {
  if (runsOnImport(context, opening, start)) return true;
  const { wrapperInstances, factoryCalls } = context.trace;
  const facts = factsOf(context, opening.file);
  const makes = facts !== null && isConstructor(facts, opening) ? wrapperInstances : factoryCalls;
  return makes.some((one) => one.openings.includes(opening.index) && runsOnImport(context, one, start));
}

/** At the top level of a module, and not behind its own call of the function that starts the accessor. */
export function runsOnImport(context: Context, { file, value }: Place, start: string): boolean {
  const facts = factsOf(context, file);
  const own = facts?.values[value];
  if (!facts || !own || functionAround(facts, own.scope) !== null) return false;
  return !context.trace.accessorCalls.some((call) => {
    const at = facts.values[call.value];
    if (call.file !== file || call.name !== start || !at) return false;
    return functionAround(facts, at.scope) === null && at.span.end <= own.span.start;
  });
}

function isConstructor(facts: FileFacts, { scope }: Opening): boolean {
  const around = functionAround(facts, scope);
  const fn = around === null ? undefined : facts.scopes[around];
  return fn?.form === 'constructor' || fn?.name === '__init__';
}
