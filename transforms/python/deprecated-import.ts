/** `from old.module import A, b`: each name moves by itself. The instruction says which, and to where. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const deprecatedImport: Transform = (source, instructions, taken) =>
  followInstructions(source, instructions, () => null, taken);
