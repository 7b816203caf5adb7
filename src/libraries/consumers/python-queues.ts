import type { ConsumerLibrary } from '../../model/library.js';
import { always, named, perhaps, stated, taker } from './python-entry.js';

const QUEUE = { role: 'queue', use: 'queue' } as const;
const ADDRESS = ['url', 'host', 'port', 'db', 'password', 'username', 'connection_pool'] as const;

export const dramatiq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'dramatiq',
  language: 'python',
  packages: ['dramatiq'],
  constructs: [
    taker('brokers.redis.RedisBroker', {
      ...QUEUE,
      client: ['client'],
      own: always(...ADDRESS),
      note: 'With a client the other arguments are ignored. It needs bytes.',
    }),
    ...['results.backends.redis.RedisBackend', 'results.backends.RedisBackend'].map((path) =>
      taker(path, {
        ...QUEUE,
        role: 'blocking',
        client: ['client'],
        own: always(...ADDRESS),
        note: 'Waits for results with BRPOPLPUSH.',
      }),
    ),
    ...['rate_limits.backends.redis.RedisBackend', 'rate_limits.backends.RedisBackend'].map((path) =>
      taker(path, {
        role: 'command',
        use: 'rate-limit',
        client: ['client'],
        own: always(...ADDRESS),
        note: 'Sends scripts and WATCH in pipelines.',
      }),
    ),
  ],
};

const CELERY = 'Takes no client: connections of its own, closed after a fork by itself.';

export const celery: ConsumerLibrary = {
  kind: 'consumer',
  name: 'celery',
  language: 'python',
  packages: ['celery'],
  constructs: [
    ...['Celery', 'app.Celery', 'app.base.Celery'].map((path) =>
      taker(path, { ...QUEUE, own: perhaps('broker', 'backend', 'result_backend', 'broker_url'), note: CELERY }),
    ),
  ],
  settings: named(
    'queue',
    'redis-semantics 1.4; Celery configuration reference',
    CELERY,
    'CELERY_BROKER_URL CELERY_RESULT_BACKEND BROKER_URL broker_url result_backend CELERY_REDIS_SCHEDULER_URL',
  ),
};

export const kombu: ConsumerLibrary = {
  kind: 'consumer',
  name: 'kombu',
  language: 'python',
  packages: ['kombu'],
  constructs: ['Connection', 'connection.Connection'].map((path) =>
    taker(path, { ...QUEUE, own: perhaps(0, 'hostname', 'transport'), note: CELERY }),
  ),
};

const NO_DECODING = 'Jobs are pickled: a client that decodes does not work.';

export const rq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'rq',
  pickles: true,
  language: 'python',
  packages: ['rq', 'rq_scheduler'],
  constructs: [
    ...['Queue', 'queue.Queue'].map((path) => taker(path, { ...QUEUE, client: ['connection', 1], note: NO_DECODING })),
    ...['Worker', 'SimpleWorker', 'SpawnWorker', 'worker.Worker', 'worker.SimpleWorker'].map((path) =>
      taker(path, {
        ...QUEUE,
        role: 'blocking',
        client: ['connection'],
        note: 'Blocks, and changes `socket_timeout` of the pool that it is given.',
      }),
    ),
    ...['Job.fetch', 'job.Job.fetch', 'Job.create', 'job.Job.create', 'Scheduler', 'scheduler.Scheduler'].map((path) =>
      taker(path, { ...QUEUE, client: ['connection'], note: NO_DECODING }),
    ),
  ],
};

export const arq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'arq',
  asynchronous: true,
  pickles: true,
  language: 'python',
  packages: ['arq'],
  constructs: ['RedisSettings', 'connections.RedisSettings'].flatMap((path) => [
    taker(path, { ...QUEUE, own: always('host', 'port', 'database', 'password', 0), note: 'Pickled jobs.' }),
    taker(`${path}.from_dsn`, { ...QUEUE, own: stated(0, 'dsn'), note: 'Pickled jobs.' }),
  ]),
};

const HUEYS = ['RedisHuey', 'PriorityRedisHuey', 'RedisExpireHuey', 'PriorityRedisExpireHuey'];

export const huey: ConsumerLibrary = {
  kind: 'consumer',
  name: 'huey',
  pickles: true,
  language: 'python',
  packages: ['huey'],
  constructs: HUEYS.flatMap((name) =>
    [name, `api.${name}`, `contrib.minimal.${name}`].map((path) =>
      taker(path, {
        ...QUEUE,
        role: 'blocking',
        own: always('url', 'host', 'port', 'db', 'connection_pool'),
        source: 'huey documentation, "Redis Huey"',
        note: 'Waits for tasks with BLPOP; bytes.',
      }),
    ),
  ),
};

export const taskiqRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'taskiq-redis',
  asynchronous: true,
  language: 'python',
  packages: ['taskiq_redis'],
  constructs: [
    ...['ListQueueBroker', 'PubSubBroker', 'RedisStreamBroker', 'RedisAsyncResultBackend'].map((path) =>
      taker(path, {
        ...QUEUE,
        own: always(0, 'url', 'redis_url'),
        source: 'taskiq-redis README',
        note: 'A URL only.',
      }),
    ),
  ],
};

export const saq: ConsumerLibrary = {
  kind: 'consumer',
  name: 'saq',
  asynchronous: true,
  language: 'python',
  packages: ['saq'],
  constructs: [
    taker('Queue', { ...QUEUE, role: 'blocking', client: [0, 'redis'], source: 'saq README', note: 'Waits for jobs.' }),
    taker('Queue.from_url', { ...QUEUE, own: perhaps(0, 'url'), source: 'saq README', note: 'Also other servers.' }),
  ],
};
