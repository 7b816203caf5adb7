/**
 * `def get_client(): return redis.Redis(…)`, memoised or not: name, parameters and callers stay, the opening inside
 * becomes a call of the accessor.
 */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { around, isFunction } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

const inFunction: PlaceCheck = (call, source) =>
  around(call).some(isFunction)
    ? null
    : refuse('parser-disagreement', 'a factory is a function, and none is around this opening', source, call.start);

export const factory: Transform = (source, instructions) => followInstructions(source, instructions, inFunction);
