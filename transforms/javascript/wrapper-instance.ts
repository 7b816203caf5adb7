/** `new RedisManager()`: the instance that all share, or a call of the function that gives it. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const wrapperInstance: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, () => null);
