/**
 * Writes what the runs of options come to, and `docs/options.md`: `npx tsx test/options/record.ts [folder]`, where
 * `<folder>/<version>` holds redis-py of a version that is not installed (see `test/identity/record.ts`).
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { pythonWith } from '../support/python.js';
import { DOCUMENT_FILE, documentOf } from './document.js';
import { RESULTS_FILE, type Result, recordedResults, runJavascript, runPython } from './results.js';

const [folder] = process.argv.slice(2);
const live = [...(await runJavascript()), await runPython(pythonWith(['redis'], ['python3-redis']))];
const others: Result[] = [];
for (const version of folder ? readdirSync(folder) : []) {
  process.env.PYTHONPATH = join(folder ?? '', version);
  others.push(await runPython('python3', version));
}
const names = new Set([...live, ...others].map(({ library, version }) => `${library} ${version}`));
const kept = recordedResults().filter(({ library, version }) => !names.has(`${library} ${version}`));
const order = ['ioredis', 'redis', 'redis-py'];
const all = [...live, ...others, ...kept].sort(
  (a, b) => order.indexOf(a.library) - order.indexOf(b.library) || semver.compare(a.version, b.version),
);
writeFileSync(RESULTS_FILE, `${JSON.stringify(all, null, 1)}\n`);
writeFileSync(DOCUMENT_FILE, documentOf(all));
