/** Connection settings that are given to libraries which open for themselves. */

import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

/** `line api source uses` of every such site of a Python file. */
async function found(text: string, file = 'app/worker.py'): Promise<string[]> {
  const root = makeTree({ [file]: text });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
  return sites
    .filter(({ category }) => category === 'consumer-options')
    .map(({ line, api, source, uses, verdict }) => `${line} ${api} ${source} ${uses} ${verdict}`);
}

describe('consumer-options of Python', () => {
  it.each<[string, string, string[]]>([
    [
      'a broker with a URL',
      'import os\nfrom dramatiq.brokers.redis import RedisBroker\nbroker = RedisBroker(url=os.environ["REDIS_URL"])\n',
      ['3 RedisBroker env queue keep'],
    ],
    [
      'a broker with its defaults',
      'import dramatiq.brokers.redis\nbroker = dramatiq.brokers.redis.RedisBroker()\n',
      ['2 RedisBroker default queue keep'],
    ],
    [
      'Celery whose broker says Redis',
      'from celery import Celery\napp = Celery("jobs", broker="redis://cache/1", backend="rpc://")\n',
      ['2 Celery literal queue keep'],
    ],
    [
      'a settings name with a value that says Redis',
      'import os\nCELERY_BROKER_URL = os.environ.get("QUEUE_URL", "redis://cache/2")\n',
      ['2 CELERY_BROKER_URL env queue keep'],
    ],
    [
      'a table of settings',
      'CACHES = {\n    "default": {\n        "BACKEND": "django_redis.cache.RedisCache",\n        "LOCATION": URL,\n    }\n}\n',
      ['1 CACHES literal cache keep'],
    ],
    [
      'a setting of an application',
      'from flask_limiter import Limiter\napp.config["RATELIMIT_STORAGE_URI"] = "redis://cache/3"\nlimiter = Limiter(app)\n',
      ['2 RATELIMIT_STORAGE_URI literal rate-limit keep'],
    ],
    [
      'settings of arq',
      'from arq.connections import RedisSettings\n\n\nclass WorkerSettings:\n    redis_settings = RedisSettings.from_dsn("redis://cache/4")\n',
      ['5 RedisSettings.from_dsn literal queue keep'],
    ],
    [
      'an attribute of a configuration',
      'from celery import Celery\napp = Celery("jobs")\napp.conf.broker_url = "redis://cache"\n',
      ['3 broker_url literal queue keep'],
    ],
  ])('%s', async (_, text, sites) => {
    expect(await found(text)).toEqual(sites);
  });

  it.each([
    ['from dramatiq.brokers.redis import RedisBroker\nbroker = RedisBroker()\n', 'sync messaging'],
    ['from celery import Celery\napp = Celery("jobs", broker="redis://cache/1")\n', 'sync messaging'],
    ['from arq.connections import RedisSettings\nsettings = RedisSettings(host="cache")\n', 'async messaging'],
    ['from socketio import AsyncRedisManager\nmanager = AsyncRedisManager("redis://cache")\n', 'async messaging'],
    ['from socketio import RedisManager\nmanager = RedisManager("redis://cache")\n', 'sync messaging'],
    ['from flask_limiter import Limiter\nlimiter = Limiter(storage_uri="redis://cache")\n', 'sync limits-and-locks'],
    ['from aiocache import Cache\ncache = Cache.from_url("redis://cache")\n', 'async write-cache'],
  ])('say how they wait and what they are for: %s', async (text, expected) => {
    const options = { root: makeTree({ 'app/a.py': text }), configPath: null, jobs: 1, cache: false };
    const { sites } = await takeInventory({ ...options, includeTests: false });
    const own = sites.filter(({ category }) => category === 'consumer-options');
    expect(own.map(({ mode, purpose }) => `${mode} ${purpose}`)).toEqual([expected]);
  });

  it.each<[string, string]>([
    [
      'a client that is given to it',
      'import redis\nfrom dramatiq.brokers.redis import RedisBroker\nbroker = RedisBroker(client=redis.Redis(), url="redis://unused")\n',
    ],
    [
      'a client that cannot be followed',
      'from dramatiq.brokers.redis import RedisBroker\n\n\ndef make(client):\n    return RedisBroker(client=client)\n',
    ],
    ['a queue with its client', 'import redis\nfrom rq import Queue\nqueue = Queue(connection=redis.Redis())\n'],
    ['another broker', 'from celery import Celery\napp = Celery("jobs", broker="amqp://queue")  # not redis\n'],
    [
      'another store',
      'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # no redis\n',
    ],
    ['a class of the same name', 'class RedisBroker:\n    pass\n\n\nbroker = RedisBroker(url="redis://cache")\n'],
    ['a variable inside of a function', 'def read():\n    CACHES = {"a": "redis://cache"}\n    return CACHES\n'],
  ])('not: %s', async (_, text) => {
    expect(await found(text)).toEqual([]);
  });
});
