/** Source text of the accessor `connection-pool` for ioredis, with cockatiel's retry and circuit breaker. */

import { UserError } from '../../errors.js';
import type { ScaffoldDatabase } from './database.js';
import { ioredisOpening } from './opening.js';
import { checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/**
 * Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as
 * `scaffoldDefault` does, and for ioredis 4, whose types have other names.
 */
export function scaffoldConnectionPoolTypescript(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const [main] = input.databases as [ScaffoldDatabase];
  const style = styleOf(input);
  if (style.client === 'Redis.Redis') throw new UserError('the preset connection-pool needs ioredis 5 or later');
  const parts = [
    head(style),
    reads(style),
    pool(style),
    functions(style),
    ioredisOpening(input.service, main, { ...style, client: 'Redis' }, OPENING),
  ];
  if (style.exported === '') parts.push(`module.exports = { ${EXPORTED} };`);
  return `${parts.join('\n\n')}\n`;
}

const EXPORTED = 'RedisPool, getRedisPool, getRedisClient, closeRedisPool, overrideRedisPool';

const COCKATIEL = 'CircuitState, ConsecutiveBreaker, ExponentialBackoff, circuitBreaker, handleWhen, retry, wrap';

function head({ typed, exported, importLine }: Style): string {
  const redis = typed ? importLine.replace(/type RedisOptions/, 'type ChainableCommander') : importLine;
  const cockatiel =
    exported === '' ? `const { ${COCKATIEL} } = require('cockatiel');` : `import { ${COCKATIEL} } from 'cockatiel';`;
  return `/**
 * The one place of this service that opens Redis connections: a pool with retries and a circuit breaker.
 *
 * getRedisPool    gives the pool: execute(), pipeline(), withClient(), healthCheck(), getStats().
 * getRedisClient  gives its client, for code that keeps one. Never close it.
 * closeRedisPool  closes the connection. Call it last when the process ends, and after tests.
 *
 * The client has ioredis' own defaults, except connectTimeout and connectionName. What goes through the pool differs:
 * reads are tried again, and while the circuit is open nothing is sent.
 */
${cockatiel}
${redis}`;
}

function reads({ typed }: Style): string {
  const types = `
type Commands = { [K in keyof Redis]: Redis[K] extends (...args: never[]) => Promise<unknown> ? K : never }[keyof Redis];
type Command = Extract<Commands, string>;
type Argument = string | number | Buffer;
type Reply<C extends Command> = Awaited<ReturnType<Redis[C]>>;
`;
  return `/** Commands that change nothing: they may run twice. A write whose answer was lost may have been done. */
const READS = new Set${typed ? '<string>' : ''}(
  ('exists get getrange hexists hget hgetall hkeys hlen hmget hvals llen lrange mget ping pttl scard sismember ' +
    'smembers strlen ttl type zcard zcount zrange zrank zscore').split(' '),
);

/** What the server itself answers, an error too, shows that it is there. */
const noAnswer = handleWhen((error) => error.name !== 'ReplyError');
${typed ? types : ''}`.trimEnd();
}

function pool({ typed, exported }: Style): string {
  const t = (text: string) => (typed ? text : '');
  const send = typed
    ? `const send = this.client[command] as unknown as (...all: Argument[]) => Promise<Reply<C>>;
    const run = () => send.apply(this.client, args);`
    : 'const run = () => this.client[command](...args);';
  return `${exported}class RedisPool {
  ${t('readonly ')}client${t(': Redis')};
  ${t('readonly ')}#breaker = circuitBreaker(noAnswer, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) });
  ${t('readonly ')}#reads = wrap(
    this.#breaker,
    retry(noAnswer, { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) }),
  );

  constructor(client${t(': Redis')}) {
    this.client = client;
  }

  /** A command by the name that it has on a client: execute('get', key). */
  async execute${t('<C extends Command>')}(command${t(': C')}, ...args${t(': Argument[]')})${t(': Promise<Reply<C>>')} {
    ${send}
    return READS.has(command) ? this.#reads.execute(run) : this.#breaker.execute(run);
  }

  /** Several commands in one round trip. Rejects with the first error, when all have run. */
  async pipeline(fill${t(': (pipeline: ChainableCommander) => ChainableCommander')})${t(': Promise<unknown[]>')} {
    const replies = (await this.withClient(async (client) => fill(client.pipeline()).exec())) ?? [];
    const failed = replies.find(([error]) => error !== null);
    if (failed) throw failed[0];
    return replies.map(([, reply]) => reply);
  }

  /** The client, for several commands. Nothing is tried again; failures count for the circuit. */
  async withClient${t('<T>')}(work${t(': (client: Redis) => Promise<T>')})${t(': Promise<T>')} {
    return this.#breaker.execute(() => work(this.client));
  }

  /** Asks the server itself, whatever the circuit says. */
  async healthCheck()${t(': Promise<{ healthy: boolean; pingMs?: number; error?: string; circuit: string }>')} {
    const started = performance.now();
    const circuit = CircuitState[this.#breaker.state];
    try {
      await this.client.ping();
    } catch (error) {
      return { healthy: false, error: error instanceof Error ? error.message : String(error), circuit };
    }
    return { healthy: true, pingMs: Math.round((performance.now() - started) * 100) / 100, circuit };
  }

  getStats()${t(': { status: string; waiting: number; circuit: string }')} {
    const { status, commandQueue } = this.client${t(' as Redis & { commandQueue?: { length: number } }')};
    return { status, waiting: commandQueue?.length ?? 0, circuit: CircuitState[this.#breaker.state] };
  }
}`;
}

function functions({ typed, exported }: Style): string {
  const t = (text: string) => (typed ? text : '');
  return `let pool${t(': RedisPool | null')} = null;

/** The one pool. Made when it is first asked for, never at import. */
${exported}function getRedisPool()${t(': RedisPool')} {
  pool ??= new RedisPool(open());
  return pool;
}

/** The client of the pool, with ioredis' own behaviour. */
${exported}function getRedisClient()${t(': Redis')} {
  return getRedisPool().client;
}

/** Closes the connection after its pending commands, or when they take too long. Who asks later gets a new pool. */
${exported}async function closeRedisPool({ deadlineMs = 5_000 } = {})${t(': Promise<void>')} {
  const client = pool?.client;
  pool = null;
  if (!client) return;
  const late = setTimeout(() => client.disconnect(), deadlineMs);
  await client.quit().catch(() => client.disconnect());
  clearTimeout(late);
}

/** For tests: a pool over this client instead of a connection; null ends it. */
${exported}function overrideRedisPool(client${t(': Redis | null')})${t(': void')} {
  pool = client && new RedisPool(client);
}`;
}

/** How its one client is opened beside the address. */
const OPENING = { suffix: ':command', limits: [['connectTimeout', '5_000']] as [string, string][] };
