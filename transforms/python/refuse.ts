/** How a transform says no: a code, a sentence, and the place. */

import type { RefusalCode, TransformResult } from '../../src/model/change.js';
import { lineAt } from './node.js';

export type Refusal = Extract<TransformResult, { ok: false }>;

/** Refuses at an offset of the text; `at` becomes `file:line`. */
export function refuse(
  code: RefusalCode,
  message: string,
  where: { file: string; text: string },
  offset: number,
): Refusal {
  return { ok: false, reason: { code, message, at: `${where.file}:${lineAt(where.text, offset)}` } };
}
