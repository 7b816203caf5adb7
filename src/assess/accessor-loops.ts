/** Whether the shared asyncio clients of an accessor work in every event loop. */

import type { Accessor } from '../model/config.js';
import type { FileFacts, ValueId } from '../model/facts.js';
import { type Context, factsOf } from './context.js';

/** Functions of asyncio that give the loop of the caller. */
const RUNNING = new Set(['get_running_loop', 'get_event_loop']);
/** Methods of a mapping whose first argument is a key. */
const BY_KEY = new Set(['get', 'setdefault']);

/** What the contract says, else what the accessor's file does; the accessor that is assumed without a config is the scaffold. */
export function worksInAnyLoop(context: Context, accessor: Accessor): boolean {
  const { loops } = accessor.contract;
  if (loops !== undefined || context.assuming) return loops !== 'one';
  const facts = factsOf(context, accessor.file);
  return facts !== null && keepsByLoop(facts);
}

/** The running loop is a key of what is kept: `pools[loop]`, `clients.setdefault(loop, …)`. */
function keepsByLoop(facts: FileFacts): boolean {
  const isLoop = (id: ValueId | null) => id !== null && (isRunning(facts, id) || heldLoop(facts, id));
  return facts.values.some((value) => {
    if (value.kind === 'member') return isLoop(value.key);
    const callee = value.kind === 'call' ? facts.values[value.callee] : undefined;
    const [first] = value.kind === 'call' ? value.args : [];
    return callee?.kind === 'member' && BY_KEY.has(callee.name ?? '') && first !== undefined && isLoop(first.value);
  });
}

function isRunning(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const callee = value?.kind === 'call' ? facts.values[value.callee] : undefined;
  if (callee?.kind === 'member') return RUNNING.has(callee.name ?? '');
  return callee?.kind === 'reference' && RUNNING.has(facts.locals[callee.local]?.name ?? '');
}

function heldLoop(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.kind !== 'reference') return false;
  return facts.flows.some(
    ({ place, value: from }) => place.kind === 'local' && place.local === value.local && isRunning(facts, from),
  );
}
