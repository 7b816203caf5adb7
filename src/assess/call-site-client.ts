/** The client behind a method that only passes a command on: whether the accessor's object sends to the same one. */

import { PRESETS } from '../accessors/index.js';
import { redisLibrary } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { ValueId } from '../model/facts.js';
import type { MadeAt } from '../model/method-call.js';
import type { Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import type { Context } from './context.js';
import { placeOf } from './known.js';
import { takesNothing } from './one-database.js';
import { isAccessorFile } from './reach.js';
import { reason, verdictOf } from './reasons.js';
import type { Judgement } from './verdict.js';

/** Commands that begin something on the client or change its connection: their answer is no reply to one command. */
const NO_PLAIN_COMMANDS = new Set([
  ...['multi', 'exec', 'discard', 'pipeline', 'select', 'auth', 'hello', 'reset', 'quit', 'client', 'shutdown'],
  ...['subscribe', 'psubscribe', 'ssubscribe', 'unsubscribe', 'punsubscribe', 'sunsubscribe', 'monitor', 'pubsub'],
  ...['watch', 'unwatch', 'asking', 'readonly', 'readwrite', 'client_reply', 'client_setname', 'client_tracking'],
]);

/** What a method sends: the command, the call of it, and the calls that fill the field with its client. */
export interface Sent {
  file: string;
  call: ValueId;
  command: string;
  from: MadeAt[] | null;
}

/** The one client that the method has, when it is the accessor's or may become that; else why not. */
export function clientOf(
  context: Context,
  { file, call, command, from }: Sent,
  accessor: Accessor,
  judgements: readonly Judgement[],
): { judgement: Judgement | null; reasons: Reason[] } {
  const used = (context.uses.get(file) ?? []).filter(({ use }) => use.value === call);
  const [first, ...others] = new Set(used.map(({ opening }) => opening));
  const stays = (why: string) => ({ judgement: null, reasons: [reason('call-site-client', { why })] });
  if (!first) return stays('which client the class holds is not known');
  if (others.length > 0) return stays('the class may hold several clients');
  if (!from?.every((one) => isOpening(one, first) || isPlainCall(context, one)))
    return stays('the class may hold something else');
  const isOther = accessor.language === 'python' && first.mode !== 'sync';
  if (isOther) return stays('it is one of asyncio, and what sends commands is not');
  if (!isCommand(first, command)) return stays(`\`${command}\` is no command that gives one reply`);
  const judgement = judgements.find(({ opening }) => opening === first) ?? null;
  if (isAccessorFile(context, first.file)) {
    return first.file === accessor.file ? { judgement, reasons: [] } : stays('it is that of another accessor');
  }
  const verdict = judgement ? verdictOf(judgement.reasons) : 'keep';
  if (judgement === null || verdict === 'keep') return stays(`its opening at ${placeOf(first.at)} stays`);
  if (judgement.found.role !== 'command') return stays(`its role is ${judgement.found.role}`);
  if (!isDefaultDatabase(context, accessor, judgement))
    return stays(`its database is ${judgement.database?.name}, and that of the object is another`);
  const differs = verdict === 'review' ? [reason('call-site-client-differs', { opening: placeOf(first.at) })] : [];
  return { judgement, reasons: differs };
}

function isOpening(made: MadeAt, { file, value }: Opening): boolean {
  return made.file === file && made.value === value;
}

/** A call of the accessor that asks for nothing of its own. */
function isPlainCall({ trace }: Context, made: MadeAt): boolean {
  const call = trace.accessorCalls.find(({ file, value }) => file === made.file && value === made.value);
  return call !== undefined && call.args.length === 0 && Object.keys(call.keywords).length === 0;
}

function isCommand({ library }: Opening, command: string): boolean {
  const known = redisLibrary(library);
  const name = command.replace(/Buffer$/, '');
  if (!known || NO_PLAIN_COMMANDS.has(name) || !(name in known.methods)) return false;
  const { closes, connects, handlers, harmless, duplicates, changes = [] } = known;
  return ![closes, connects, handlers, harmless, duplicates, changes].some((names) => names.includes(name));
}

/** The object takes no arguments: it is on the database that the accessor gives without any. */
function isDefaultDatabase(context: Context, accessor: Accessor, { database }: Judgement): boolean {
  if (context.databases.length < 2 || takesNothing(context, accessor)) return true;
  return database?.name === PRESETS[context.config.preset]?.call.defaults[accessor.contract.parameters.database];
}
