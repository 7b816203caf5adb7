import type { Construct, RedisLibrary } from '../model/library.js';
import { COMMAND_FACTS } from './method-facts.js';

const SOURCE = 'redis-semantics 1.1; @upstash/redis 1.x README';
const HTTP = 'It speaks HTTP to a REST service and decodes JSON: no client with a connection stands for it.';

function construct(path: string[], call: Construct['call'], api: string): Construct {
  return { path, call, api, makes: 'client', mode: 'async', arguments: 'opaque', source: SOURCE };
}

/** Clients over HTTP have no connection and no state of one. */
function overHttp(name: string, packages: string[], self: string[], constructs: Construct[]): RedisLibrary {
  return {
    kind: 'redis',
    name,
    language: 'javascript',
    packages,
    self,
    stays: HTTP,
    constructs,
    duplicates: [],
    returnsSelf: [],
    closes: [],
    connects: [],
    handlers: [],
    harmless: ['pipeline', 'multi', 'use', 'createScript', 'json'],
    queued: ['exec', 'length', 'keys'],
    methods: COMMAND_FACTS,
    endings: [],
    options: {},
    address: { host: [], port: [], path: [], user: [], password: [], tls: [], database: [], prefix: [], decode: [] },
    habits: {},
  };
}

/** @upstash/redis 1.x. */
export const upstash = overHttp(
  '@upstash/redis',
  ['@upstash/redis'],
  ['default', 'Redis'],
  [construct([], 'new', 'new Redis'), construct(['fromEnv'], 'call', 'Redis.fromEnv')],
);

/** @vercel/kv: its `kv` is a client that the package opens; `createClient` opens another. */
export const vercelKv = overHttp(
  '@vercel/kv',
  ['@vercel/kv'],
  ['default'],
  [construct(['createClient'], 'call', 'createClient')],
);
