/** Is what handles errors still there? */

import type { FileChange, Instruction, Unit } from '../model/change.js';
import type { Block, FileFacts, Span } from '../model/facts.js';
import type { Reason } from '../model/site.js';

/** Instructions after which code is there no more: a `try` may be left with nothing to try. */
const TAKES_OUT: ReadonlySet<Instruction['kind']> = new Set([
  'drop-statement',
  'drop-holder',
  'collapse',
  'replace-mock',
]);

/**
 * Every `catch` and `except` that was there is there after the rewrite. One may go only with what it stands in, or where an
 * instruction takes out code that its `try` tries.
 */
export function handlerLost(
  change: FileChange,
  units: readonly Unit[],
  factsFor: (file: string, text: string) => FileFacts,
): Reason | null {
  const before = factsFor(change.file, change.before);
  const handlers = before.blocks.filter(({ kind }) => kind === 'catch');
  if (handlers.length === 0) return null;
  const gone = units.flatMap(({ changes }) =>
    changes.flatMap(({ file, instructions }) =>
      file === change.file ? instructions.filter(({ kind }) => TAKES_OUT.has(kind)).map(({ span }) => span) : [],
    ),
  );
  const kept = handlers.filter(
    (one) => !gone.some((span) => holds(span, one.span) || holds(triedBy(before, one), span)),
  );
  const after = factsFor(change.file, change.after).blocks.filter(({ kind }) => kind === 'catch');
  const [first] = kept;
  if (!first || after.length >= kept.length) return null;
  const line = change.before.slice(0, first.span.start).split('\n').length;
  const message = `${kept.length - after.length} of ${kept.length} handlers of errors would be lost`;
  return { code: 'handler-lost', message, at: `${change.file}:${line}` };
}

/** The block whose errors a handler catches: the last `try` before it in the same place. */
function triedBy({ blocks }: FileFacts, handler: Block): Span {
  const tried = blocks.filter(
    ({ kind, parent, scope, span }) =>
      kind === 'try' && parent === handler.parent && scope === handler.scope && span.end <= handler.span.start,
  );
  return tried.sort((a, b) => b.span.end - a.span.end)[0]?.span ?? { start: -1, end: -1 };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
