/** Values that can hold nothing that is followed. */

import type { Value } from '../model/facts.js';

/** True for texts, numbers, comparisons and reads of the environment: no object ever is in their nodes, so nothing has to lead on from there. */
export function isPlain({ kind }: Value): boolean {
  return kind === 'literal' || kind === 'template' || kind === 'env' || kind === 'comparison';
}
