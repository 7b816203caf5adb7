/** Are the openings that were planned gone, and would a second run find them again? */

import type { FileChange, Unit } from '../model/change.js';
import type { FileFacts, Span } from '../model/facts.js';
import type { Reason } from '../model/site.js';

/**
 * Calls are compared by digest, which survives that lines move. Each planned opening must lower the number of calls
 * with its digest by one: equal openings that were not planned may stay.
 */
export function siteStillThere(
  change: FileChange,
  units: Unit[],
  factsFor: (file: string, text: string) => FileFacts,
): Reason | null {
  const spans = plannedOpenings(change.file, units);
  if (spans.length === 0) return null;
  const before = factsFor(change.file, change.before);
  const left = countDigests(factsFor(change.file, change.after));
  const expected = countDigests(before);
  const planned = new Map<string, Span>();
  for (const span of spans) {
    const digest = digestAt(before, span);
    if (digest === null) return reason('the facts know no call with this span', change, change.before, span.start);
    expected.set(digest, (expected.get(digest) ?? 0) - 1);
    planned.set(digest, span);
  }
  for (const [digest, span] of planned) {
    if ((left.get(digest) ?? 0) > (expected.get(digest) ?? 0)) {
      return reason('the opening is still there after the rewrite', change, change.before, span.start);
    }
  }
  return null;
}

function plannedOpenings(file: string, units: Unit[]): Span[] {
  const spans = new Map<string, Span>();
  for (const unit of units) {
    for (const change of unit.changes) {
      for (const instruction of change.file === file ? change.instructions : []) {
        if (instruction.kind !== 'replace-opening') continue;
        spans.set(`${instruction.span.start}-${instruction.span.end}`, instruction.span);
      }
    }
  }
  return [...spans.values()];
}

function digestAt(facts: FileFacts, span: Span): string | null {
  for (const value of facts.values) {
    if (value.kind === 'call' && value.span.start === span.start && value.span.end === span.end) return value.digest;
  }
  return null;
}

function countDigests(facts: FileFacts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of facts.values) {
    if (value.kind === 'call') counts.set(value.digest, (counts.get(value.digest) ?? 0) + 1);
  }
  return counts;
}

function reason(message: string, change: FileChange, text: string, offset: number): Reason {
  return { code: 'site-still-there', message, at: `${change.file}:${text.slice(0, offset).split('\n').length}` };
}
