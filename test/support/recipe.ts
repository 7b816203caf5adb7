/** The whole way from a tree on disk to changed texts, in this process; nothing is written. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChanges } from '../../src/changes.js';
import { takeInventory } from '../../src/migrate.js';

/** What the units that need no person make of a tree; those that ask for a review too where they are included. */
export async function changesOf(root: string, includeReview = false) {
  const taken = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
  const units = taken.units.filter(({ verdict }) => verdict === 'rewrite' || (includeReview && verdict === 'review'));
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const changes = await startChanges(read, taken.namesTaken(units.flatMap(({ files }) => files)));
  const { files, refused } = changes.next(units);
  const after = Object.fromEntries(files.map((change) => [change.file, change.after]));
  return { after, refused, sites: taken.sites, units };
}
