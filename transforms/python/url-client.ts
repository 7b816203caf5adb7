/** `redis.from_url(REDIS_URL)`: as `direct-client`; the address goes with the opening, so there must be one. */

import { followInstructions, type PlaceCheck } from './follow-instructions.js';
import { child, parts } from './node.js';
import { refuse } from './refuse.js';
import type { Transform } from './transform.js';

const hasAddress: PlaceCheck = (call, source) => {
  const given = child(call, 'arguments');
  return given && parts(given).length > 0
    ? null
    : refuse('parser-disagreement', 'an opening by URL without an argument', source, call.start);
};

export const urlClient: Transform = (source, instructions) => followInstructions(source, instructions, hasAddress);
