import type { Sourced } from '../model/library.js';
import type { LifecycleHook } from './shutdown-hooks.js';

/** How a server of JavaScript begins to answer: a method of what the packages make, or a function of theirs. */
export interface ServerStart extends Sourced {
  packages: string[];
  /** End of the member's path. */
  member: string;
}

/** Calls from which on requests come in. What a program needs for them must be there before. */
export const SERVER_STARTS: readonly ServerStart[] = [
  {
    packages: ['http', 'https', 'node:http', 'node:https', 'http2', 'node:http2', 'net', 'node:net'],
    member: 'listen',
    source: 'nodejs.org/api/net.html#serverlisten',
  },
  { packages: ['express'], member: 'listen', source: 'expressjs.com API 4 and 5: app.listen' },
  { packages: ['fastify'], member: 'listen', source: 'fastify.dev Reference/Server: listen' },
  { packages: ['koa'], member: 'listen', source: 'koajs.com: app.listen' },
  { packages: ['@nestjs/core'], member: 'listen', source: 'docs.nestjs.com/first-steps: NestFactory, app.listen' },
  { packages: ['@hono/node-server'], member: 'serve', source: 'hono.dev docs/getting-started/nodejs: serve' },
];

/** Hooks of servers that run when the last request has been answered. */
export const SERVER_ENDS: readonly LifecycleHook[] = [
  {
    packages: ['fastify'],
    member: ['addHook'],
    events: ['onClose'],
    source: 'fastify.dev Reference/Hooks: onClose runs when all in-flight requests have been completed',
  },
];

/** Packages whose members must be told apart for these tables. */
export const SERVER_PACKAGES: readonly string[] = SERVER_STARTS.flatMap(({ packages }) => packages);

/** A text without any of these lets no server of JavaScript begin. */
export const SERVER_WORDS: readonly string[] = ['.listen', 'onClose', '@hono/node-server'];
