/** What is printed: no secrets, the same bytes each time, the shape that the schema promises. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commitAll } from '../apply/workshop.js';
import { CHECKOUT, Program, type Run } from './program.js';

const program = new Program();
afterAll(() => program.drop());

describe('secrets', () => {
  // Each of another form, in another place of the program.
  const SECRETS = ['hunter2url', 'hunter2option', 'hunter2token', 'hunter2env', 'hunter2broken', 'hunter2name'];
  const FILES = {
    'package.json': '{ "name": "p", "private": true, "dependencies": { "ioredis": "5.4.1" } }\n',
    '.env': 'REDIS_PASSWORD=hunter2env\n',
    'src/lib/redis.ts':
      "import Redis from 'ioredis';\n\nconst client = new Redis('redis://:hunter2url@cache.internal:6379');\n\nexport function getRedis() {\n  return client;\n}\n",
    'src/a.ts':
      "import Redis from 'ioredis';\n\nexport async function read() {\n  const redis = new Redis('redis://:hunter2url@cache.internal:6379');\n  return redis.get('a');\n}\n",
    'src/b.ts':
      "import Redis from 'ioredis';\n\nconst options = { host: 'cache.internal', password: 'hunter2option' };\nexport async function read() {\n  const redis = new Redis(options);\n  return redis.get('b');\n}\n",
    'src/c.ts':
      "import Redis from 'ioredis';\n\nconst token = 'hunter2token';\nexport async function read() {\n  const redis = new Redis({ host: 'cache.internal', password: token });\n  await redis.auth('hunter2option');\n  return redis.get('b');\n}\n",
    'src/bad.ts': "import Redis from 'ioredis';\nconst r = new Redis({ password: 'hunter2broken' } } );\n",
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.ts', open: null, close: null } },
      databases: { main: { number: 0, identity: ['literal:cache.internal:6379'] } },
    }),
  };

  /** All bytes that a run shows, and all names that it leaves. */
  function shown(root: string, { out, err }: Run): string {
    return [out, err, ...names(root)].join('\n');
  }

  function names(root: string): string[] {
    return readdirSync(join(root, '.redis-migrate'), { recursive: true, encoding: 'utf8' });
  }

  it('are in no output, message, or name of a file that is written', () => {
    const root = program.tree(FILES);
    const lines = [
      ['scan'],
      ['scan', '--format', 'json'],
      ['plan'],
      ['plan', '--write', '--format', 'json'],
      ['apply', '--batch', 'all', '--include', 'review', '--dry-run'],
      ['apply', '--batch', 'all', '--include', 'review', '--dry-run', '--format', 'json'],
      ['apply', '--batch', 'all', '--include', 'review', '--allow-dirty', '--format', 'json'],
      ['rollback', '--batch', 'all'],
      [
        'apply',
        '--batch',
        'all',
        '--include',
        'review',
        '--allow-dirty',
        '--format-with',
        "echo 'redis://:hunter2url@h' >&2; false #",
      ],
      ['scan', '--config', 'redis://:hunter2name@host/x.json'],
      ['apply', '--batch', 'redis://:hunter2name@host'],
      ['scan', '--format', 'redis://:hunter2name@host'],
    ];
    for (const line of lines) {
      const run = program.run(root, line);
      expect(run.err, line.join(' ')).not.toContain('internal error');
      for (const secret of SECRETS) expect(shown(root, run), `${line.join(' ')}: ${secret}`).not.toContain(secret);
    }
  });

  it('are in no file that is committed, while the journal has the exact bytes for its owner alone', () => {
    const root = program.tree(FILES);
    const { code } = program.run(root, ['apply', '--batch', 'all', '--include', 'review']);
    expect(code).toBe(0);
    commitAll(root);
    const { out } = program.shell(
      root,
      'git ls-files .redis-migrate | xargs grep -l hunter2; git log -p -1 -- .redis-migrate | grep -c hunter2',
    );
    expect(out).toBe('0\n');
    const journal = program.shell(
      root,
      'find .redis-migrate/journal -type f ! -perm 600 | wc -l; grep -rl hunter2 .redis-migrate/journal | wc -l',
    );
    expect(journal.out).toMatch(/^0\n[1-9]\d*\n$/);
  });

  it('a masked diff says that it cannot be applied, and git refuses it', () => {
    const root = program.tree(FILES);
    const line = 'redis-migrate apply --batch all --include review --dry-run';
    const { out } = program.shell(root, line);
    expect(out).toContain('***');
    expect(out).toMatch(/cannot be applied/);
    expect(program.shell(root, `${line} | git apply --check`).code).not.toBe(0);
    const open = program.shell(
      root,
      `${line} --show-secrets --output ../x.patch && stat -c %a ../x.patch && git apply --check ../x.patch; rm ../x.patch`,
    );
    expect([open.code, open.out]).toEqual([0, '600\n']);
  });
});

describe('the same tree gives the same bytes', () => {
  it('for any number of jobs, for a warm cache, from another folder', () => {
    const files: Record<string, string> = { 'package.json': '{ "name": "many", "private": true }\n' };
    for (let index = 0; index < 270; index += 1) {
      const next = (index + 7) % 270;
      files[`src/f${index}.ts`] =
        `import Redis from 'ioredis';\nimport { c${next} } from './f${next}.js';\n\n` +
        `export const c${index} = new Redis(process.env.REDIS_URL ?? '', { db: ${index % 3} });\n` +
        `export const read = () => c${next}.get('k');\n`;
    }
    const root = program.tree(files);
    const copy = program.tree(files);
    for (const command of ['scan', 'plan']) {
      const line = [command, '--format', 'json'];
      const [first, ...others] = [
        program.run(root, [...line, '--jobs', '1', '--no-cache']),
        program.run(root, [...line, '--jobs', '2', '--no-cache']),
        program.run(root, [...line, '--jobs', '2']),
        program.run(root, [...line, '--jobs', '2']),
        program.run(join(root, 'src'), [...line, '..']),
        program.run(copy, [...line, '--jobs', '3']),
      ];
      expect(first?.out.length).toBeGreaterThan(command === 'scan' ? 10_000 : 1_000);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it('pretty and diff as well', () => {
    const [a, b] = [program.sample({ init: true }), program.sample({ init: true })];
    for (const line of [['scan'], ['plan'], ['apply', '--batch', 'all', '--dry-run']]) {
      expect(program.run(a, [...line, '--jobs', '2'])).toEqual(program.run(b, [...line, '--jobs', '1', '--no-cache']));
    }
    expect(program.run(a, ['apply', '--batch', 'all'])).toEqual(
      program.run(b, ['apply', '--batch', 'all', '--no-cache']),
    );
  });
});

describe('the form of the output', () => {
  const SCHEMA = z.fromJSONSchema(JSON.parse(readFileSync(join(CHECKOUT, 'schema/scan.schema.json'), 'utf8')));

  it.each([[[]], [['--include-tests']]])('scan %s fits schema/scan.schema.json', (more) => {
    const root = program.sample({ init: true });
    const { out } = program.run(root, ['scan', '--format', 'json', ...more]);
    const data = JSON.parse(out) as { sites: object[] };
    expect(SCHEMA.safeParse(data).error?.issues ?? []).toEqual([]);
    expect(data.sites.length).toBeGreaterThan(15);
    // The schema can say no.
    expect(SCHEMA.safeParse({ ...data, sites: [{ ...data.sites[0], verdict: 'perhaps' }] }).success).toBe(false);
  });

  it('a reader that closes early is no error', () => {
    const root = program.sample({ init: false });
    for (const line of ['scan', 'scan --format json', 'plan']) {
      const { code, out, err } = program.shell(root, `redis-migrate ${line} | head -c 1`);
      expect([line, code, out.length, err]).toEqual([line, 0, 1, '']);
    }
  });

  it('--output writes what stdout would have got', () => {
    const root = program.sample({ init: false });
    const { out } = program.run(root, ['scan']);
    const written = program.shell(root, 'redis-migrate scan --output ../scan.txt && cat ../scan.txt; rm ../scan.txt');
    expect(written.out).toBe(out);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
