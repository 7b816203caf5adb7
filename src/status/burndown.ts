/** How the migration went: the ledgers as git has seen them. */

import { parseLedger } from '../apply/index.js';
import { git } from '../gate/git.js';
import type { BurndownPoint } from '../model/gate.js';

interface Commit {
  hash: string;
  date: string;
  changes: { deleted: boolean; path: string }[];
}

export interface History {
  /** One point for each commit that changed a ledger, oldest first. */
  points: Omit<BurndownPoint, 'left'>[];
  /** Batch → day of the commit that last brought its ledger. */
  dates: ReadonlyMap<string, string>;
}

/** Reads the history of a folder of ledgers (from the root); nothing without git or before the first commit. */
export async function historyOf(root: string, folder: string): Promise<History> {
  const format = '--format=%x00%H%x00%cs';
  const args = ['log', '--reverse', '--no-renames', '--name-status', format, '--', `${folder}/*.json`];
  const log = await git(root, ['-c', 'core.quotePath=false', ...args]);
  const rewritten = new Map<string, number>();
  const dates = new Map<string, string>();
  const points: History['points'] = [];
  for (const { hash, date, changes } of commitsOf(log ?? '')) {
    for (const { deleted, path } of changes) {
      const batch = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
      if (deleted) {
        rewritten.delete(path);
        dates.delete(batch);
        continue;
      }
      rewritten.set(path, rewrittenIn(await git(root, ['show', `${hash}:${path}`])));
      dates.set(batch, date);
    }
    const migrated = [...rewritten.values()].reduce((sum, one) => sum + one, 0);
    points.push({ date, commit: hash.slice(0, 12), migrated });
  }
  return { points, dates };
}

/** `\0<hash>\0<day>\n\nA\t<path>\n…` for each commit; paths are from the top of the repository. */
function commitsOf(log: string): Commit[] {
  const parts = log.split('\0').slice(1);
  const commits: Commit[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [date = '', ...lines] = (parts[index + 1] ?? '').split('\n');
    const changes = lines.flatMap((line) => {
      const [kind, path] = line.split('\t');
      return path === undefined ? [] : [{ deleted: kind === 'D', path }];
    });
    commits.push({ hash: parts[index] ?? '', date, changes });
  }
  return commits;
}

/** A ledger that cannot be read (a conflict that was committed) counts for nothing: history cannot be mended. */
function rewrittenIn(text: string | null): number {
  if (text === null) return 0;
  try {
    return parseLedger(text, 'a ledger').sites.filter(({ outcome }) => outcome === 'rewritten').length;
  } catch {
    return 0;
  }
}
