import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const SESSION = { role: 'command', use: 'session' } as const;

export const connectRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'connect-redis',
  language: 'javascript',
  packages: ['connect-redis'],
  constructs: [
    entry('new RedisStore', [], [[0, 'client']], {
      ...SESSION,
      versions: '<9.0.0',
      note: 'Looks at the client (`scanIterator` in client): it must be the real object.',
    }),
    entry('new RedisStore', ['RedisStore'], [[0, 'client']], { ...SESSION, note: 'From 9 on node-redis only.' }),
  ],
};
