import type { ConsumerLibrary } from '../../model/library.js';
import { entry, library } from './entry.js';

export const fastifyRedis: ConsumerLibrary = {
  ...library('@fastify/redis', [
    entry('register(fastifyRedis)', [], [[1, 'client']], {
      call: 'plugin',
      role: 'unknown',
      use: 'cache',
      optionsAt: [[1]],
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      note: 'Hands the client on as `fastify.redis`; closes it only with `closeClient: true`.',
    }),
  ]),
  packages: ['@fastify/redis', 'fastify-redis'],
};

export const fastifyRateLimit: ConsumerLibrary = {
  ...library('@fastify/rate-limit', [
    entry('register(rateLimit)', [], [[1, 'redis']], {
      call: 'plugin',
      role: 'command',
      use: 'rate-limit',
      note: 'Defines a command of its own on the client.',
    }),
  ]),
  packages: ['@fastify/rate-limit', 'fastify-rate-limit'],
};
