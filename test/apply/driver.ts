/**
 * A process that applies or rolls back the batch which `request.json` describes, and kills itself with SIGKILL at the
 * n-th passing of a fault point. Arguments: folder of the request, command, point, n. Started by `faults.test.ts`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyBatch, type Fault, recover, rollback, withLock } from '../../src/apply/index.js';

const [folder = '', command = '', wanted = '', nth = '1'] = process.argv.slice(2);
let passed = 0;
const fault: Fault = (point) => {
  if (point !== wanted) return;
  passed += 1;
  if (passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

const request = JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8'));
const mask = (text: string) => ({ text, masked: false });
/** Not atomic, as real formatters are. */
const format = async (files: string[]) => {
  for (const file of files) {
    const path = join(request.root, file);
    writeFileSync(path, `${readFileSync(path, 'utf8')}// formatted\n`);
  }
};

await withLock(
  request.stateDir,
  async () => {
    if (command === 'recover') recover({ ...request, fault });
    else if (command === 'rollback') rollback({ root: request.root, stateDir: request.stateDir, batch: 'all', fault });
    else await applyBatch({ ...request, mask, fault, ...(command === 'format' ? { format } : {}) });
  },
  { fault },
);
