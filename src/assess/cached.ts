/** Clients that only read and write cached values: their calls can go through the accessor's interface for them. */

import { CACHE_COMMANDS, type CacheCommand, type CachePart } from '../libraries/cache-commands.js';
import type { CacheInterface } from '../model/config.js';
import type { Argument, CallValue, FileFacts, Value, ValueId } from '../model/facts.js';
import type { KeptArgument } from '../model/instructions.js';
import type { Known } from '../model/known.js';
import { isPlainText } from './cached-text.js';
import type { Context } from './context.js';
import { soleStatement } from './function-order.js';
import { matches } from './globs.js';
import type { Asked } from './holder.js';
import type { Placed } from './hook-closers.js';
import { usersOf } from './parts.js';
import { atOf, type Obstacle, type Reading } from './takers.js';

/** The interface that the configuration asks for in the file of an opening; null: none. */
export function cacheFor(context: Context, { opening, role, accessor }: Asked): CacheInterface | null {
  const cache = accessor.contract.cache;
  const asked = role === 'command' && context.config.caches.some((glob) => matches(glob, opening.file));
  return cache && asked && accessor.library === opening.library ? cache : null;
}

/** One command of a cache, and what its arguments are. */
interface Sent {
  command: CacheCommand;
  call: ValueId;
  parts: Map<CachePart, Argument>;
}

/** What every reading of the client becomes; else the first that is no plain read or write of a cached value. */
export function cachedCalls(
  context: Context,
  asked: Asked,
  cache: CacheInterface,
  readings: readonly Reading[],
): Placed[] | Obstacle {
  const changes: Placed[] = [];
  for (const reading of readings) {
    const { facts } = reading;
    const stays = (why: string): Obstacle => ({ why, at: atOf(facts, reading.span.start) });
    const sent = sentBy(asked, reading);
    if (typeof sent === 'string') return stays(sent);
    const against = valueAgainst(context, asked, facts, sent);
    if (against !== null) return stays(against);
    const args = argumentsFor(facts, cache, sent);
    if (args === null) return stays('its arguments would be computed in another order');
    const { span } = facts.values[sent.call] as Value;
    const inside = readings.some((one) => one !== reading && one.facts === facts && within(one.span, args));
    if (inside) return stays('one of its arguments reads the client too');
    const method = cache[sent.command.does];
    const use = { ...asked.use(facts.file), name: cache.from, awaited: false };
    changes.push({ file: facts.file, instruction: { kind: 'send-cached', span, use, method, args } });
  }
  return changes;
}

function within({ start, end }: Reading['span'], args: readonly KeptArgument[]): boolean {
  return args.some(({ span }) => span.start <= start && end <= span.end);
}

/** The command that a reading is the client of, or why it is none. */
function sentBy({ opening }: Asked, { facts, value: id }: Reading): Sent | string {
  const [member, ...others] = usersOf(facts, id);
  const read = member === undefined ? undefined : facts.values[member];
  if (read?.kind !== 'member' || read.object !== id || read.name === null || others.length > 0 || read.optional)
    return 'it is used for more than commands';
  const [callId] = usersOf(facts, member as ValueId);
  const call = callId === undefined ? undefined : facts.values[callId];
  const command = CACHE_COMMANDS[opening.library]?.[read.name];
  if (callId === undefined || call?.kind !== 'call' || call.callee !== member || call.optional)
    return `\`${read.name}\` is not called there`;
  if (!command) return `the interface has no \`${read.name}\``;
  const parts = partsOf(facts, call, command);
  if (parts === null) return `\`${read.name}\` has arguments that the interface does not take`;
  // What a write answers is not what the interface does.
  const unused = command.does === 'get' || soleStatement(facts, callId) !== null;
  return unused ? { command, call: callId, parts } : `what \`${read.name}\` answers is used`;
}

/** What each argument is, where the call has a form that the interface has too. */
function partsOf(facts: FileFacts, { args }: CallValue, { forms, keywords }: CacheCommand): Sent['parts'] | null {
  if (args.some(({ spread, name }) => spread || name === '**')) return null;
  const given = args.filter(({ name }) => name === null);
  for (const form of forms) {
    const parts = new Map<CachePart, Argument>();
    const fits = given.every((one, index) => put(facts, parts, form[index], one));
    const named = args.every((one) => one.name === null || put(facts, parts, keywords[one.name], one));
    const whole = form.every((part, index) => parts.has(part) || (index < given.length && part.startsWith('=')));
    if (given.length <= form.length && fits && named && whole) return parts;
  }
  return null;
}

function put(facts: FileFacts, parts: Sent['parts'], part: CachePart | undefined, one: Argument): boolean {
  if (part === undefined || parts.has(part)) return false;
  if (!part.startsWith('=')) {
    parts.set(part, one);
    return true;
  }
  const value = facts.values[one.value];
  return value?.kind === 'literal' && typeof value.value === 'string' && `=${value.value.toUpperCase()}` === part;
}

/** A value that the interface would not keep as the client does. */
function valueAgainst(context: Context, { opening }: Asked, facts: FileFacts, { call, parts }: Sent): string | null {
  if (facts.language !== 'python') {
    // ioredis takes bytes and numbers as well; what is kept in the process would be given back as they are.
    const other = [parts.get('key'), parts.get('value')].find((one) => one && !isPlainText(facts, one.value));
    return other ? 'a key or a value may be something else than text' : null;
  }
  const ttl = parts.get('ttl');
  if (!ttl) return null;
  const index = (facts.values[call] as CallValue).args.indexOf(ttl);
  const used = (context.uses.get(facts.file) ?? []).find((one) => one.opening === opening && one.use.value === call);
  const isKnown = ttl.name === null && isNumber(used?.use.args[index]);
  return isKnown || isTypedNumber(facts, ttl.value) ? null : 'its time to live may be no number of seconds';
}

function isNumber(known: Known | undefined): boolean {
  if (known?.kind === 'literal') return typeof known.value === 'number';
  if (known?.kind === 'converted') return known.by === 'int' || known.by === 'float';
  if (known?.kind === 'parameter') return known.given !== undefined && isNumber(known.given);
  return known?.kind === 'choice' && known.of.every(isNumber);
}

function isTypedNumber(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.kind === 'literal') return typeof value.value === 'number';
  const local = value?.kind === 'reference' ? facts.locals[value.local] : undefined;
  if (local?.type?.text !== 'int' && local?.type?.text !== 'float') return false;
  return !facts.flows.some(({ place, value: held }) => {
    const set = place.kind === 'local' && value?.kind === 'reference' && place.local === value.local;
    const literal = facts.values[held];
    return set && literal?.kind === 'literal' && typeof literal.value !== 'number';
  });
}

/** The arguments in the order of the interface; null where that order would compute them otherwise. */
function argumentsFor(facts: FileFacts, cache: CacheInterface, { command, parts }: Sent): KeptArgument[] | null {
  const of = (part: CachePart, keyword: string | null): KeptArgument[] => {
    const one = parts.get(part);
    const span = one && facts.values[one.value]?.span;
    return span ? [{ span, keyword }] : [];
  };
  const key = of('key', null);
  const value = of('value', null);
  const ttl = of('ttl', cache.parameters?.ttl ?? null);
  const plain = [...key, ...value, ...ttl];
  if (command.does === 'get' || isOrdered(plain) || plain.filter((one) => !isStill(facts, one)).length < 2)
    return plain;
  const written = [...key, ...ttl, ...of('value', cache.parameters?.value ?? null)];
  return cache.parameters && isOrdered(written) ? written : null;
}

function isOrdered(args: readonly KeptArgument[]): boolean {
  return args.every(({ span }, index) => index === 0 || (args[index - 1]?.span.end ?? 0) <= span.start);
}

/** A literal or a name: whatever is computed beside it, it stays the same. */
function isStill({ values }: FileFacts, { span }: KeptArgument): boolean {
  const own = values.filter((one) => span.start <= one.span.start && one.span.end <= span.end);
  return own.every(({ kind }) => ['literal', 'reference', 'template', 'global'].includes(kind));
}
