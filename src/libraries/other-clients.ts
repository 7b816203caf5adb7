/** Clients whose openings are listed and whose arguments are not read: Valkey GLIDE, Bun. */

import type { Construct, RedisLibrary } from '../model/library.js';
import { COMMAND_FACTS } from './method-facts.js';

const NO_ADDRESS: RedisLibrary['address'] = {
  ...{ host: [], port: [], path: [], user: [], password: [], tls: [], database: [], prefix: [], decode: [] },
};

function construct(path: string[], call: Construct['call'], api: string, more: Partial<Construct> = {}): Construct {
  const source = 'redis-semantics 1.1';
  return { path, call, api, makes: 'client', mode: 'async', arguments: 'opaque', source, ...more };
}

/** @valkey/valkey-glide 1 and 2. */
export const glide: RedisLibrary = {
  kind: 'redis',
  name: '@valkey/valkey-glide',
  language: 'javascript',
  packages: ['@valkey/valkey-glide'],
  self: ['default'],
  constructs: [
    construct(['GlideClient', 'createClient'], 'call', 'GlideClient.createClient'),
    construct(['GlideClusterClient', 'createClient'], 'call', 'GlideClusterClient.createClient', { makes: 'cluster' }),
  ],
  duplicates: [],
  returnsSelf: [],
  closes: ['close'],
  connects: [],
  handlers: [],
  harmless: ['getStatistics'],
  methods: { ...COMMAND_FACTS, customcommand: { commandArgument: true } },
  endings: [],
  options: {},
  address: NO_ADDRESS,
  habits: {},
};

/** The client that comes with Bun. `import { redis } from 'bun'` is one that Bun opens itself. */
export const bun: RedisLibrary = {
  kind: 'redis',
  name: 'bun',
  language: 'javascript',
  packages: ['bun'],
  self: ['default'],
  constructs: [construct(['RedisClient'], 'new', 'new RedisClient')],
  duplicates: ['duplicate'],
  returnsSelf: [],
  closes: ['close'],
  connects: ['connect'],
  handlers: [],
  harmless: ['connected', 'bufferedAmount', 'onconnect', 'onclose'],
  methods: { ...COMMAND_FACTS, send: { commandArgument: true } },
  endings: ['buffer'],
  options: {},
  address: NO_ADDRESS,
  habits: {},
};
