/** Source text of the accessor `singleton-manager` for ioredis: one manager with the client that it makes when asked. */

import { UserError } from '../../errors.js';
import type { ScaffoldDatabase } from './database.js';
import { ioredisOpening } from './opening.js';
import { checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/**
 * Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as
 * `scaffoldDefault` does, and for ioredis 4, whose types have other names.
 */
export function scaffoldSingletonTypescript(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const [main] = input.databases as [ScaffoldDatabase];
  const style = styleOf(input);
  if (style.client === 'Redis.Redis') throw new UserError('the preset singleton-manager needs ioredis 5 or later');
  const importLine = style.importLine.replace(/, type RedisOptions/, '');
  const parts = [
    `${HEADER}\n${importLine}`,
    manager(style),
    functions(style),
    `/** The address is read when a client is made, never at import. */\n${ioredisOpening(input.service, main, { ...style, client: 'Redis' }, OPENING)}`,
  ];
  if (style.exported === '') parts.push(`module.exports = { ${EXPORTS.join(', ')} };`);
  return `${parts.join('\n\n')}\n`;
}

const EXPORTS = ['RedisManager', 'redisManager', 'getRedisManager', 'getRedis', 'getRedisClient', 'closeRedis'];

const HEADER = `/**
 * The one place of this service that opens Redis connections.
 *
 * redisManager       is the one manager: \`new RedisManager()\` stands here and nowhere else.
 * getRedisManager()  gives it to code that wants a function, await getRedis() to code that waits for one.
 * getRedisClient()   gives the client behind it, for what the manager has no method for. Never close it.
 * closeRedis()       closes. Call it last when the process ends, and after tests.
 */`;

/** Methods of the manager: name, parameters, result, and the command that they send. */
const METHODS: readonly (readonly [name: string, params: readonly string[], result: string, command: string])[] = [
  ['get', ['key: string'], 'Promise<string | null>', 'get(key)'],
  ['set', ['key: string', 'value: string | number'], "Promise<'OK'>", 'set(key, value)'],
  [
    'setex',
    ['key: string', 'seconds: number', 'value: string | number'],
    "Promise<'OK'>",
    'setex(key, seconds, value)',
  ],
  ['mget', ['keys: string[]'], 'Promise<(string | null)[]>', 'mget(keys)'],
  ['del', ['...keys: string[]'], 'Promise<number>', 'del(...keys)'],
  ['exists', ['...keys: string[]'], 'Promise<number>', 'exists(...keys)'],
  ['expire', ['key: string', 'seconds: number'], 'Promise<number>', 'expire(key, seconds)'],
  ['ttl', ['key: string'], 'Promise<number>', 'ttl(key)'],
  ['incr', ['key: string'], 'Promise<number>', 'incr(key)'],
  ['lpush', ['key: string', '...values: string[]'], 'Promise<number>', 'lpush(key, ...values)'],
  ['rpop', ['key: string'], 'Promise<string | null>', 'rpop(key)'],
  ['llen', ['key: string'], 'Promise<number>', 'llen(key)'],
];

function manager({ typed, exported }: Style): string {
  const result = (type: string) => (typed ? `: ${type}` : '');
  const plain = (param: string) => (typed ? param : (param.split(':')[0] ?? param));
  const methods = METHODS.map(
    ([name, params, type, command]) => `  ${name}(${params.map(plain).join(', ')})${result(type)} {
    return this.client.${command};
  }`,
  );
  return `${exported}class RedisManager {
  #client${result('Redis | null')} = null;

  get client()${result('Redis')} {
    this.#client ??= open();
    return this.#client;
  }

${methods.join('\n\n')}

  /** Whether Redis answers. Does not throw when it is away. */
  async healthCheck()${result('Promise<boolean>')} {
    return this.client.ping().then(
      () => true,
      () => false,
    );
  }

  /** Closes the connection after its pending commands, or when they take too long. Commands after it connect again. */
  async shutdown({ deadlineMs = 5_000 } = {})${result('Promise<void>')} {
    const client = this.#client;
    this.#client = null;
    if (!client) return;
    const late = setTimeout(() => client.disconnect(), deadlineMs);
    await client.quit().catch(() => client.disconnect());
    clearTimeout(late);
  }
}

${exported}const redisManager = new RedisManager();`;
}

function functions({ typed, exported }: Style): string {
  const result = (type: string) => (typed ? `: ${type}` : '');
  return `${exported}function getRedisManager()${result('RedisManager')} {
  return redisManager;
}

${exported}async function getRedis()${result('Promise<RedisManager>')} {
  return redisManager;
}

${exported}function getRedisClient()${result('Redis')} {
  return redisManager.client;
}

${exported}async function closeRedis()${result('Promise<void>')} {
  await redisManager.shutdown();
}`;
}

/** How its one client is opened beside the address. */
const OPENING = { suffix: ':command', limits: [['connectTimeout', '5_000']] as [string, string][] };
