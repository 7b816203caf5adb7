/** The thread of the wrappers: runs the recipe for one text after the other. */

import { relative, resolve, sep } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { UserError } from '../errors.js';
import { migrateText, type TextOptions } from '../migrate-text.js';
import type { Pattern } from '../model.js';

/** One file, as jscodeshift gives it. */
export interface Order {
  id: number;
  /** From the working folder, or absolute. */
  path: string;
  text: string;
  pattern: Pattern;
  options: TextOptions;
}

/** `text` null: nothing changes. `messages`: what stays, and why. */
export type Answer = { id: number; messages: string[] } & (
  | { ok: true; text: string | null }
  | { ok: false; error: string }
);

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
