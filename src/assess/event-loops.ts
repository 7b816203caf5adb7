/** asyncio clients and the event loops of their code: what is shared must be used in one loop only, unless the accessor has a client for each. */

import type { Accessor } from '../model/config.js';
import type { LoopStart } from '../model/event-loop.js';
import type { Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { worksInAnyLoop } from './accessor-loops.js';
import { type Context, zoneOf } from './context.js';
import { isAccessorFile } from './reach.js';
import { reason } from './reasons.js';
import { isShared, type RoleFound, roleOf } from './roles.js';

/**
 * Why an asyncio client must not become the accessor's shared one. Nothing where its clients work in any loop, and for roles that get a client of their own.
 */
export function loopReasons(context: Context, opening: Opening, { role }: RoleFound, accessor: Accessor): Reason[] {
  if (opening.mode !== 'async' || !isShared(role) || worksInAnyLoop(context, accessor)) return [];
  const loops = opening.loops ?? [];
  if (zoneOf(context, opening.file) === 'test') return loops.slice(0, 1).map((one) => severalLoops(one));
  const own = loops.filter(({ test }) => !test);
  const many = own.find(({ runs }) => runs === 'many');
  if (many) return [severalLoops(many)];
  const unknown = own.find(({ runs }) => runs === 'unknown');
  if (unknown) return [reason('loops-unknown', { by: unknown.by, why: unknown.why }, unknown.at)];
  const rival = own.length > 0 ? rivalOf(context, own) : undefined;
  if (rival) return [reason('several-loops', { by: rival.by, why: 'the same program starts another loop' }, rival.at)];
  const served = own.map((one) => servedBeside(context, one)).find((why) => why !== undefined);
  if (served && own[0]) return [reason('loops-unknown', { by: own[0].by, why: served }, own[0].at)];
  const [test] = loops.filter((one) => one.test);
  // What is made once per process is in these tests' loops today.
  return test && !opening.once ? [reason('loops-in-tests', { by: test.by }, test.at)] : [];
}

function severalLoops({ by, why, at }: LoopStart): Reason {
  return reason('several-loops', { by, why }, at);
}

/** Another start in the file of one of these, for a client that would share the accessor's. */
function rivalOf({ trace }: Context, own: readonly LoopStart[]): LoopStart | undefined {
  const all = trace.openings.flatMap(({ loops = [] }) => loops).filter(({ runs, test }) => runs === 'once' && !test);
  return all.find((other) => own.some((one) => one.at.file === other.at.file && isOther(one, other)));
}

/** Of a program with commands a process runs one. */
function isOther(one: LoopStart, other: LoopStart): boolean {
  if (one.command || other.command) return false;
  return one.at.line !== other.at.line || one.at.column !== other.at.column;
}

/**
 * A client in the file of a start that no start is seen to run, in words: what asks it may be a server (`asyncio.run(warm())`
 * above the routes of an application), whose loop comes when that of the start has ended.
 */
function servedBeside(context: Context, start: LoopStart): string | undefined {
  if (start.command) return undefined;
  const other = context.trace.openings.find(
    (one) =>
      one.file === start.at.file &&
      one.mode === 'async' &&
      one.loops?.some(({ test }) => !test) !== true &&
      isShared(roleOf(one, context.trace.openings).role) &&
      !isAccessorFile(context, one.file),
  );
  return other && `what uses the client of line ${other.at.line} may run in the loop of a server`;
}
