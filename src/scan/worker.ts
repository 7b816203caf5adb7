/** Thread that makes facts: takes one task at a time, answers it, ends at `null`. */

import { parentPort } from 'node:worker_threads';
import { type FactsTask, makeOne } from './facts.js';
import type { WorkerReply } from './pool.js';

const port = parentPort;
port?.on('message', async (message: { index: number; task: FactsTask } | null) => {
  if (message === null) {
    port.close();
    return;
  }
  const reply: WorkerReply = { index: message.index, answer: await makeOne(message.task) };
  port.postMessage(reply);
});
