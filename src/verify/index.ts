/** Stage 8: what rewrite made is checked before anything is written. */

import type { Syntax } from '../languages/language.js';
import type { FileChange, RewriteResult, Unit } from '../model/change.js';
import type { FileFacts } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import { handlerLost } from './handlers.js';
import { siteStillThere } from './sites.js';

/** What verify is given beside the result. */
export interface VerifyParts {
  /** The units that were rewritten: all that `rewrite` was given. */
  units: Unit[];
  /** Facts of a text, from the file's language. */
  factsFor: (file: string, text: string) => FileFacts;
  syntaxFor: (file: string) => Syntax;
  /** Computes the result again for fewer units: stages do not call each other, so the recipe hands this in. */
  rewrite: (units: Unit[]) => RewriteResult;
}

/**
 * Each changed file parses, binds every name it uses, has lost exactly the openings that were planned, so that a second run
 * finds nothing to do, and still handles the errors that it did. A unit that breaks this is refused (`does-not-parse`, `name-unbound`,
 * `site-still-there`, `handler-lost`) and the rest is computed and checked again, until all that is left holds.
 *
 * @returns the result without the units that failed; their reasons are added to `refused`. Throws for bugs only.
 */
export function verify(result: RewriteResult, parts: VerifyParts): RewriteResult {
  const failed = new Map<string, Reason>();
  let current = result;
  for (let guilty = findGuilty(current, parts); guilty !== null; guilty = findGuilty(current, parts)) {
    for (const [unit, reason] of guilty) failed.set(unit, reason);
    current = parts.rewrite(parts.units.filter((unit) => !failed.has(unit.id)));
  }
  const reasons = new Map([...current.refused.map(({ unit, reason }) => [unit, reason] as const), ...failed]);
  const refused = parts.units.flatMap(({ id }) => {
    const reason = reasons.get(id);
    return reason ? [{ unit: id, reason }] : [];
  });
  return { files: current.files, refused };
}

/** Units to refuse with the reason, from the first file that does not hold; null when all do. */
function findGuilty(result: RewriteResult, parts: VerifyParts): Map<string, Reason> | null {
  for (const change of result.files) {
    const reason = problemOf(change, unitsOf(change, parts), parts);
    if (reason) return blame(change, reason, parts);
  }
  return null;
}

function unitsOf(change: FileChange, parts: VerifyParts): Unit[] {
  return parts.units.filter((unit) => change.units.includes(unit.id));
}

function problemOf(change: FileChange, units: Unit[], parts: VerifyParts): Reason | null {
  const [problem] = parts.syntaxFor(change.file).problems(change.file, change.before, change.after);
  if (problem) {
    const code = problem.code ?? 'does-not-parse';
    return { code, message: problem.message, at: `${change.file}:${problem.line}` };
  }
  return siteStillThere(change, units, parts.factsFor) ?? handlerLost(change, units, parts.factsFor);
}

/** The units that break the file on their own; when none does alone, the last of those that do it together. */
function blame(change: FileChange, reason: Reason, parts: VerifyParts): Map<string, Reason> {
  const units = unitsOf(change, parts);
  const guilty = new Map<string, Reason>();
  for (const unit of units.length > 1 ? units : []) {
    const alone = parts.rewrite([unit]).files.find((one) => one.file === change.file);
    const own = alone ? problemOf(alone, [unit], parts) : null;
    if (own) guilty.set(unit.id, own);
  }
  const last = units.at(-1);
  if (!last) throw new Error(`${change.file} was changed by no known unit`);
  return guilty.size > 0 ? guilty : new Map([[last.id, reason]]);
}
