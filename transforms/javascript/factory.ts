/**
 * `function createClient() { return new Redis(…) }`, memoised or not: name, parameters and callers stay, the opening
 * inside becomes a call of the accessor.
 */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { isFunction } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

const inFunction: PlaceCheck = ({ node, parents }, source) =>
  parents.some(isFunction)
    ? null
    : refuse('parser-disagreement', 'a factory is a function, and none is around this opening', source, node.start);

export const factory: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, inFunction);
