/** Where the first import of a file belongs: behind shebang, coding line, licence, docstring and `from __future__`. */

import { nextLine } from '../lines.js';
import { parts } from '../node.js';
import type { Source } from '../source.js';

/** Offset of the line at which imports may begin. */
export function headerEnd({ text, module, comments }: Source): number {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const [first] = parts(module);
  for (const comment of comments) {
    if (first && comment.start > first.start) break;
    // A comment that touches the first statement is that statement's own, unless it is for the whole file.
    const behind = nextLine(text, comment.end);
    const ofFile = /^#!|coding[:=]|licen[cs]e|copyright|SPDX/i.test(text.slice(comment.start, comment.end));
    if (!ofFile && !/^[ \t]*\r?\n/.test(text.slice(behind))) continue;
    at = behind;
  }
  for (const [index, statement] of parts(module).entries()) {
    const docstring =
      index === 0 && statement.type === 'expression_statement' && parts(statement)[0]?.type === 'string';
    if (!docstring && statement.type !== 'future_import_statement') break;
    at = nextLine(text, statement.end);
  }
  return at;
}
