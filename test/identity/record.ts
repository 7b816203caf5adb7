/**
 * Records what the programs of redis-py come to with versions that are not installed: `npx tsx test/identity/record.ts
 * <folder>`, where `<folder>/<version>` holds the package (`pip install --target <folder>/<version> redis==<version>`, or `redis` of a
 * release's sources).
 */

import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import semver from 'semver';
import { RECORDED_FILE, type Recorded } from './recorded.js';
import { execute, layOut, type Outcome, pythonRun } from './runs.js';
import { startServers } from './servers.js';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name the folder of the versions');

const records: Recorded[] = [];
for (const version of readdirSync(folder).sort(semver.compare)) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'identity-')));
  const servers = await startServers();
  process.env.PYTHONPATH = join(folder, version);
  const run = pythonRun(version);
  layOut(root, run);
  const outcomes = await execute(root, run, servers, 'python3');
  const rows = run.programs.map(({ name }, index): [string, Outcome] => {
    return [name, outcomes[index] ?? { error: 'it did not run' }];
  });
  records.push({ version, outcomes: Object.fromEntries(rows) });
  await servers.stop();
  rmSync(root, { recursive: true, force: true });
}
writeFileSync(RECORDED_FILE, `${JSON.stringify(records, null, 1)}\n`);
