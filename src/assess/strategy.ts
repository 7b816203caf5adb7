/**
 * Strategies beside the default one. `inline`: a module-level client, or a function that gives one, goes, and all who read
 * it call the accessor. `adapter`: a class or function of the project keeps its name and signature and asks the accessor inside.
 */

import type { Reason } from '../model/site.js';
import type { Context } from './context.js';
import { type Asked, type Holder, isReplaced } from './holder.js';
import { fieldHolder } from './holder-field.js';
import { functionHolder } from './holder-function.js';
import { variableHolder } from './holder-variable.js';
import type { Placed } from './hook-closers.js';
import { readingObstacles } from './readings.js';
import { reason } from './reasons.js';
import { isShared } from './roles.js';
import type { Obstacle } from './takers.js';

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
  const { strategy } = context.config;
  const { opening, role } = asked;
  if (strategy === 'initialiser' || !isShared(role) || opening.duplicates !== null) return null;
  // The body of a `with` over the client stays where it is.
  if (asked.others.some(({ instruction: { kind } }) => kind === 'leave-with')) return null;
  const holder = holderFor(context, asked);
  if (holder === null) return null;
  const { mayReturnNone } = asked.accessor.contract;
  const nothing: Obstacle = { why: 'the accessor may return nothing', at: opening.at };
  const obstacles = [
    ...(mayReturnNone ? [nothing] : []),
    ...holder.obstacles,
    ...readingObstacles(context, asked, holder),
  ];
  const against = obstacles.find(({ exported }) => exported) ?? obstacles[0];
  if (against) return { changes: [], reasons: [refusal(strategy, holder.name, against)] };
  const readings = holder.readings.filter((one) => !isReplaced(one, [...asked.others, ...holder.drops]));
  const places = new Set(readings.map(({ facts }) => facts.file));
  const told = { name: holder.name, places: readings.length, files: places.size };
  return {
    changes: [
      ...holder.drops,
      ...readings.map(({ facts: { file }, span }): Placed => {
        return { file, instruction: { kind: 'replace-reference', span, use: asked.use(file) } };
      }),
      ...asked.others.filter((one) => !isDropped(one, holder.drops)),
    ],
    reasons: [strategy === 'inline' ? reason('inlined', told) : reason('adapted', told)],
  };
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
