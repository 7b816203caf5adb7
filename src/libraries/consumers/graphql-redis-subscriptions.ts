import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const graphqlRedisSubscriptions: ConsumerLibrary = {
  kind: 'consumer',
  name: 'graphql-redis-subscriptions',
  language: 'javascript',
  packages: ['graphql-redis-subscriptions'],
  constructs: [
    entry(
      'new RedisPubSub',
      ['RedisPubSub'],
      [
        [0, 'publisher'],
        [0, 'subscriber'],
      ],
      {
        role: 'subscriber',
        roles: ['command', 'subscriber'],
        use: 'pubsub',
        closes: true,
        note: 'close() quits both clients.',
      },
    ),
  ],
};
