/** Switches of limiters and caches that decide what happens when Redis cannot be reached: data. */

/**
 * What such a switch does then. `passes`: everybody passes. `counts-alone`: each process counts for itself. `misses`: a cache
 * is empty, and says nothing.
 */
export type FailOpenEffect = 'passes' | 'counts-alone' | 'misses';

export interface FailOpenSwitch {
  /** What it is a switch of, for people. */
  of: string;
  /** Packages or modules, one of which its file imports; none: its name says enough wherever it stands. */
  packages: readonly string[];
  name: string;
  /** `true`: it is on with that value; `given`: with any that is not empty. */
  on: 'true' | 'given';
  effect: FailOpenEffect;
  source: string;
}

const EXPRESS = 'express-rate-limit 7, docs: passOnStoreError, default false';
const FASTIFY = '@fastify/rate-limit 10, README: skipOnError, default false';
const FLASK = 'flask-limiter 3, docs: configuration and flask_limiter/constants.py';
const SLOWAPI = 'slowapi 0.1, docs: API reference of Limiter';
const DJANGO = 'django-redis 5, README: memcached exceptions behaviour';

export const FAIL_OPEN_SWITCHES: readonly FailOpenSwitch[] = [
  ...one('express-rate-limit', ['express-rate-limit'], EXPRESS, { passOnStoreError: 'passes' }),
  ...one('rate-limit-redis', ['rate-limit-redis'], 'rate-limit-redis 1, README', { passIfNotConnected: 'passes' }),
  ...one('@fastify/rate-limit', ['@fastify/rate-limit', 'fastify-rate-limit'], FASTIFY, { skipOnError: 'passes' }),
  {
    of: 'rate-limiter-flexible',
    packages: ['rate-limiter-flexible'],
    name: 'insuranceLimiter',
    on: 'given',
    effect: 'counts-alone',
    source: 'rate-limiter-flexible, wiki: Insurance Strategy',
  },
  ...limiter('Flask-Limiter', 'flask_limiter', FLASK),
  ...limiter('slowapi', 'slowapi', SLOWAPI),
  ...one('Flask-Limiter', [], FLASK, {
    RATELIMIT_SWALLOW_ERRORS: 'passes',
    RATELIMIT_IN_MEMORY_FALLBACK_ENABLED: 'counts-alone',
  }),
  ...one('django-redis', [], DJANGO, { DJANGO_REDIS_IGNORE_EXCEPTIONS: 'misses', IGNORE_EXCEPTIONS: 'misses' }),
];

function one(
  of: string,
  packages: readonly string[],
  source: string,
  switches: Readonly<Record<string, FailOpenEffect>>,
): FailOpenSwitch[] {
  return Object.entries(switches).map(([name, effect]) => ({ of, packages, name, on: 'true', effect, source }));
}

function limiter(of: string, name: string, source: string): FailOpenSwitch[] {
  return [
    ...one(of, [name], source, { swallow_errors: 'passes', in_memory_fallback_enabled: 'counts-alone' }),
    { of, packages: [name], name: 'in_memory_fallback', on: 'given', effect: 'counts-alone', source },
  ];
}
