/**
 * Runs each option of one version of a JavaScript library against a client without it, and prints what differs.
 * Arguments: kind (`ioredis`, `redis`, `redis-3`), folder of the package, port, port of another server. Out: one line
 * `{ option, differs }` for each, `differs` naming what did.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { batteries } from './batteries.mjs';
import { casesOf } from './cases.mjs';

const [kind = '', folder = '', port = '', otherPort = ''] = process.argv.slice(2);
const library = createRequire(join(folder, 'package.json'))(folder);
const { version } = createRequire(import.meta.url)(join(folder, 'package.json'));
const battery = batteries[kind];
const setting = { library, version, port: Number(port), otherPort: Number(otherPort) };
process.on('uncaughtException', () => undefined); // what clients throw when their answer is not wanted any more
process.on('unhandledRejection', () => undefined);

/** What a client does, by the name of each look at it. */
async function observe(options) {
  await battery.reset(setting);
  const client = battery.open(setting, options);
  try {
    return await battery.look(client, setting);
  } finally {
    battery.close(client);
  }
}

function differences(base, own) {
  const names = [...new Set([...Object.keys(base), ...Object.keys(own)])];
  return names.filter((name) => !isDeepStrictEqual(base[name], own[name]));
}

const base = await observe({});
const unstable = differences(base, await observe({}));
if (unstable.length > 0) throw new Error(`without an option differ: ${unstable.join()}`);
for (const { option, options, beside } of casesOf(kind, setting)) {
  // An option that needs another one is compared with a client that has the other one alone.
  const without = Object.keys(beside).length > 0 ? await observe(beside) : base;
  process.stdout.write(`${JSON.stringify({ option, differs: differences(without, await observe(options)) })}\n`);
}
process.exit(0);
