/** What comments say to us: directives, and whether a tool wrote the file. */

import type { Directive } from '../../../model/facts.js';
import { lineOf } from './lines.js';

interface Comment {
  start: number;
  end: number;
}

const IGNORE = /^[\s/*]*redis-migrate-ignore(?::[ \t]*(.*?))?[ \t]*(?:\*\/)?[ \t]*$/m;
const GENERATED = /@generated|do not edit/i;
/** A header that says so stands at the very top. */
const HEADER_LINES = 5;

function stripBraces(text: string): string {
  return text.replace(/^\s*\{?\s*/, '').replace(/\s*\}?\s*$/, '');
}

/** Directives in the comments of `text` (offsets count its BOM). A directive of several lines holds from its last one. */
export function readDirectives(text: string, lineStarts: number[], comments: Comment[]): Directive[] {
  if (!text.includes('redis-migrate-ignore')) return [];
  const found: Directive[] = [];
  for (const { start, end } of comments) {
    const match = IGNORE.exec(text.slice(start, end));
    if (!match) continue;
    const first = lineOf(lineStarts, start);
    const last = lineOf(lineStarts, end - 1);
    const before = text.slice(lineStarts[first - 1], start).replace(/^\uFEFF/, '');
    const after = text.slice(end, lineStarts[last] ?? text.length);
    // `{/* … */}` is how JSX writes a comment on a line of its own.
    const alone = stripBraces(before) === '' && stripBraces(after) === '';
    found.push({ kind: 'ignore', reason: (match[1] ?? '').trim(), line: last, alone });
  }
  return found;
}

/** True when a comment in the first lines says that the file is generated. */
export function isGenerated(text: string, lineStarts: number[], comments: Comment[]): boolean {
  const limit = lineStarts[HEADER_LINES] ?? text.length;
  return comments.some(({ start, end }) => start < limit && GENERATED.test(text.slice(start, Math.min(end, limit))));
}
