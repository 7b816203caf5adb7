/** A call of a method that only asks the accessor for a database by name: it can ask for itself. */

import { PRESETS } from '../accessors/index.js';
import type { Accessor } from '../model/config.js';
import type { CallValue, FileFacts } from '../model/facts.js';
import type { AccessorUse } from '../model/instructions.js';
import type { MethodCall, ReturnedCall } from '../model/method-call.js';
import type { Reason } from '../model/site.js';
import { type Context, factsOf, functionAround } from './context.js';
import { usersOf } from './parts.js';
import { accessorFor, accessorUse, closesCircle, reachReasons } from './reach.js';
import { reason } from './reasons.js';

/** What such a call becomes, as far as it is known. */
export interface AskedDatabase {
  reasons: Reason[];
  /** Null: it stays. */
  use: AccessorUse | null;
  database: string | null;
  mode: 'sync' | 'async';
}

/** Null where the method does something else than asking the accessor: then it is judged as one that sends a command. */
export function askedDatabaseOf(context: Context, call: MethodCall, facts: FileFacts): AskedDatabase | null {
  const { returns, runs } = call;
  const asked = context.trace.accessorCalls.find(({ file, value }) => file === runs?.file && value === returns?.value);
  if (!returns || !runs || !asked) return null;
  const language = facts.language === 'python' ? 'python' : 'javascript';
  const [accessor, ...others] = context.accessors.filter(
    (one) => one.language === language && one.name === asked.name && fits(context, one, returns),
  );
  const name = `${call.className}.${call.member}`;
  if (!accessor || others.length > 0) return stays(name, 'its arguments for the accessor are others than the database');
  const mode = accessor.contract.mode === 'sync' ? 'sync' : 'async';
  const serving = accessorFor(context, call.file, language, mode);
  if (serving !== accessor) return stays(name, 'another accessor serves this file');
  const { parameters } = accessor.contract;
  const database = returns.keywords[parameters.database] ?? defaultOf(context, parameters.database);
  const named = context.databases.find((one) => one.name === database);
  if (!named) return stays(name, `the configuration has no database \`${String(database)}\``);
  const value = facts.values[call.value] as CallValue;
  const waits =
    accessor.contract.mode === 'coroutine' || factsOf(context, runs.file)?.scopes[runs.scope]?.async === true;
  const isAwaited = usersOf(facts, call.value).some((by) => facts.values[by]?.kind === 'await');
  if (waits !== isAwaited)
    return stays(name, waits ? 'what it gives is not awaited here' : 'there is nothing to await');
  if (!call.sure || value.optional) return stays(name, 'something else may be called here');
  const args = [{ name: parameters.database, value: named.name }];
  const inside = language === 'python' && closesCircle(context, call.file, accessor);
  const use = accessorUse(context, call.file, accessor, accessor.name, args);
  const inFunction = functionAround(facts, value.scope) !== null;
  return {
    reasons: [
      reason('call-site-database', { name, accessor: accessor.name, database: named.name }),
      ...reachReasons(context, call.file, accessor, language === 'python' && inFunction),
      ...(accessor.contract.notBefore !== null && !inFunction
        ? [reason('accessor-not-before', { before: accessor.contract.notBefore })]
        : []),
    ],
    use: inside ? { ...use, inFunction: true } : use,
    database: named.name,
    mode,
  };
}

function stays(name: string, why: string): AskedDatabase {
  return { reasons: [reason('call-site-asks', { name, why })], use: null, database: null, mode: 'sync' };
}

/** The call has the arguments that every call of this accessor has, and none beside them but the database. */
function fits(context: Context, accessor: Accessor, { keywords }: ReturnedCall): boolean {
  const { arguments: always = {}, contract } = accessor;
  const given = Object.entries(keywords).filter(([key]) => key !== contract.parameters.database);
  const expected = (key: string) => always[key] ?? defaultOf(context, key);
  // `async_client=False`: what tells the two kinds of one function apart, and is left out for this one.
  const twins = context.accessors.filter((one) => one !== accessor && one.file === accessor.file && one.arguments);
  const isOther = (key: string, value: unknown) =>
    always[key] === undefined && twins.some((one) => typeof value === 'boolean' && one.arguments?.[key] === !value);
  return (
    given.every(([key, value]) => expected(key) === value || isOther(key, value)) &&
    Object.keys(always).every((key) => keywords[key] === always[key])
  );
}

function defaultOf(context: Context, key: string): string | number | boolean | undefined {
  return PRESETS[context.config.preset]?.call.defaults[key];
}
