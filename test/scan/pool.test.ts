import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeInWorkers } from '../../src/scan/pool.js';
import { makeTree } from './tree.js';

/** A worker that answers with the name of the file, and dies at files that say so. */
const WORKER = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', (message) => {
  if (message === null) return parentPort.close();
  const { index, task } = message;
  if (task.file.includes('exit')) process.exit(3);
  if (task.file.includes('throw')) throw new Error('secret text');
  parentPort.postMessage({ index, answer: { ok: false, message: task.file } });
});
`;

async function run(files: string[], jobs: number): Promise<string[]> {
  const root = makeTree({ 'worker.mjs': WORKER });
  const script = pathToFileURL(join(root, 'worker.mjs'));
  const answers = await makeInWorkers(
    files.map((file) => ({ file, text: '' })),
    jobs,
    script,
  );
  return answers.map((answer) => (answer.ok ? 'ok' : answer.message));
}

describe('worker threads', () => {
  it('answer in the order of the tasks', async () => {
    const files = Array.from({ length: 50 }, (_, index) => `${index}.ts`);
    expect(await run(files, 3)).toEqual(files);
  });

  it('lose only the file that they held when they die', async () => {
    const files = ['a.ts', 'exit.ts', 'b.ts', 'throw.ts', 'c.ts', 'd.ts'];
    const died = 'not parsed: the worker thread died';
    expect(await run(files, 3)).toEqual(['a.ts', died, 'b.ts', died, 'c.ts', 'd.ts']);
  });

  it('answer for every file when all of them die', async () => {
    const answers = await run(
      Array.from({ length: 10 }, (_, index) => `exit${index}.ts`),
      2,
    );
    expect(answers).toHaveLength(10);
    for (const answer of answers) expect(answer).toMatch(/^not parsed: the worker threads? died$/);
  });

  it('say so when the worker cannot even start', async () => {
    const root = makeTree({});
    const script = pathToFileURL(join(root, 'none.mjs'));
    const answers = await makeInWorkers([{ file: 'a.ts', text: '' }], 2, script);
    expect(answers).toEqual([{ ok: false, message: expect.stringContaining('died') }]);
  });
});
