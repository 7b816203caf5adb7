/**
 * What all wrappers share: the recipe for one text, as jscodeshift calls it.
 *
 * CommonJS, with the recipe in a thread of its own: jscodeshift loads a transform with `require` under `@babel/register`,
 * which turns all that is loaded after it into CommonJS. Modules that read `import.meta` do not survive that, and the
 * parsers would be compiled anew. A thread starts without such hooks.
 */

import path = require('node:path');
import threads = require('node:worker_threads');

import type { Pattern } from '../model.js' with { 'resolution-mode': 'import' };
import type { Answer, Order, Transform } from './messages.js' with { 'resolution-mode': 'import' };

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

const waiting = new Map<number, Waiting>();
let thread: threads.Worker | null = null;
let orders = 0;

function transformOf(pattern: Pattern): Transform {
  return async (file, api, given) => {
    const answer = await ask({ path: file.path, text: file.source, pattern, options: optionsOf(given) });
    for (const message of answer.messages) api.report(message);
    if (answer.ok) return answer.text;
    const error = new Error(answer.error);
    // jscodeshift prints the stack: of a mistake of the person, it has nothing to say.
    error.stack = answer.error;
    throw error;
  };
}

function ask(order: Omit<Order, 'id'>): Promise<Answer> {
  thread ??= start();
  const worker = thread;
  const id = orders++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    // Only while something is asked does the thread keep the process alive.
    worker.ref();
    worker.postMessage({ ...order, id });
  });
}

function start(): threads.Worker {
  const worker = new threads.Worker(path.join(__dirname, 'worker.js'));
  worker.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    thread = null;
  });
  return worker;
}

function optionsOf(given: Record<string, unknown>): Order['options'] {
  const keys = [
    'accessor',
    'name',
    'open',
    'close',
    'deprecated',
    'use',
    'class',
    'instance',
    'methods',
    'from',
    'execute',
  ];
  const texts = keys.flatMap((key) => {
    const value = given[key];
    return typeof value === 'string' ? [[key, value]] : [];
  });
  const { strategy } = given;
  const chosen = strategy === 'inline' || strategy === 'adapter' ? { strategy } : {};
  return { ...Object.fromEntries(texts), ...chosen, includeReview: given.include === 'review' };
}

export = transformOf;
