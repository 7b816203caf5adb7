/** A call of a method that only passes a command on: the command goes through the accessor's own object. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const callSite: Transform = (source, instructions) => followInstructions(source, instructions, () => null);
