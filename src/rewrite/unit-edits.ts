/** The edits of one unit, before anything is put together with other units. */

import type { Syntax } from '../languages/language.js';
import type { AccessorUse, Edit, Unit } from '../model/change.js';
import type { Reason } from '../model/site.js';

/** What rewrite is given beside the units. */
export interface Surroundings {
  /** Text of a file as scanned, null when it cannot be read. */
  read: (file: string) => string | null;
  /** Syntax of a file's language, loaded. */
  syntaxFor: (file: string) => Syntax;
}

/** Edits and accessor calls of one unit in one file. */
export interface FileShare {
  edits: Edit[];
  uses: AccessorUse[];
}

export type UnitEdits = { ok: true; files: Map<string, FileShare> } | { ok: false; reason: Reason };

/** Asks the transforms for every change of a unit; the first refusal refuses the unit. */
export function editsOfUnit(unit: Unit, surroundings: Surroundings): UnitEdits {
  const files = new Map<string, FileShare>();
  for (const change of unit.changes) {
    const text = surroundings.read(change.file);
    if (text === null) {
      return refused('file-unreadable', 'the file cannot be read any more', change.file);
    }
    const answer = surroundings
      .syntaxFor(change.file)
      .transform(change.pattern, change.file, text, change.instructions);
    if (!answer.ok) return answer;
    const share = files.get(change.file) ?? { edits: [], uses: [] };
    share.edits.push(...answer.edits);
    share.uses.push(...change.instructions.flatMap((one) => (one.kind === 'drop-statement' ? [] : [one.use])));
    files.set(change.file, share);
  }
  return { ok: true, files };
}

function refused(code: string, message: string, at: string): { ok: false; reason: Reason } {
  return { ok: false, reason: { code, message, at } };
}
