/** `self.redis = redis.Redis(…)`, lazy or not, and members of the class itself: the member keeps its name and its users. */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { around } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

const inClass: PlaceCheck = (call, source) =>
  around(call).some(({ type }) => type === 'class_definition')
    ? null
    : refuse('parser-disagreement', 'no class is around this opening', source, call.start);

export const classMember: Transform = (source, instructions) => followInstructions(source, instructions, inClass);
