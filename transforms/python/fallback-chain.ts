/** A condition that decides between openings of one database: one call of the accessor stands for all of them. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const fallbackChain: Transform = (source, instructions) => followInstructions(source, instructions, () => null);
