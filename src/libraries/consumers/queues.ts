import { entry, library } from './entry.js';

const QUEUE = { role: 'unknown', use: 'queue' } as const;

export const kue = library('kue', [
  entry('createQueue', ['createQueue'], [[0, 'redis', 'createClientFactory']], {
    ...QUEUE,
    optionsAt: [[0, 'redis']],
    opens: 'redis',
    opensVersion: '<4.0.0',
    note: 'Opens with redis 2; its factory must give a new client at each call.',
  }),
]);

export const rsmq = library('rsmq', [
  entry('new RSMQ', [], [[0, 'client']], {
    ...QUEUE,
    role: 'command',
    optionsAt: [[0]],
    opens: 'redis',
    opensVersion: '<4.0.0',
    note: 'Opens with redis 2 or 3; quit() closes the client.',
    closes: true,
  }),
]);

/** Each part of node-resque has a connection of its own. */
const resque = (name: string) =>
  entry(`new ${name}`, [name], [[0, 'connection', 'redis']], {
    ...QUEUE,
    optionsAt: [[0, 'connection']],
    opens: 'ioredis',
    opensVersion: '>=5.0.0',
    note: 'end() closes a client that it opened.',
  });

export const nodeResque = library('node-resque', ['Queue', 'Worker', 'Scheduler', 'MultiWorker'].map(resque));

export const groupmq = library('groupmq', [
  entry('new Queue', ['Queue'], [[0, 'redis']], {
    ...QUEUE,
    role: 'command',
    duplicates: 2,
    closes: true,
    note: 'Duplicates the client for what blocks and for its promoter; close() quits it.',
    source: 'groupmq 1.1.0, dist/index.js: startPromoter, Worker.run, Queue.close',
  }),
]);

export const genericPool = library('generic-pool', [
  entry('createPool', ['createPool'], [[0, 'create']], {
    ...QUEUE,
    note: 'Those who borrow a client count on a connection for themselves; the pool closes it.',
    closes: true,
  }),
]);

export const hocuspocus = library('@hocuspocus/extension-redis', [
  entry('new Redis', ['Redis'], [[0, 'redis']], {
    role: 'unknown',
    use: 'pubsub',
    optionsAt: [[0]],
    opens: 'ioredis',
    opensVersion: '>=5.0.0',
    duplicates: 1,
    note: 'Opens or duplicates a publisher and a subscriber.',
  }),
]);
