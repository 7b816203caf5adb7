/** Calls that can follow the close of all clients, because they surely use none: data. */

import { PROMISE_METHODS } from '../libraries/promises.js';

/** Callees by their whole name. */
const CALLEES = new Set([
  ...['process.exit', 'process.abort', 'process.kill', 'process.cwd', 'process.uptime', 'sys.exit', 'exit', 'print'],
  ...['clearTimeout', 'clearInterval', 'clearImmediate', 'setTimeout', 'setImmediate', 'queueMicrotask'],
  ...['Promise', 'Promise.all', 'Promise.allSettled', 'Promise.race', 'Promise.any', 'Promise.resolve', 'Date.now'],
  ...['inspect.iscoroutine', 'inspect.isawaitable', 'inspect.iscoroutinefunction', 'asyncio.iscoroutine', 'time.time'],
  ...['String', 'Number', 'Boolean', 'JSON.stringify', 'Date', 'Error', 'Object.keys', 'Object.values'],
]);

/** Objects whose methods write a log, and methods that do so on them. */
const LOGGERS = /(^|\.)_?(console|log|logs|logger|logging|pino|winston|bunyan)$/i;
const LOG_METHODS =
  /^(trace|debug|verbose|silly|log|info|notice|warn|warning|error|critical|fatal|flush|child|time|timeEnd)$/;
/** Functions that write a log. */
const LOG_FUNCTIONS = /(^|\.)(log|debug)$/;
/** Methods of promises and timers: what they are given is looked at by itself. */
const CHAINED = new Set([...PROMISE_METHODS, 'unref', 'ref']);

/** Whether a callee, as written, uses no client. */
export function isHarmlessCall(name: string): boolean {
  return CALLEES.has(name) || CHAINED.has(name.slice(name.lastIndexOf('.') + 1)) || isLogCall(name);
}

/** Whether a callee, as written, writes a log. */
export function isLogCall(name: string): boolean {
  if (LOG_FUNCTIONS.test(name)) return true;
  const dot = name.lastIndexOf('.');
  const [object, method] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  if (object === 'console') return true;
  return LOGGERS.test(object.replace(/\(\)$/, '')) && LOG_METHODS.test(method);
}
