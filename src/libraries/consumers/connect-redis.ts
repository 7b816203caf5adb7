import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const SESSION = { role: 'command', use: 'session' } as const;
const LOOKS = 'Looks at the client (`scanIterator` in client): it must be the real object.';

export const connectRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'connect-redis',
  language: 'javascript',
  packages: ['connect-redis'],
  constructs: [
    entry('new RedisStore', [], [[0, 'client']], { ...SESSION, versions: '<9.0.0', note: LOOKS }),
    entry('new RedisStore', ['RedisStore'], [[0, 'client']], { ...SESSION, note: 'From 9 on node-redis only.' }),
    // `require('connect-redis')(session)` is the class.
    entry('new RedisStore', ['()'], [[0, 'client']], {
      ...SESSION,
      versions: '<7.0.0',
      optionsAt: [[0]],
      opens: 'redis',
      opensVersion: '<4.0.0',
      note: 'Calls get, set, expire and del with callbacks; up to 3 it opens a client of its own when it is given none.',
      source: 'redis-semantics 1.2; connect-redis 3.4.2 lib/connect-redis.js, 6.1.3 index.js',
    }),
  ],
};
