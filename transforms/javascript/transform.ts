import type { Collection, JSCodeshift } from 'jscodeshift';
import type { Instruction, TransformResult } from '../../src/model/change.js';
import type { Source } from './source.js';

/**
 * A jscodeshift transform that answers in text edits instead of a printed tree. `root` is the collection over the tree
 * of the original text, `source` that text with what is known of its names.
 */
export type Transform = (
  j: JSCodeshift,
  root: Collection,
  source: Source,
  instructions: Instruction[],
) => TransformResult;
