/** The recipe of `check`: the inventory against the rules, the baseline and the history. */

import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readLedgers, rewrittenSites, withLock, writeTextFile } from './apply/index.js';
import { UserError } from './errors.js';
import { baselineText, compared, parseBaseline, withoutEntries } from './gate/baseline.js';
import { isNew, newSince } from './gate/since.js';
import { violationsOf } from './gate/violations.js';
import { type MigrateOptions, type Taken, takeInventory, wholly } from './migrate.js';
import type { CheckReport, Exempt, Violation } from './model.js';

export interface CheckRequest {
  /** `true`: the baseline of the state folder; a path: from the working directory; null: none. */
  baseline: string | true | null;
  /** Take what is fixed out of the baseline; make it when there is none. */
  update: boolean;
  /** Only what is new since the history parted from this ref. */
  since: string | null;
  /** Exemptions until an earlier day have expired: `2027-01-31`. */
  today: string;
}

const BASELINE = 'baseline.txt';

/** Judges a tree. Writes nothing but the baseline, and that only with `update`. */
export async function check(o: MigrateOptions, request: CheckRequest): Promise<{ report: CheckReport; taken: Taken }> {
  const since = request.since === null ? null : await newSince(resolve(o.root), request.since);
  const taken = await takeInventory(o);
  const all = violationsIn(taken, request.today);
  const file = request.baseline === null ? null : baselineFile(request.baseline, taken);
  const text = file === null ? null : readBaseline(file, taken.root, request.update);
  const shown = file === null ? '' : fromRoot(taken.root, file);
  const entries = text === null ? [] : parseBaseline(text, shown);
  const first = file !== null && text === null;
  const judged = first ? { fresh: [], known: all, fixed: [] } : compared(all, entries);
  if (file !== null && request.update) {
    const next = first ? baselineText(all) : withoutEntries(text ?? '', judged.fixed);
    await wholly(o, () => withLock(taken.stateDir, () => writeTextFile(file, next)));
  }
  const violations = since === null ? judged.fresh : judged.fresh.filter((one) => isNew(since.lines, one));
  const report: CheckReport = {
    schemaVersion: 1,
    violations,
    known: judged.known,
    fixed: judged.fixed,
    baseline: file === null ? null : shown,
    since:
      since === null || request.since === null
        ? null
        : { ref: request.since, base: since.base, older: judged.fresh.length - violations.length },
    totals: {
      violations: violations.length,
      known: judged.known.length,
      fixed: judged.fixed.length,
      sites: taken.sites.length,
    },
  };
  return { report, taken };
}

/** All that is wrong in a tree. */
export function violationsIn(taken: Taken, today: string): Violation[] {
  const { inventory, config, trace, stateDir } = taken;
  return violationsOf({
    inventory,
    openings: trace.openings,
    exempt: config.exempt,
    placeOf: (rule) => placeOf(rule, taken),
    rewritten: rewrittenSites(readLedgers(stateDir)),
    today,
  });
}

function baselineFile(asked: string | true, { stateDir }: Taken): string {
  return asked === true ? join(stateDir, BASELINE) : resolve(asked);
}

/** Text of the baseline; null when it is to be made. */
function readBaseline(file: string, root: string, update: boolean): string | null {
  const shown = fromRoot(root, file);
  if (!existsSync(file)) {
    if (update) return null;
    throw new UserError(`there is no baseline ${shown}`, 'Make it with `check --baseline --update`.');
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const hint = code === 'EISDIR' ? 'Name the folder to check before --baseline.' : null;
    throw new UserError(`the baseline ${shown} cannot be read (${code})`, hint);
  }
}

function fromRoot(root: string, file: string): string {
  return relative(root, file).split(sep).join('/');
}

/** Line of the configuration that states an exemption; 1 when it cannot be found. */
function placeOf(rule: Exempt, { root, config }: Taken): { file: string; line: number } {
  const file = config.path ?? '';
  const [glob = ''] = rule.files;
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(JSON.stringify(glob)) || line.includes(`'${glob}'`));
  return { file, line: index + 1 || 1 };
}
