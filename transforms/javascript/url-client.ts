/** `new Redis(process.env.REDIS_URL)`: as `direct-client`; the address goes with the opening, so there must be one. */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { list } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

const hasAddress: PlaceCheck = ({ node }, source) =>
  list(node, 'arguments').length > 0
    ? null
    : refuse('parser-disagreement', 'an opening by URL without an argument', source, node.start);

export const urlClient: Transform = (_j, _root, source, instructions) =>
  followInstructions(source, instructions, hasAddress);
