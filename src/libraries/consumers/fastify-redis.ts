import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const fastifyRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: '@fastify/redis',
  language: 'javascript',
  packages: ['@fastify/redis', 'fastify-redis'],
  constructs: [
    entry('register(fastifyRedis)', [], [[1, 'client']], {
      role: 'unknown',
      use: 'cache',
      note: 'Hands the client on as `fastify.redis`; closes it only with `closeClient: true`.',
    }),
  ],
};
