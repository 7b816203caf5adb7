/** What is looked at of a client: replies of commands, what lies in the server afterwards, and how it is used. */

import { Socket } from 'node:net';

const LIMIT = 800;

/** What a promise came to: its value with the types of its parts, or the kind of its failure. */
async function told(make) {
  const late = new Promise((resolve) => {
    setTimeout(() => resolve('no answer'), LIMIT).unref();
  });
  try {
    return shape(await Promise.race([make(), late]));
  } catch (error) {
    return `throws ${String(error?.message ?? error).replace(/\d{4,}/g, '…')}`;
  }
}

function shape(value) {
  if (Buffer.isBuffer(value)) return { buffer: value.toString() };
  if (value instanceof Map) return { map: [...value].map(shape) };
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shape(one)]));
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Keys come in no order. */
const sorted = (keys) => (Array.isArray(keys) ? keys.sort() : keys);

/** Asks a server over a connection of its own: inline commands, one reply as text. */
function ask(port, ...lines) {
  return new Promise((resolve, reject) => {
    const socket = new Socket();
    let text = '';
    socket.on('error', reject);
    socket.on('data', (data) => {
      text += data;
      if (text.endsWith('+PONG\r\n')) {
        socket.destroy();
        resolve(text);
      }
    });
    socket.connect(port, '127.0.0.1', () => socket.write(`${[...lines, 'PING'].join('\r\n')}\r\n`));
  });
}

/** Where keys lie: `database/key` of a server. */
async function keysOf(port) {
  const found = [];
  for (const database of [0, 3]) {
    const text = await ask(port, `SELECT ${database}`, 'KEYS *');
    const keys = text.split('\r\n').filter((_line, at, all) => (all[at - 1] ?? '').startsWith('$'));
    found.push(...keys.map((key) => `${database}/${key}`));
  }
  return found.sort();
}

async function readsOf(port) {
  const text = await ask(port, 'INFO commandstats');
  return /cmdstat_get:calls=(\d+)/.exec(text)?.[1] ?? '0';
}

/** Looks at a client through functions that hide how its library is called. */
async function look({ client, commands, port, otherPort }) {
  const found = {};
  for (const [name, make] of Object.entries(commands)) found[name] = await told(make);
  found.keys = await keysOf(port);
  found.elsewhere = await keysOf(otherPort);
  found.reads = await readsOf(port);
  found.members = ['probe', 'probes'].map((name) => typeof client[name]);
  return found;
}

async function reset({ port, otherPort }) {
  for (const one of [port, otherPort]) await ask(one, 'FLUSHALL', 'CONFIG RESETSTAT');
}

const ioredis = {
  reset,
  open({ library, port }, options) {
    const Redis = library.default ?? library;
    const client = new Redis({ host: '127.0.0.1', port, ...options });
    return client.on('error', () => undefined);
  },
  close: (client) => client.disconnect(),
  look(client, { port, otherPort }) {
    const commands = {
      set: () => client.set('k', 'vä'),
      get: () => client.get('k'),
      again: () => client.get('k'),
      getBuffer: () => client.getBuffer('k'),
      incr: () => client.incr('n'),
      hash: async () => [await client.hset('h', 'a', '1'), await client.hgetall('h')],
      scores: async () => [await client.zadd('z', 1.5, 'm'), await client.zrange('z', 0, -1, 'WITHSCORES')],
      settings: () => client.config('GET', 'maxmemory-policy'),
      queue: () => client.multi().incr('n').get('k').exec(),
      patterns: async () => sorted(await client.keys('*')),
      subscribed: async () => {
        await client.subscribe('news');
        return client.get('k');
      },
    };
    return look({ client, commands, port, otherPort });
  },
};

const redis = {
  reset,
  open({ library, port }, { socket, ...options }) {
    const client = library.createClient({ ...options, socket: { host: '127.0.0.1', port, ...socket } });
    return client.on('error', () => undefined);
  },
  close: (client) => void client.disconnect().catch(() => undefined),
  look(client, { port, otherPort }) {
    let told = 0;
    client.on('invalidate', () => {
      told += 1;
    });
    const commands = {
      connect: async () => void (await client.connect()),
      set: () => client.set('k', 'vä'),
      get: () => client.get('k'),
      again: () => client.get('k'),
      incr: () => client.incr('n'),
      hash: async () => [await client.hSet('h', 'a', '1'), await client.hGetAll('h')],
      scores: async () => [
        await client.zAdd('z', { score: 1.5, value: 'm' }),
        await client.zRangeWithScores('z', 0, -1),
      ],
      plain: () => client.sendCommand(['HGETALL', 'h']),
      score: () => client.sendCommand(['ZSCORE', 'z', 'm']),
      stream: async () => {
        await client.xAdd('x', '1-1', { a: '1' });
        return client.xRead({ key: 'x', id: '0' });
      },
      queue: () => client.multi().incr('n').get('k').exec(),
      patterns: async () => sorted(await client.keys('*')),
      invalidated: async () => {
        await ask(port, 'SET k other', 'SELECT 3', 'SET k other');
        await new Promise((resolve) => {
          setTimeout(resolve, 30);
        });
        return told;
      },
    };
    return look({ client, commands, port, otherPort });
  },
};

const old = {
  reset,
  open({ library, port }, options) {
    return library.createClient({ host: '127.0.0.1', port, ...options }).on('error', () => undefined);
  },
  close: (client) => client.end(false),
  look(client, { port, otherPort }) {
    const send = (name, ...args) =>
      new Promise((resolve, reject) => {
        client[name](...args, (error, reply) => (error ? reject(error) : resolve(reply)));
      });
    const commands = {
      set: () => send('set', 'k', 'vä'),
      get: () => send('get', 'k'),
      again: () => send('get', 'k'),
      getBuffer: () => send('get', Buffer.from('k')),
      incr: () => send('incr', 'n'),
      hash: async () => [await send('hset', 'h', 'a', '1'), await send('hgetall', 'h')],
      scores: async () => [await send('zadd', 'z', 1.5, 'm'), await send('zrange', 'z', 0, -1, 'WITHSCORES')],
      patterns: async () => sorted(await send('keys', '*')),
    };
    return look({ client, commands, port, otherPort });
  },
};

export const batteries = { ioredis, redis, 'redis-3': old };
