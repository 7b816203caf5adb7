import type { ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const NOTE = '`createClient(type)` must give a new client for `bclient` at each call; bull closes none of them.';

export const bull: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bull',
  language: 'javascript',
  packages: ['bull'],
  constructs: [
    entry(
      'new Queue',
      [],
      [
        [1, 'createClient'],
        [2, 'createClient'],
      ],
      {
        call: 'either',
        role: 'unknown',
        use: 'queue',
        optionsAt: [
          [1, 'redis'],
          [2, 'redis'],
          [1, 'text()'],
        ],
        opens: 'ioredis',
        opensVersion: '>=5.0.0',
        note: NOTE,
      },
    ),
  ],
};

function module(name: string, where: (number | string)[]): ConsumerConstruct {
  return entry(`BullModule.${name}`, ['BullModule', name], [[...where, 'createClient']], {
    role: 'unknown',
    use: 'queue',
    optionsAt: [
      [...where, 'redis'],
      [...where, 'url'],
    ],
    opens: 'ioredis',
    opensVersion: '>=5.0.0',
    note: NOTE,
  });
}

/** @nestjs/bull: the options of bull, given once for a module. */
export const nestBull: ConsumerLibrary = {
  kind: 'consumer',
  name: '@nestjs/bull',
  language: 'javascript',
  packages: ['@nestjs/bull'],
  constructs: [
    module('forRoot', [0]),
    module('forRootAsync', [0, 'useFactory', '()']),
    module('registerQueue', [0]),
    module('registerQueueAsync', [0, 'useFactory', '()']),
  ],
};
