import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const PUBSUB = { role: 'subscriber', roles: ['command', 'subscriber'], use: 'pubsub' } as const;

function library(name: string, constructs: ConsumerLibrary['constructs']): ConsumerLibrary {
  return { kind: 'consumer', name, language: 'javascript', packages: [name], constructs };
}

const adapter = (api: string, path: string[]) =>
  entry(api, path, [[0], [1]], {
    ...PUBSUB,
    roles: ['command', 'subscriber'],
    note: 'Publisher and subscriber; it closes neither.',
  });

export const socketIoAdapter = library('@socket.io/redis-adapter', [
  adapter('createAdapter', ['createAdapter']),
  adapter('createShardedAdapter', ['createShardedAdapter']),
]);

export const socketIoLegacyAdapter = library('socket.io-redis', [
  entry(
    'redisAdapter',
    [],
    [
      [0, 'pubClient'],
      [0, 'subClient'],
    ],
    { ...PUBSUB, roles: ['command', 'subscriber'], note: 'Legacy adapter.' },
  ),
  entry(
    'createAdapter',
    ['createAdapter'],
    [
      [0, 'pubClient'],
      [0, 'subClient'],
    ],
    { ...PUBSUB, roles: ['command', 'subscriber'], note: 'Legacy adapter.' },
  ),
]);

export const socketIoStreamsAdapter = library('@socket.io/redis-streams-adapter', [
  entry('createAdapter', ['createAdapter'], [[0]], {
    role: 'command',
    use: 'streams',
    duplicates: 1,
    note: 'Duplicates the client for XREAD.',
  }),
]);

export const socketIoEmitter = library('@socket.io/redis-emitter', [
  entry('new Emitter', ['Emitter'], [[0]], { role: 'command', use: 'pubsub', note: 'Publishes only.' }),
]);
