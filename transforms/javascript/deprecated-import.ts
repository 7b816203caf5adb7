/** `import { a, b } from './old'`: each name moves by itself. The instruction says which, and to where. */

import { followInstructions } from './follow-instructions.js';
import type { Transform } from './transform.js';

export const deprecatedImport: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, () => null);
