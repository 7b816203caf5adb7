/** Calls of one command in the form of each library, and what they answered, on a real server. */

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const promised = (client, name, ...args) =>
  new Promise((resolve, reject) => {
    client[name](...args, (error, answer) => (error ? reject(error) : resolve(answer)));
  });

/** Keys that every call finds: written again before each, with commands that no library changes. */
const KEYS = [
  ['FLUSHALL'],
  ['SET', 's', 'v'],
  ['SET', 't', 'v'],
  ['HSET', 'h', 'a', '1'],
  ['SADD', 'u', 'a'],
  ['ZADD', 'z', '1.5', 'm'],
  ['RPUSH', 'l', 'v'],
  ['XADD', 'x', '1-1', 'a', '1'],
  ['GEOADD', 'g', '13.5', '38.25', 'p'],
];

/** Command → arguments in ioredis, in redis 4 to 6 (with the name there), in redis 2 and 3 (as in ioredis when left out). */
const CALLS = {
  expire: [
    ['s', 60],
    ['expire', 's', 60],
  ],
  persist: [['s'], ['persist', 's']],
  setnx: [
    ['s', 'w'],
    ['setNX', 's', 'w'],
  ],
  msetnx: [
    ['n', 'w'],
    ['mSetNX', { n: 'w' }],
  ],
  hexists: [
    ['h', 'a'],
    ['hExists', 'h', 'a'],
  ],
  hsetnx: [
    ['h', 'a', '2'],
    ['hSetNX', 'h', 'a', '2'],
  ],
  sismember: [
    ['u', 'a'],
    ['sIsMember', 'u', 'a'],
  ],
  smove: [
    ['u', 'w', 'a'],
    ['sMove', 'u', 'w', 'a'],
  ],
  renamenx: [
    ['s', 't'],
    ['renameNX', 's', 't'],
  ],
  pfadd: [
    ['p', 'a'],
    ['pfAdd', 'p', 'a'],
  ],
  zscore: [
    ['z', 'm'],
    ['zScore', 'z', 'm'],
  ],
  zincrby: [
    ['z', 1, 'm'],
    ['zIncrBy', 'z', 1, 'm'],
  ],
  zpopmin: [['z'], ['zPopMin', 'z']],
  incrbyfloat: [
    ['f', 1.5],
    ['incrByFloat', 'f', 1.5],
  ],
  hgetall: [['none'], ['hGetAll', 'none']],
  scan: [
    [0, 'MATCH', 'h'],
    ['scan', null, { MATCH: 'h' }],
  ],
  hscan: [
    ['h', 0],
    ['hScan', 'h', null],
  ],
  sscan: [
    ['u', 0],
    ['sScan', 'u', null],
  ],
  zscan: [
    ['z', 0],
    ['zScan', 'z', null],
  ],
  config: [
    ['GET', 'maxmemory'],
    ['configGet', 'maxmemory'],
  ],
  xread: [
    ['STREAMS', 'x', '0'],
    ['xRead', { key: 'x', id: '0' }],
  ],
  xrange: [
    ['x', '-', '+'],
    ['xRange', 'x', '-', '+'],
  ],
  geopos: [
    ['g', 'p'],
    ['geoPos', 'g', 'p'],
  ],
  blpop: [
    ['l', 1],
    ['blPop', 'l', 1],
  ],
  lpop: [['l'], ['lPop', 'l']],
  ttl: [['s'], ['ttl', 's']],
};

async function ioredis(name, version, url) {
  const { default: Redis } = require(name);
  const client = new Redis(url);
  const call = (command) => client[command](...CALLS[command][0]);
  const exec = () => client.multi().set('a', '1').get('a').exec();
  return {
    library: 'ioredis',
    version,
    call,
    exec,
    raw: (args) => client.call(...args),
    end: () => client.disconnect(),
  };
}

async function nodeRedis(name, version, url) {
  const client = require(name).createClient({ url });
  client.on('error', () => undefined);
  await client.connect();
  const call = (command) => {
    const [method, ...args] = CALLS[command][1];
    const cursor = version.startsWith('4.') ? 0 : '0';
    return client[method](...args.map((one) => (one === null ? cursor : one)));
  };
  const exec = () => client.multi().set('a', '1').get('a').exec();
  return {
    library: 'redis',
    version,
    call,
    exec,
    raw: (args) => client.sendCommand(args),
    end: () => client.disconnect(),
  };
}

async function redis3(name, version, url) {
  const client = require(name).createClient(url);
  const call = (command) => promised(client, command, ...CALLS[command][0]);
  const exec = () => promised(client.multi().set('a', '1').get('a'), 'exec');
  const raw = ([command, ...args]) => promised(client, 'send_command', command, args);
  return { library: 'redis', version, call, exec, raw, end: () => client.end(false) };
}

const LIBRARIES = {
  'ioredis-4': ioredis,
  'ioredis-5': ioredis,
  ioredis,
  'redis-3': redis3,
  'redis-4': nodeRedis,
  'redis-5': nodeRedis,
  redis: nodeRedis,
};

const rows = [];
for (const [name, open] of Object.entries(LIBRARIES)) {
  const client = await open(name, require(`${name}/package.json`).version, process.argv[2]);
  for (const command of [...Object.keys(CALLS), 'exec']) {
    for (const args of KEYS) await client.raw(args);
    const answer = command === 'exec' ? await client.exec() : await client.call(command);
    rows.push({ library: client.library, version: client.version, command, answer: answer ?? null });
  }
  await client.end();
}
console.log(JSON.stringify(rows));
process.exit(0);
