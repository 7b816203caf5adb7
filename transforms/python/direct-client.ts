/** `client = redis.Redis(host=…, db=1)` in a function or an argument: the opening becomes a call of the accessor. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const directClient: Transform = (source, instructions) => followInstructions(source, instructions, () => null);
