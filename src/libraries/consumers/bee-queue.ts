import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const beeQueue: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bee-queue',
  language: 'javascript',
  packages: ['bee-queue'],
  constructs: [
    entry('new Queue', [], [[1, 'redis']], {
      role: 'unknown',
      use: 'queue',
      duplicates: 2,
      note: 'Knows a client by its class name only: ioredis 5 and later are taken for plain options.',
    }),
  ],
};
