import type { ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const QUEUE = { role: 'queue', use: 'queue', opens: 'ioredis', opensVersion: '>=5.0.0' } as const;
const WORKER =
  'Throws unless maxRetriesPerRequest is null; a key prefix throws; duplicates the client for its blocking part.';

/** A construct whose options hold the connection: a client, or options to open one. */
function queue(name: string, at: number, note: string, more: Partial<ConsumerConstruct> = {}): ConsumerConstruct {
  const path = [at, 'connection'];
  return entry(`new ${name}`, [name], [path], { ...QUEUE, optionsAt: [path], note, ...more });
}

const SHARED = 'A shared client survives close().';

export const bullmq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bullmq',
  language: 'javascript',
  packages: ['bullmq'],
  constructs: [
    queue('Queue', 1, SHARED),
    queue('Worker', 2, WORKER, { duplicates: 1 }),
    queue('QueueEvents', 1, 'Duplicates the client.', { duplicates: 1 }),
    queue('QueueEventsProducer', 1, 'As a queue.'),
    queue('FlowProducer', 0, 'As a queue.'),
    queue('QueueScheduler', 1, 'Duplicates the client.', {
      duplicates: 1,
      versions: '<2.0.0',
      source: 'BullMQ 2.0 change log: QueueScheduler removed',
    }),
    queue('JobScheduler', 1, 'As a queue.'),
  ],
};

export const bullmqPro: ConsumerLibrary = {
  kind: 'consumer',
  name: '@taskforcesh/bullmq-pro',
  language: 'javascript',
  packages: ['@taskforcesh/bullmq-pro'],
  constructs: [
    queue('QueuePro', 1, SHARED),
    queue('WorkerPro', 2, WORKER, { duplicates: 1 }),
    queue('QueueEventsPro', 1, 'Duplicates the client.', { duplicates: 1 }),
    queue('FlowProducerPro', 0, 'As a queue.'),
  ],
};

function module(name: string, where: (number | string)[]): ConsumerConstruct {
  const path = [...where, 'connection'];
  return entry(`BullModule.${name}`, ['BullModule', name], [path], { ...QUEUE, optionsAt: [path], note: SHARED });
}

/** @nestjs/bullmq: the connection of bullmq, given once for a module; in front of it there may be the name of a configuration. */
export const nestBullmq: ConsumerLibrary = {
  kind: 'consumer',
  name: '@nestjs/bullmq',
  language: 'javascript',
  packages: ['@nestjs/bullmq'],
  constructs: [
    entry(
      'BullModule.forRoot',
      ['BullModule', 'forRoot'],
      [
        [0, 'connection'],
        [1, 'connection'],
      ],
      {
        ...QUEUE,
        optionsAt: [
          [0, 'connection'],
          [1, 'connection'],
        ],
        note: SHARED,
      },
    ),
    module('forRootAsync', [0, 'useFactory', '()']),
    module('registerQueue', [0]),
    module('registerQueueAsync', [0, 'useFactory', '()']),
  ],
};
