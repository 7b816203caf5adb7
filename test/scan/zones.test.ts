import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../src/scan/zones.js';

describe('zoneOf', () => {
  it.each([
    'src/a.test.ts',
    'src/a.spec.tsx',
    'src/a.e2e.ts',
    'types/index.tst.ts',
    'src/a.servertest.ts',
    'src/a.integration-test.ts',
    'src/trigger.server.test.helpers.ts',
    'src/trigger.testHelpers.ts',
    'src/__tests__/a.ts',
    'packages/p/test/redis.ts',
    'e2e/a.ts',
    'libs/testing/src/queue.ts',
    'internal/testcontainers/src/index.ts',
    'vitest.config.ts',
    'jest.setup.js',
    'tests/test_a.py',
    'app/test_a.py',
    'app/a_test.py',
    'app/conftest.py',
    'examples/shop/test/a.js',
  ])('test: %s', (file) => {
    expect(zoneOf(file)).toBe('test');
  });

  it.each([
    'examples/a/server.js',
    'docs/a.py',
    'benchmark/bq/a.js',
    'references/hello/src/a.ts',
    'src/a.bench.ts',
    'example.ts',
    'packages/p/example-cluster.mjs',
    'examples/a/scripts/b.ts',
  ])('example: %s', (file) => {
    expect(zoneOf(file)).toBe('example');
  });

  it.each(['scripts/recover.ts', 'packages/p/scripts/a.py', 'prisma/seed.ts', 'apps/api/migrations/a.ts', 'setup.py'])(
    'script: %s',
    (file) => {
      expect(zoneOf(file)).toBe('script');
    },
  );

  it.each([
    'src/index.ts',
    'lib/redis.js',
    'bin/server.js',
    'src/latest.ts',
    'src/a.latest.ts',
    'src/exampled.ts',
    'src/example.service.ts',
    'src/contest.ts',
    'src/attest.py',
    'app/tasks.py',
    'src/nodes/tools/a.ts',
    'src/templates/mail.ts',
    'src/inspect/a.ts',
    'src/testimonials/a.ts',
    'src/specification.ts',
  ])('production: %s', (file) => {
    expect(zoneOf(file)).toBe('production');
  });
});
