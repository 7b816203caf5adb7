import { describe, expect, test } from 'vitest';
import { gateRules } from '../../src/scan/gate.js';
import { startScan } from '../../src/scan/index.js';
import { settingsOf } from '../../src/scan/settings.js';
import { isSettingsFile } from '../../src/scan/settings-names.js';
import { git, makeTree } from './tree.js';

/** `line:column key.path=value` of every setting. */
function found(file: string, text: string): string[] {
  return settingsOf(file, text).map((one) => `${one.line}:${one.column} ${one.path.join('.')}=${one.value}`);
}

describe('settings that say where a Redis server is', () => {
  test('of the environment: quotes, comments, exports, CRLF', () => {
    const text = [
      '# REDIS_URL=redis://old:6379',
      'REDIS_URL="redis://user:pw@cache:6379/1" # main',
      "export CACHE_REDIS_HOST = 'cache'",
      'REDIS_PORT=6379',
      'REDIS_HOST=',
      'REDIS_ENABLED=true',
      'BROKER=rediss://broker:6380',
      'HOST=web',
    ].join('\r\n');
    expect(found('.env', text)).toEqual([
      '2:11 REDIS_URL=redis://user:pw@cache:6379/1',
      '3:27 CACHE_REDIS_HOST=cache',
      '7:8 BROKER=rediss://broker:6380',
    ]);
  });

  test('of compose: maps, lists, commands; not the name of the server itself', () => {
    const text = `services:
  web:
    command: worker --broker redis://queue:6379/2
    environment:
      REDIS_URL: \${REDIS_URL:-redis://cache:6379}
    depends_on: [redis]
  job:
    environment:
      - REDIS_HOST=redis
      - MODE=fast
  redis:
    image: redis:7
    hostname: redis
`;
    expect(found('docker-compose.yml', text)).toEqual([
      '3:14 services.web.command=worker --broker redis://queue:6379/2',
      `5:18 services.web.environment.REDIS_URL=\${REDIS_URL:-redis://cache:6379}`,
      '9:9 services.job.environment.REDIS_HOST=redis',
    ]);
  });

  test('of YAML: several documents, pairs of Kubernetes, blocks of text', () => {
    const text = `redis:
  host: cache
  port: 6379
  image: redis:7
---
env:
  - name: REDIS_HOST
    value: cache.default.svc
run: |
  npm ci
  REDIS_URL=redis://localhost:6379 npm test
`;
    expect(found('values.yaml', text)).toEqual([
      '2:9 redis.host=cache',
      '8:12 env.REDIS_HOST=cache.default.svc',
      '11:13 run=npm ci\nREDIS_URL=redis://localhost:6379 npm test\n',
    ]);
  });

  test('of TOML and JSON, on one line too', () => {
    const toml =
      '[cache.redis]\nhost = "cache" # main\nport = 6379\n[tool.poetry]\nredis_url = "redis://no"\n[web]\nhost = "web"\n';
    expect(found('app.toml', toml)).toEqual(['2:8 cache.redis.host=cache']);
    const json =
      '{ "redis": { "url": "redis://cache:6379", "label": "Redis URL" }, "redisHost": "cache", "host": "web" }';
    expect(found('config/default.json', json)).toEqual(['1:21 redis.url=redis://cache:6379', '1:80 redisHost=cache']);
  });

  test('texts for people and types are no addresses', () => {
    const json =
      '{ "redisUrl": "The URL of Redis", "redisHost": { "type": "string" }, "redis.host": "Redis host name" }';
    expect(found('locales/en.json', json)).toEqual([]);
    expect(found('broken.json', '{ "redisHost": ')).toEqual([]);
    expect(found('broken.yaml', 'redis:\n\t host: [')).toEqual([]);
  });

  test.each(['.env', 'a/.env.local', 'prod.env', 'compose.yaml', 'k8s/app.yml', 'config/default.json', 'fly.toml'])(
    '%s can hold settings',
    (file) => expect(isSettingsFile(file)).toBe(true),
  );

  test.each([
    ...['package.json', 'a/package-lock.json', 'pnpm-lock.yaml', 'tsconfig.build.json', 'redis-migrate.config.json'],
    ...['.redis-migrate/plan.json', 'src/env.ts', 'environment.md', 'user.schema.json'],
  ])('%s holds none', (file) => expect(isSettingsFile(file)).toBe(false));

  test('a scan lists those of walked files that include and exclude mean, with their zone', async () => {
    const root = makeTree({
      '.gitignore': '.env\n',
      '.env': 'REDIS_URL=redis://secret:6379\n',
      '.env.example': 'REDIS_URL=redis://localhost:6379\n',
      'docker-compose.test.yml': 'x: redis://test:6379\n',
      'deploy/app.yaml': 'redis: { host: cache }\n',
      'old/app.yaml': 'redis: { host: gone }\n',
      'deploy/other.yaml': 'postgres: { host: db }\n',
    });
    git(root, 'init', '-q');
    git(root, 'add', '.');
    const options = { root, include: [], exclude: ['old/**'], jobs: 1, cacheDir: null, rules: gateRules([]) };
    const scan = await startScan(options);
    await scan.round(null);
    expect(scan.project().settings?.map(({ file, zone, line }) => `${file}:${line} ${zone}`)).toEqual([
      '.env.example:1 example',
      'deploy/app.yaml:1 production',
      'docker-compose.test.yml:1 test',
    ]);
  });
});
