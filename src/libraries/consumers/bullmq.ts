import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const QUEUE = { role: 'queue', use: 'queue' } as const;

export const bullmq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bullmq',
  language: 'javascript',
  packages: ['bullmq'],
  constructs: [
    entry('new Queue', ['Queue'], [[1, 'connection']], { ...QUEUE, note: 'A shared client survives close().' }),
    entry('new Worker', ['Worker'], [[2, 'connection']], {
      ...QUEUE,
      duplicates: 1,
      note: 'Throws unless maxRetriesPerRequest is null; a key prefix throws; duplicates the client for its blocking part.',
    }),
    entry('new QueueEvents', ['QueueEvents'], [[1, 'connection']], {
      ...QUEUE,
      duplicates: 1,
      note: 'Duplicates the client.',
    }),
    entry('new FlowProducer', ['FlowProducer'], [[0, 'connection']], { ...QUEUE, note: 'As a queue.' }),
    entry('new QueueScheduler', ['QueueScheduler'], [[1, 'connection']], {
      ...QUEUE,
      duplicates: 1,
      versions: '<2.0.0',
      source: 'BullMQ 2.0 change log: QueueScheduler removed',
      note: 'Duplicates the client.',
    }),
    entry('new JobScheduler', ['JobScheduler'], [[1, 'connection']], { ...QUEUE, note: 'As a queue.' }),
  ],
};
