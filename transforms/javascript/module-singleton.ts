/**
 * `export const redis = new Redis(…)`, also behind `globalThis` for hot reloads: the export keeps its name and its
 * idiom, only the opening changes.
 */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

/** A bare `new Redis();` is kept in nothing: whatever the facts saw, it was not this. */
const isKept: PlaceCheck = ({ node, parents }, source) =>
  parents[0]?.type === 'ExpressionStatement'
    ? refuse('parser-disagreement', 'nothing keeps what this opening gives', source, node.start)
    : null;

export const moduleSingleton: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, isKept);
