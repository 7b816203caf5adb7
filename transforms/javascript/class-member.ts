/**
 * `private redis = new Redis(…)`, `this.redis = new Redis(…)`, `static redis = new Redis(…)`: the member keeps its name,
 * type, modifiers and decorators.
 */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { isFunction } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

/** Constructor functions count: they are what classes were called before there were any. */
const inClass: PlaceCheck = ({ node, parents }, source) =>
  parents.some((around) => around.type === 'ClassBody' || around.type === 'AssignmentExpression' || isFunction(around))
    ? null
    : refuse('parser-disagreement', 'no class is around this opening', source, node.start);

export const classMember: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, inClass);
