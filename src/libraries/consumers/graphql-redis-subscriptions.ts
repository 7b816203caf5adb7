import { entry, library } from './entry.js';

export const graphqlRedisSubscriptions = library('graphql-redis-subscriptions', [
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
      optionsAt: [[0, 'connection']],
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      note: 'close() quits both clients; with options it opens two.',
    },
  ),
]);
