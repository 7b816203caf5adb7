import type { Instruction, TransformResult } from '../../src/model/change.js';
import type { Source } from './source.js';

/** A pattern's transform: it finds the nodes of the instructions and answers in text edits. */
export type Transform = (source: Source, instructions: Instruction[]) => TransformResult;
