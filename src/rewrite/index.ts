/** Stage 7: units become changed texts. Pure but for `read`; nothing is written here. */

import type { Syntax } from '../languages/language.js';
import type { FileChange, RewriteResult, Unit } from '../model/change.js';
import type { Reason } from '../model/site.js';
import { settleOnce } from './once.js';
import { settle, splice } from './splice.js';
import { editsOfUnit, type FileShare, type Surroundings } from './unit-edits.js';

interface Share extends FileShare {
  unit: string;
}

/** A share whose calls that are made once are settled. */
type SettledShare = Omit<Share, 'once' | 'gone'>;

type FileAnswer = { ok: true; change: FileChange } | { ok: false; unit: string; reason: Reason };

/**
 * Rewrites all units together. A unit that is refused in one file is taken out of all its files, which are computed
 * again without it, until nothing more is refused.
 *
 * @param units what to change; earlier units win over later ones where two cannot both be done
 * @param read text of a file as scanned; null refuses the unit (`file-unreadable`)
 * @param syntaxFor the syntax of a file's language; `load()` has been awaited
 * @param taken names of a file that other files take from it: their imports stay
 * @returns changed files, sorted by name, and refused units in the order of `units`. Throws for bugs only.
 */
export function rewrite(
  units: Unit[],
  read: (file: string) => string | null,
  syntaxFor: (file: string) => Syntax,
  taken: Surroundings['taken'] = () => new Set(),
): RewriteResult {
  const surroundings: Surroundings = { read, syntaxFor, taken };
  const reasons = new Map<string, Reason>();
  const shares = new Map<string, Share[]>();
  for (const unit of units) {
    const answer = editsOfUnit(unit, surroundings);
    if (!answer.ok) {
      reasons.set(unit.id, answer.reason);
      continue;
    }
    for (const [file, share] of answer.files)
      shares.set(file, [...(shares.get(file) ?? []), { ...share, unit: unit.id }]);
  }
  const files = settleFiles(shares, reasons, surroundings);
  const refused = units.flatMap(({ id }) => {
    const reason = reasons.get(id);
    return reason ? [{ unit: id, reason }] : [];
  });
  return { files, refused };
}

/** Computes every file; on a refusal it starts again with the files that held the refused unit. */
function settleFiles(shares: Map<string, Share[]>, reasons: Map<string, Reason>, around: Surroundings): FileChange[] {
  const done = new Map<string, FileChange>();
  const open = [...shares.keys()].sort();
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    const kept = (shares.get(file) ?? []).filter((share) => !reasons.has(share.unit));
    done.delete(file);
    if (kept.length === 0) continue;
    const answer = changeOf(file, kept, around);
    if (answer.ok) {
      if (answer.change.after !== answer.change.before) done.set(file, answer.change);
      continue;
    }
    reasons.set(answer.unit, answer.reason);
    const touched = [...shares]
      .filter(([, all]) => all.some((share) => share.unit === answer.unit))
      .map(([name]) => name);
    for (const name of touched.sort()) if (!open.includes(name)) open.push(name);
  }
  return [...done.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function changeOf(file: string, open: readonly Share[], around: Surroundings): FileAnswer {
  const shares = open.map((share) => ({ unit: share.unit, ...settleOnce(share, open) }));
  const before = around.read(file);
  if (before === null) throw new Error(`${file} was readable when its edits were made`);
  const clash = firstClash(file, before, shares);
  if (clash) return clash;
  const last = shares.at(-1)?.unit ?? '';
  const syntax = around.syntaxFor(file);
  const settled = settle(
    before.length,
    shares.flatMap((share) => share.edits),
  );
  if (!settled.ok) return { ok: false, unit: last, reason: reasonOf(file, before, settled) };
  const all = syntax.imports(
    file,
    before,
    settled.value,
    shares.flatMap((share) => share.uses),
    around.taken(file),
    open.flatMap(({ gone }) => gone),
  );
  if (!all.ok) return { ok: false, unit: last, reason: all.reason };
  const after = splice(before, all.edits);
  if (!after.ok) return { ok: false, unit: last, reason: reasonOf(file, before, after) };
  const units = [...new Set(shares.map((share) => share.unit))].sort();
  return {
    ok: true,
    change: { file, before, after: after.value, units, importsRemoved: [...all.importsRemoved].sort() },
  };
}

/** The first unit whose edits do not go together with those of the units before it. */
function firstClash(
  file: string,
  text: string,
  shares: readonly SettledShare[],
): Extract<FileAnswer, { ok: false }> | null {
  for (let count = 1; count <= shares.length; count += 1) {
    const settled = settle(
      text.length,
      shares.slice(0, count).flatMap((share) => share.edits),
    );
    if (!settled.ok) return { ok: false, unit: shares[count - 1]?.unit ?? '', reason: reasonOf(file, text, settled) };
  }
  return null;
}

function reasonOf(file: string, text: string, refusal: { code: string; message: string; offset: number }): Reason {
  const line = text.slice(0, refusal.offset).split('\n').length;
  return { code: refusal.code, message: refusal.message, at: `${file}:${line}` };
}
