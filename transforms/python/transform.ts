import type { Instruction, TransformResult } from '../../src/model/change.js';
import type { Source } from './source.js';

/**
 * A pattern's transform: it finds the nodes of the instructions and answers in text edits. `taken` are names of the file
 * that other files take from it.
 */
export type Transform = (source: Source, instructions: Instruction[], taken: ReadonlySet<string>) => TransformResult;
