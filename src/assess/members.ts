/** What a use of a client's member is, by the library table. */

import { redisLibrary } from '../libraries/index.js';
import type { MethodFact, RedisLibrary } from '../model/library.js';
import type { ClientUse, Known, Opening } from '../model/traced.js';
import { textOf } from './known.js';

/** A use and what it is. */
export interface Judged {
  use: ClientUse;
  member: Member;
}

export type MemberKind = 'closes' | 'connects' | 'handler' | 'harmless' | 'changes' | 'command' | 'dynamic' | 'unknown';

export interface Member {
  kind: MemberKind;
  /** Name without `Buffer`, lower-case: as in the table. Empty when it is computed. */
  name: string;
  fact: MethodFact | null;
  /** Arguments behind the command name, where that is one (`call('get', key)`). */
  args: Known[];
  /** Whether the condition of the fact holds, when it has one. */
  condition: 'yes' | 'no' | 'perhaps';
}

/** Classifies a use. `defined` are the names of the client's own commands (`defineCommand`, option `scripts`). */
export function memberOf(opening: Opening, use: ClientUse, defined: ReadonlySet<string>): Member {
  const library = redisLibrary(opening.library);
  const written = use.member;
  const plain: Member = {
    kind: 'unknown',
    name: (written ?? '').toLowerCase(),
    fact: null,
    args: use.args,
    condition: 'yes',
  };
  if (use.forwards) return { ...plain, kind: 'harmless' };
  if (library === null || written === null) return { ...plain, kind: 'dynamic' };
  if (use.kind === 'write') return { ...plain, kind: 'changes' };
  const listed = use.chained && library.queued?.includes(written) ? 'harmless' : listedKind(library, written);
  if (use.chained && listed === 'harmless') return { ...plain, kind: listed };
  const fact = factOf(library, plain.name);
  if (listed !== null) return { ...plain, kind: listed, fact };
  if (fact === null) return { ...plain, kind: defined.has(plain.name) ? 'command' : 'unknown' };
  if (fact.commandArgument) return named(library, plain, fact);
  return {
    ...plain,
    kind: 'command',
    fact,
    condition: use.kind === 'call' ? conditionOf(fact, use.args) : unread(fact),
  };
}

function listedKind(library: RedisLibrary, written: string): MemberKind | null {
  const ending = library.endings.find((one) => written.toLowerCase().endsWith(one));
  return exactKind(library, written) ?? (ending ? exactKind(library, written.slice(0, -ending.length)) : null);
}

function exactKind(library: RedisLibrary, member: string): MemberKind | null {
  if (library.closes.includes(member)) return 'closes';
  if (library.connects.includes(member)) return 'connects';
  if (library.handlers.includes(member)) return 'handler';
  if (library.changes?.includes(member)) return 'changes';
  return library.harmless.includes(member) || library.duplicates.includes(member) ? 'harmless' : null;
}

/**
 * What the members of a client that a use stands for are: the member itself, and the commands of a list that it takes.
 * A list that is not known may hold any command.
 */
export function membersOf(opening: Opening, use: ClientUse, defined: ReadonlySet<string>): Judged[] {
  const own = { use, member: memberOf(opening, use, defined) };
  const takes = redisLibrary(opening.library)?.takesCommands?.includes(use.member ?? '') ?? false;
  if (!takes || use.kind !== 'call') return [own];
  const chained = use.chained ?? (own.member.name === 'multi' ? 'multi' : 'pipeline');
  const listed = commandsIn(use.args[0]).map(({ name, args }): Judged => {
    const inner: ClientUse = { ...use, member: name, args, chained, wholeStatement: null };
    return { use: inner, member: memberOf(opening, inner, defined) };
  });
  return [own, ...listed];
}

/** Commands of a list of lists; a name of null: any. What is no list (options, a callback) gives none. */
function commandsIn(list: Known | undefined): { name: string | null; args: Known[] }[] {
  if (list === undefined) return [];
  if (list.kind === 'choice') return list.of.flatMap(commandsIn);
  if (list.kind === 'array') {
    return list.items.map((item) => {
      const [name, ...args] = item.kind === 'array' ? item.items : [];
      return { name: textOf(name), args };
    });
  }
  const may = ['unknown', 'parameter', 'config', 'converted', 'computed'].includes(list.kind);
  return may ? [{ name: null, args: [] }] : [];
}

/** The fact of a method, whatever its name ends in and however it is written: `getBuffer` is `get`. */
function factOf(library: RedisLibrary, name: string): MethodFact | null {
  const own = (key: string) => (Object.hasOwn(library.methods, key) ? (library.methods[key] ?? null) : null);
  const ending = library.endings.find((one) => name.endsWith(one));
  return own(name) ?? (ending ? own(name.slice(0, -ending.length)) : null) ?? own(name.replace(/[_-]/g, ''));
}

/** A method read as a value may be called with any arguments. */
function unread(fact: MethodFact): Member['condition'] {
  return fact.when ? 'perhaps' : 'yes';
}

/** `call('blpop', …)`, `sendCommand(['BLPOP', …])`: the command is an argument. */
function named(library: RedisLibrary, plain: Member, fact: MethodFact): Member {
  const [first, ...others] = plain.args;
  const words = first?.kind === 'array' ? first.items : [first, ...others];
  const name = textOf(words[0])?.toLowerCase() ?? null;
  if (name === null) return { ...plain, kind: 'dynamic', fact };
  const state = stateOf(library, name, words[1]);
  if (state === 'perhaps') return { ...plain, kind: 'dynamic', fact };
  if (state !== null) return { ...plain, kind: 'command', name, fact: state };
  const inner = Object.hasOwn(library.methods, name) ? library.methods[name] : undefined;
  const args = words.slice(1).flatMap((word) => word ?? []);
  if (!inner || inner.commandArgument) return { ...plain, kind: 'unknown', name };
  // A raw MULTI is no client-side queue.
  if (name === 'multi')
    return { ...plain, kind: 'command', name, fact: { role: 'transaction', use: 'transaction' }, args };
  return { ...plain, kind: 'command', name, fact: inner, args, condition: conditionOf(inner, args) };
}

/**
 * `execute_command('CLIENT', 'REPLY', 'OFF')`, or `'CLIENT REPLY'` in one: a command of two words whose method changes the
 * connection. `perhaps`: the second word is not known, and one of those that are possible does.
 */
function stateOf({ methods }: RedisLibrary, name: string, next: Known | undefined): MethodFact | 'perhaps' | null {
  const [first = '', inside] = name.split(/\s+/);
  const changing = Object.keys(methods).filter((key) => key.startsWith(`${first}_`) && methods[key]?.role);
  if (changing.length === 0) return null;
  const second = inside ?? (next === undefined ? '' : textOf(next)?.toLowerCase());
  if (second === undefined) return 'perhaps';
  const key = `${first}_${second.replaceAll('-', '_')}`;
  return changing.includes(key) ? (methods[key] ?? null) : null;
}

/** Whether the arguments fulfil the condition of a fact. */
export function conditionOf(fact: MethodFact, args: readonly Known[]): Member['condition'] {
  const { when } = fact;
  if (!when) return 'yes';
  if (when.key !== undefined) return anyOf(args.map((argument) => entryIs(argument, when.key ?? '', when.equals)));
  const words = [when.equals, ...(when.oneOf ?? [])].map((word) => String(word).toLowerCase());
  if (typeof when.argument === 'number')
    return args.length <= when.argument ? 'no' : isWord(args[when.argument], words);
  const row = inRow(
    args.flatMap(flat).filter((one) => when.orKey === undefined || one.kind !== 'object'),
    words,
    when.until,
    when.skip ?? {},
  );
  const { orKey } = when;
  return orKey === undefined ? row : anyOf([row, ...args.flatMap(flat).map((argument) => hasKey(argument, orKey))]);
}

/** Whether an options object has a key. */
function hasKey(argument: Known, key: string): Member['condition'] {
  if (argument.kind !== 'object') return 'no';
  const entry = argument.entries.findLast((one) => one.key === key);
  if (entry) return entry.value.kind === 'undefined' ? 'no' : 'yes';
  return argument.open ? 'perhaps' : 'no';
}

/** Words in a row of arguments, up to `until`; what a word of `skip` takes is no word. */
function inRow(
  args: readonly Known[],
  words: readonly string[],
  until: string | undefined,
  skip: Readonly<Record<string, number>>,
): Member['condition'] {
  let found: Member['condition'] = 'no';
  for (let index = 0; index < args.length; index += 1) {
    const text = textOf(args[index])?.toLowerCase() ?? null;
    if (text !== null && text === until) break;
    const is = isWord(args[index], words);
    if (is === 'yes') return 'yes';
    if (is === 'perhaps') found = 'perhaps';
    if (text !== null && Object.hasOwn(skip, text)) index += skip[text] ?? 0;
  }
  return found;
}

function isWord(argument: Known | undefined, words: readonly string[]): Member['condition'] {
  if (argument === undefined || argument.kind === 'undefined' || argument.kind === 'function') return 'no';
  const text = argument.kind === 'literal' ? String(argument.value) : textOf(argument);
  if (text === null) return 'perhaps';
  return words.includes(text.toLowerCase()) ? 'yes' : 'no';
}

function entryIs(argument: Known, key: string, equals: string | boolean): Member['condition'] {
  if (argument.kind === 'choice') return anyOf(argument.of.map((one) => entryIs(one, key, equals)));
  if (argument.kind === 'object') {
    const entry = argument.entries.findLast((one) => one.key === key);
    if (entry) return entry.value.kind === 'literal' ? (entry.value.value === equals ? 'yes' : 'no') : 'perhaps';
    return argument.open ? 'perhaps' : 'no';
  }
  return ['unknown', 'parameter', 'config', 'converted', 'computed'].includes(argument.kind) ? 'perhaps' : 'no';
}

function anyOf(conditions: readonly Member['condition'][]): Member['condition'] {
  if (conditions.includes('yes')) return 'yes';
  return conditions.includes('perhaps') ? 'perhaps' : 'no';
}

function flat(argument: Known): Known[] {
  return argument.kind === 'array' ? argument.items.flatMap(flat) : [argument];
}
