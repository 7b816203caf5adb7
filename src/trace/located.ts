/** Where a call stands, as every row of the inventory needs it. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { FollowedClient } from '../model/traced.js';
import type { Program } from './program.js';

type Located = Pick<FollowedClient, 'file' | 'value' | 'span' | 'at' | 'endLine' | 'endColumn' | 'symbol' | 'digest'>;

/** Place, names around it, and digest of a call. */
export function located(program: Program, file: number, value: ValueId, call: CallValue): Located {
  const end = program.at(file, call.span.end);
  return {
    file: program.file(file).facts.file,
    value,
    span: call.span,
    at: program.at(file, call.span.start),
    endLine: end.line,
    endColumn: end.column,
    symbol: program.symbol(file, call.scope),
    digest: call.digest,
  };
}
