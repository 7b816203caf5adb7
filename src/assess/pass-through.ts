/** Methods that do nothing but pass a command on: one statement that returns the client's own method with the same arguments. */

import type { CallValue, FileFacts, Param, ScopeId, Statement, ValueId } from '../model/facts.js';
import { functionAround } from './context.js';

/** What such a method sends. */
export interface PassThrough {
  /** Name of the client's method. */
  command: string;
  /** The call of it, in the facts of the method's file. */
  call: ValueId;
  /** What it is called on: a field of the object. */
  client: ValueId;
  /** In the order of the method's parameters. */
  params: Passed[];
}

interface Passed {
  name: string;
  by: 'position' | 'keyword' | 'rest';
}

/** What the function of a scope passes on; a text says why it does more or less than that. */
export function passThroughOf(facts: FileFacts, scope: ScopeId): PassThrough | string {
  const fn = facts.scopes[scope];
  if (fn?.form !== 'method' || fn.static === true || fn.generator === true) return 'it is no plain method';
  const around = fn.parent === null ? undefined : facts.scopes[fn.parent];
  if ((fn.decorators ?? []).length > 0) return 'it is decorated';
  if ((around?.decorators ?? []).length > 0) return 'its class is decorated';
  const own = facts.statements.filter((one) => functionAround(facts, one.scope) === scope && !isText(facts, one));
  const [only, ...others] = own;
  const returned = facts.flows.find(({ place }) => place.kind === 'return' && place.scope === scope);
  if (only?.kind !== 'return' || others.length > 0 || !returned)
    return 'it has more than one statement, or returns nothing';
  const value = facts.values[returned.value];
  const id = value?.kind === 'await' ? value.value : returned.value;
  const call = facts.values[id];
  const sent = call?.kind === 'call' ? commandOf(facts, call) : null;
  if (call?.kind !== 'call' || sent === null) return 'it returns something else than what a method of its client gives';
  const params = passedBy(facts, fn.params ?? [], call);
  return params === null ? 'it does not pass all of its parameters on as they are' : { ...sent, call: id, params };
}

/** A statement that is a text alone: what documents a Python function. */
function isText({ values, statements }: FileFacts, statement: Statement): boolean {
  if (statement.kind !== 'expression') return false;
  const id = statements.indexOf(statement);
  const own = values.filter((one) => one.statement === id);
  return own.every((one) => one.kind === 'literal' && typeof one.value === 'string');
}

/** The method of `this.client` that is called. */
function commandOf(
  { values }: FileFacts,
  { callee: id, optional, new: isNew }: CallValue,
): Pick<PassThrough, 'command' | 'client'> | null {
  const callee = values[id];
  if (callee?.kind !== 'member' || optional || callee.optional || isNew) return null;
  const client = values[callee.object];
  const self = client?.kind === 'member' ? values[client.object] : undefined;
  return self?.kind === 'this' && callee.name !== null ? { command: callee.name, client: callee.object } : null;
}

/** How each parameter reaches the call; null when one is changed, left out, moved or joined by something else. */
function passedBy(facts: FileFacts, params: readonly Param[], { args }: CallValue): Passed[] | null {
  if (args.length !== params.length) return null;
  const passed = params.map((param, index): Passed | null => {
    const arg = args[index];
    const value = arg && facts.values[arg.value];
    if (!arg || param.name === null || value?.kind !== 'reference' || value.local !== param.local) return null;
    if (param.rest !== arg.spread || arg.name === '**') return null;
    // A default of JavaScript also stands for an `undefined` that is given.
    if (param.default !== null && facts.language !== 'python') return null;
    if (arg.name !== null && arg.name !== param.name) return null;
    return { name: param.name, by: param.rest ? 'rest' : arg.name === null ? 'position' : 'keyword' };
  });
  return passed.every((one) => one !== null) ? passed : null;
}

/** Why the arguments of a call would not reach the command as they do through the method; null when they would. */
export function argumentsAgainst({ args }: CallValue, { params }: PassThrough): string | null {
  const positions = params.filter(({ by }) => by === 'position').length;
  const rest = params.some(({ by }) => by === 'rest');
  const keywords = params.flatMap(({ name, by }) => (by === 'keyword' ? [name] : []));
  const given = args.filter(({ name }) => name === null);
  const named = args.flatMap(({ name }) => name ?? []);
  if (given.some(({ spread }, index) => spread && index < positions))
    return 'what is spread into it may be any number of arguments';
  if (given.length < positions || (!rest && given.length > positions))
    return 'it gives more or fewer arguments than the method passes on';
  const same = named.length === keywords.length && named.every((name) => keywords.includes(name));
  return same ? null : 'it names arguments otherwise than the method passes them on';
}
