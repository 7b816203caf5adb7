/** `client = redis.Redis(…)` of a module: the name stays for all who import it, only the opening changes. */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

/** A bare `redis.Redis()` is kept in nothing: whatever the facts saw, it was not this. */
const isKept: PlaceCheck = (call, source) =>
  call.parent?.type === 'expression_statement'
    ? refuse('parser-disagreement', 'nothing keeps what this opening gives', source, call.start)
    : null;

export const moduleSingleton: Transform = (source, instructions) => followInstructions(source, instructions, isKept);
