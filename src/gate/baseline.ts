/**
 * The baseline: violations that a team knows and has not got to yet. One line for each, `<id> <code> <file>`, sorted by
 * id, without counts. Lines that go leave the empty line behind them: git joins two branches that each take out other
 * lines only when a line that neither has touched lies between, so the empty lines are never taken out.
 */

import { UserError } from '../errors.js';
import type { BaselineEntry, Violation } from '../model/gate.js';

const HEADER = [
  '# Redis connections outside of the accessor that are known: `redis-migrate check --baseline` lets them pass.',
  '# `--update` takes out what is gone, and never adds a line. Leave the empty lines: git merges by them.',
  '',
];

const LINE = /^([0-9a-f]{8,64}) ([a-z-]+) (.+)$/;

/** The entries of a baseline. Throws `UserError` for a line that is none (a merge conflict left in it). */
export function parseBaseline(text: string, name: string): BaselineEntry[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, id, code, file] = LINE.exec(line) ?? [];
    if (id === undefined || code === undefined || file === undefined) {
      throw new UserError(`${name}:${index + 1} is no line of a baseline`, 'Restore it from git, or delete the file.');
    }
    return [{ id, code, file }];
  });
}

/** A new baseline of these violations. */
export function baselineText(violations: readonly Violation[]): string {
  const lines = violations.map(({ id, code, file }) => `${id} ${code} ${file}`).sort();
  return [...HEADER, ...new Set(lines)].flatMap((line) => (LINE.test(line) ? [line, ''] : [line])).join('\n');
}

/** The same text without the lines of these entries; everything else stays as it is. */
export function withoutEntries(text: string, gone: readonly BaselineEntry[]): string {
  const names = new Set(gone.map(keyOf));
  const ends = text.includes('\r\n') ? '\r\n' : '\n';
  return text
    .split(/\r?\n/)
    .filter((line) => {
      const [, id = '', code = ''] = LINE.exec(line) ?? [];
      return id === '' || !names.has(keyOf({ id, code }));
    })
    .join(ends);
}

/** Violations by what a baseline says of them. What came back after it was moved is never known. */
export function compared(
  violations: readonly Violation[],
  entries: readonly BaselineEntry[],
): { fresh: Violation[]; known: Violation[]; fixed: BaselineEntry[] } {
  const names = new Set(entries.map(keyOf));
  const isKnown = (one: Violation) => one.code !== 'came-back' && names.has(keyOf(one));
  const there = new Set(violations.map(keyOf));
  return {
    fresh: violations.filter((one) => !isKnown(one)),
    known: violations.filter(isKnown),
    fixed: entries.filter((entry) => !there.has(keyOf(entry))),
  };
}

function keyOf({ id, code }: { id: string; code: string }): string {
  return `${id} ${code}`;
}
