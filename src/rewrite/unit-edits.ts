/** The edits of one unit, before anything is put together with other units. */

import type { Syntax } from '../languages/language.js';
import type { AccessorUse, Edit, Instruction, SiteChange, Unit } from '../model/change.js';
import type { Span } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { Once } from './once.js';

/** What rewrite is given beside the units. */
export interface Surroundings {
  /** Text of a file as scanned, null when it cannot be read. */
  read: (file: string) => string | null;
  /** Syntax of a file's language, loaded. */
  syntaxFor: (file: string) => Syntax;
  /** Names of a file that other files take from it. */
  taken: (file: string) => ReadonlySet<string>;
}

/** Edits and accessor calls of one unit in one file. */
export interface FileShare {
  edits: Edit[];
  uses: AccessorUse[];
  /** Where imports bind names that go. */
  gone: Span[];
  /** Calls that one of several statements makes for all: decided when the file is put together. */
  once: Once[];
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
    const answer = shareOf(change, text, surroundings);
    if (!answer.ok) return answer;
    const share = files.get(change.file) ?? { edits: [], uses: [], gone: [], once: [] };
    share.edits.push(...answer.share.edits);
    share.uses.push(...answer.share.uses);
    share.gone.push(...answer.share.gone);
    share.once.push(...answer.share.once);
    files.set(change.file, share);
  }
  return { ok: true, files };
}

type ShareAnswer = { ok: true; share: FileShare } | { ok: false; reason: Reason };

function shareOf({ pattern, file, instructions }: SiteChange, text: string, around: Surroundings): ShareAnswer {
  const edits = (some: Instruction[]) =>
    around.syntaxFor(file).transform(pattern, file, text, some, around.taken(file));
  const plain = instructions.map((one): Instruction => {
    return one.kind === 'replace-call' && one.once ? { kind: 'changed-apart', span: one.span } : one;
  });
  const answer = edits(plain);
  if (!answer.ok) return answer;
  const uses = plain.flatMap((one) => ('use' in one && one.use ? [one.use] : []));
  const gone = plain.flatMap((one) => (one.kind === 'drop-import' ? [one.span] : []));
  const share: FileShare = { edits: answer.edits, uses, gone, once: [] };
  for (const one of instructions) {
    if (one.kind !== 'replace-call' || !one.once) continue;
    const made = edits([one]);
    if (!made.ok) return made;
    const left = edits([{ kind: 'drop-statement', span: one.once.statement }]);
    const { statement, enough } = one.once;
    share.once.push({
      statement,
      enough: left.ok ? enough : [],
      use: one.use,
      made: made.edits,
      left: left.ok ? left.edits : [],
    });
  }
  return { ok: true, share };
}

function refused(code: string, message: string, at: string): { ok: false; reason: Reason } {
  return { ok: false, reason: { code, message, at } };
}
