/** Source text of the accessor `central-client` for ioredis. */

import type { ScaffoldDatabase } from './database.js';
import { ioredisOpening } from './opening.js';
import { checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/** Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldCentralClientTypescript(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const [main] = input.databases as [ScaffoldDatabase];
  const style = styleOf(input);
  const importLine = style.importLine.replace(/, (?:type RedisOptions|\{ type RedisOptions \})/, '');
  const parts = [
    `${HEAD}\n${importLine}`,
    `let shared${style.typed ? `: ${style.client} | null` : ''} = null;`,
    functions(style),
    ioredisOpening(input.service, main, style, OPENING),
  ];
  if (style.exported === '') parts.push('module.exports = { initRedis, getRedis, resetRedis, closeRedis };');
  return `${parts.join('\n\n')}\n`;
}

const HEAD = `/**
 * The one Redis client of this service.
 *
 * initRedis  makes it: await it before the service listens.
 * getRedis   gives it, and throws before initRedis. Never close or keep what it gives.
 * closeRedis closes it: await it when the service ends.
 * resetRedis closes it and makes another one, for tests and after a change of the address.
 */`;

function functions({ typed, exported, client }: Style): string {
  const t = (text: string) => (typed ? text : '');
  return `/** Makes the client, and waits until its server answers. Rejects when it does not; a second call changes nothing. */
${exported}async function initRedis()${t(`: Promise<${client}>`)} {
  if (shared) return shared;
  const client = open();
  try {
    await client.ping();
  } catch (error) {
    client.disconnect();
    throw error;
  }
  if (shared) client.disconnect(); // another caller was faster
  else shared = client;
  return getRedis();
}

/** The client. A command that takes longer than two seconds is rejected. */
${exported}function getRedis()${t(`: ${client}`)} {
  if (!shared) throw new Error('there is no Redis client yet: await initRedis() when the service starts');
  return shared;
}

/** Closes the client after its pending commands; getRedis throws from now on. */
${exported}async function closeRedis()${t(': Promise<void>')} {
  const client = shared;
  shared = null;
  await client?.quit().catch(() => client.disconnect());
}

/** Another client in the place of the one there is. */
${exported}async function resetRedis()${t(`: Promise<${client}>`)} {
  await closeRedis();
  return initRedis();
}`;
}

/** How its one client is opened beside the address. */
const OPENING = {
  suffix: '',
  limits: [
    ['connectTimeout', '2_000'],
    ['commandTimeout', '2_000'],
  ] as [string, string][],
};
