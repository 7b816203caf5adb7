/**
 * Strategies beside the default one. `inline`: a module-level client, or a function that gives one, goes, and all who read
 * it call the accessor. `adapter`: a class or function of the project keeps its name and signature and asks the accessor inside.
 */

import type { CacheInterface } from '../model/config.js';
import type { Reason } from '../model/site.js';
import { cachedCalls, cacheFor } from './cached.js';
import type { Context } from './context.js';
import { type Asked, type Holder, isReplaced } from './holder.js';
import { fieldHolder } from './holder-field.js';
import { functionHolder } from './holder-function.js';
import { lazyHolder } from './holder-lazy.js';
import { variableHolder } from './holder-variable.js';
import type { Placed } from './hook-closers.js';
import { readingObstacles } from './readings.js';
import { reason } from './reasons.js';
import type { Told } from './reasons-strategy.js';
import { isShared } from './roles.js';
import type { Obstacle, Reading } from './takers.js';

/** The changes of a strategy instead of those of the default one. */
export interface Moved {
  changes: Placed[];
  reasons: Reason[];
}

/** Reasons of the place of an opening that say nothing once the opening is gone from there. */
export const OF_THE_PLACE: ReadonlySet<string> = new Set([
  'accessor-es-module',
  'accessor-mode',
  'accessor-not-before',
  'accessor-unreachable',
  'import-cycle',
  'import-in-function',
]);

/** What the configured strategy makes of an opening; null: nothing, the default one holds. A reason alone says why. */
export function strategyFor(context: Context, asked: Asked): Moved | null {
  const { opening, role, others } = asked;
  if (!isShared(role) || opening.duplicates !== null) return null;
  // The body of a `with` over the client stays where it is.
  if (others.some(({ instruction: { kind } }) => kind === 'leave-with')) return null;
  const cache = cacheFor(context, asked);
  const cached = cache ? throughCache(context, asked, cache) : null;
  if (cached && cached.changes.length > 0) return cached;
  const moved = context.config.strategy === 'initialiser' ? null : throughAccessor(context, asked);
  return cached ? { changes: moved?.changes ?? [], reasons: [...cached.reasons, ...(moved?.reasons ?? [])] } : moved;
}

function throughAccessor(context: Context, asked: Asked): Moved | null {
  const { strategy } = context.config;
  const holder = holderFor(context, asked);
  if (holder === null) return null;
  const against = obstacleOf(context, asked, holder);
  if (against) return { changes: [], reasons: [refusal(strategy, holder.name, against)] };
  const readings = readingsOf(asked, holder);
  const calls = readings.map(({ facts: { file }, span }): Placed => {
    return { file, instruction: { kind: 'replace-reference', span, use: asked.use(file) } };
  });
  const told = toldOf(holder, readings);
  return {
    changes: changesFor(asked, holder, calls),
    reasons: [strategy === 'inline' ? reason('inlined', told) : reason('adapted', told)],
  };
}

/** Its calls read and write through the interface for cached values, and nothing holds the client any more; else why not. */
function throughCache(context: Context, asked: Asked, cache: CacheInterface): Moved {
  const stays = (name: string, { why, at }: Obstacle) => ({
    changes: [],
    reasons: [reason('cache-client', { name, why }, at)],
  });
  const { container, at, bound } = asked.opening;
  const member = () => lazyHolder(context, asked) ?? fieldHolder(context, asked);
  const holder = container === 'class-member' ? member() : variableHolder(context, asked);
  if (holder === null) return stays(bound ?? 'the client', { why: 'no field or variable alone holds it', at });
  const readings = readingsOf(asked, holder);
  const against = obstacleOf(context, asked, holder);
  const calls = against ?? cachedCalls(context, asked, cache, readings);
  if ('why' in calls) return stays(holder.name, calls);
  const told = { ...toldOf(holder, readings), from: cache.from, differs: cache.differs };
  return { changes: changesFor(asked, holder, calls), reasons: [reason('cache-interface', told)] };
}

/** What stands against taking the client from its holder; null: nothing. */
function obstacleOf(context: Context, asked: Asked, holder: Holder): Obstacle | null {
  const { mayReturnNone } = asked.accessor.contract;
  const nothing: Obstacle = { why: 'the accessor may return nothing', at: asked.opening.at };
  const obstacles = [
    ...(mayReturnNone ? [nothing] : []),
    ...holder.obstacles,
    ...readingObstacles(context, asked, holder),
  ];
  return obstacles.find(({ exported }) => exported) ?? obstacles[0] ?? null;
}

function readingsOf({ others }: Asked, { readings, drops }: Holder): Reading[] {
  return readings.filter((one) => !isReplaced(one, [...others, ...drops]));
}

function toldOf({ name }: Holder, readings: readonly Reading[]): Told {
  return { name, places: readings.length, files: new Set(readings.map(({ facts }) => facts.file)).size };
}

function changesFor({ others }: Asked, { drops }: Holder, calls: readonly Placed[]): Placed[] {
  return [...drops, ...calls, ...others.filter((one) => !isDropped(one, drops))];
}

function refusal(strategy: string, name: string, { why, at, exported }: Obstacle): Reason {
  if (exported) return reason('name-stays', { name, why }, at);
  // A class or function that holds a client of the accessor keeps its interface just as well.
  return strategy === 'adapter'
    ? reason('holder-stays', { name, why }, at)
    : reason('strategy-refused', { strategy, name, why }, at);
}

function holderFor(context: Context, asked: Asked): Holder | null {
  const { container } = asked.opening;
  if (context.config.strategy === 'inline' && container === 'module-singleton') return variableHolder(context, asked);
  if (container === 'factory') return functionHolder(context, asked);
  // A client that ends when the service does is not to be kept by a class: it asks each time.
  const asks = context.config.strategy === 'adapter' || asked.accessor.contract.notBefore !== null;
  return asks && container === 'class-member' ? fieldHolder(context, asked) : null;
}

/** It stands in what goes as a whole. */
function isDropped({ file, instruction: { span } }: Placed, drops: readonly Placed[]): boolean {
  return drops.some(
    ({ file: other, instruction: { span: own } }) => other === file && own.start <= span.start && span.end <= own.end,
  );
}
