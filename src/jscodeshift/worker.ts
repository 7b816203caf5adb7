/** The thread of the wrappers: runs the recipe for one text after the other. */

import { relative, resolve, sep } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { migrateText } from '../migrate-text.js';
import type { Answer, Order } from './messages.js';

async function answer({ id, path, text, pattern, options }: Order): Promise<Answer> {
  const messages: string[] = [];
  const file = relative(process.cwd(), resolve(path)).split(sep).join('/');
  try {
    if (file.startsWith('../')) throw new UserError(`${path} lies outside of the working folder`);
    const tell = (message: string) => messages.push(message);
    return { id, messages, ok: true, text: await migrateText(file, text, pattern, { ...options, tell }) };
  } catch (error) {
    if (error instanceof UserError)
      return { id, messages, ok: false, error: [error.message, error.hint ?? ''].join(' ') };
    throw error;
  }
}

parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await answer(order)));
