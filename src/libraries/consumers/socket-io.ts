import { entry, library } from './entry.js';

const PUBSUB = { role: 'subscriber', roles: ['command', 'subscriber'], use: 'pubsub' } as const;

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
    {
      ...PUBSUB,
      roles: ['command', 'subscriber'],
      call: 'either',
      optionsAt: [[0]],
      opens: 'redis',
      opensVersion: '<4.0.0',
      note: 'Legacy adapter; with options it opens two clients of redis 2 or 3.',
    },
  ),
  entry(
    'createAdapter',
    ['createAdapter'],
    [
      [0, 'pubClient'],
      [0, 'subClient'],
    ],
    {
      ...PUBSUB,
      roles: ['command', 'subscriber'],
      call: 'either',
      optionsAt: [[0]],
      opens: 'redis',
      opensVersion: '<4.0.0',
      note: 'Legacy adapter; with options it opens two clients of redis 2 or 3.',
    },
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

export const socketIoStreamsEmitter = library('@socket.io/redis-streams-emitter', [
  entry('new Emitter', ['Emitter'], [[0]], { role: 'command', use: 'streams', note: 'Adds to a stream only.' }),
]);

export const socketIoLegacyEmitter = library('socket.io-emitter', [
  entry('emitter', [], [[0]], {
    role: 'command',
    use: 'pubsub',
    optionsAt: [[0]],
    opens: 'redis',
    opensVersion: '<4.0.0',
    note: 'Publishes only; with options it opens a client of redis 2.',
  }),
]);
