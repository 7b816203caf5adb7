import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const beeQueue: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bee-queue',
  language: 'javascript',
  packages: ['bee-queue'],
  constructs: [
    entry('new Queue', [], [[1, 'redis']], {
      call: 'either',
      role: 'unknown',
      use: 'queue',
      duplicates: 2,
      optionsAt: [[1, 'redis']],
      opens: 'redis',
      opensVersion: '<4.0.0',
      note: 'Opens with redis 3; knows a client by its class name only: ioredis 5 and later are taken for plain options.',
    }),
  ],
};
