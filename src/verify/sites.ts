/** Are the openings that were planned gone, and would a second run find them again? */

import type { FileChange, Instruction, Unit } from '../model/change.js';
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
  const instructions = plannedIn(change.file, units);
  if (instructions.length === 0) return null;
  const before = factsFor(change.file, change.before);
  const after = factsFor(change.file, change.after);
  const kept = importStillThere(instructions, before, after);
  if (kept !== null) return reason('the import is still there after the rewrite', change, change.before, kept);
  const spans = instructions.flatMap((one) => callsOf(one));
  const left = countDigests(after);
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

/** What must be gone: openings, instances that another one stands for, names that are imported from elsewhere. */
function plannedIn(file: string, units: Unit[]): Instruction[] {
  const planned = new Map<string, Instruction>();
  for (const unit of units) {
    for (const { file: own, pattern, instructions } of unit.changes) {
      for (const one of own === file ? instructions : []) {
        if (one.kind === 'replace-call' && pattern !== 'wrapper-instance') continue;
        const spans = one.kind === 'move-imports' ? [one.span] : callsOf(one);
        for (const { start, end } of spans) planned.set(`${start}-${end}`, one);
      }
    }
  }
  return [...new Set(planned.values())];
}

/** Where a name that was to come from elsewhere is imported as often as before; null when none is. */
function importStillThere(instructions: Instruction[], before: FileFacts, after: FileFacts): number | null {
  for (const one of instructions) {
    for (const { imported } of one.kind === 'move-imports' ? one.names : []) {
      const modules = takenFrom(before, imported, one.span);
      const still = [...modules].find(
        (specifier) => countTaken(after, imported, specifier) >= countTaken(before, imported, specifier),
      );
      if (still !== undefined) return one.span.start;
    }
  }
  return null;
}

/** Modules that a statement takes a name from. A destructured `require` takes it by a flow, and is left to the next scan. */
function takenFrom({ imports, exports }: FileFacts, name: string, { start, end }: Span): Set<string> {
  const found = [...imports, ...exports].filter(
    (one) => one.imported === name && start <= one.span.start && one.span.end <= end,
  );
  return new Set(found.flatMap(({ specifier }) => specifier ?? []));
}

function countTaken({ imports, exports }: FileFacts, name: string, specifier: string): number {
  return [...imports, ...exports].filter((one) => one.imported === name && one.specifier === specifier).length;
}

/** The openings and instances that an instruction takes out of the text. */
function callsOf(instruction: Instruction): readonly Span[] {
  if (instruction.kind === 'send-together') return instruction.sent.map(({ call }) => call);
  if (['replace-opening', 'replace-call', 'send-command'].includes(instruction.kind)) return [instruction.span];
  if (instruction.kind === 'collapse' || instruction.kind === 'replace-reference') return instruction.openings ?? [];
  return instruction.kind === 'drop-holder' && instruction.opening ? [instruction.opening] : [];
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
