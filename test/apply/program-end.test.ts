/**
 * Programs that end when they have closed their connections, on a real server: as written, as the tool rewrites them, and
 * with the close of the accessor taken out, which shows what would happen without it.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scaffoldDefault } from '../../src/accessors/index.js';
import { scaffoldNodeRedis } from '../../src/accessors/scaffolds/node-redis.js';
import { applyChanges } from '../../src/apply-changes.js';
import { type MigrateOptions, takeInventory } from '../../src/migrate.js';
import { installed } from '../roles/trees.js';
import { startRedis } from '../support/redis.js';
import { ROOT } from '../support/session.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const LIBRARIES = {
  ioredis: {
    version: installed('ioredis'),
    scaffold: scaffoldDefault,
    head: "import Redis from 'ioredis';\n",
    open: 'const redis = new Redis(process.env.REDIS_URL);',
    connect: '',
    close: 'quit',
  },
  redis: {
    version: installed('redis'),
    scaffold: scaffoldNodeRedis,
    head: "import { createClient } from 'redis';\n",
    open: "const redis = createClient({ url: process.env.REDIS_URL });\nredis.on('error', console.error);",
    connect: 'await redis.connect();',
    close: 'close',
  },
};
type Library = keyof typeof LIBRARIES;
const BOTH: readonly Library[] = ['ioredis', 'redis'];

/** A project with one program, migrated. */
async function migrated(library: Library, file: string, text: string, more: Record<string, string> = {}) {
  const { version, scaffold } = LIBRARIES[library];
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'program-end-')));
  folders.push(root);
  const beside = { number: null, tls: false, user: null, password: null };
  const accessor = scaffold({
    service: 'app',
    databases: [{ name: 'main', server: 'env:REDIS_URL', ...beside }],
    language: 'javascript',
    module: 'esm',
    version,
  });
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'app', type: 'module', dependencies: { [library]: version } }),
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.js', name: 'getRedis', library } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
    'src/lib/redis.js': accessor,
    [file]: text,
    ...more,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
  const options: MigrateOptions = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  const { sites } = await takeInventory(options);
  const request = { batch: 'all', sites: null, dryRun: false, includeReview: true, allowDirty: true };
  await applyChanges(options, { ...request, formatWith: null, showSecrets: false, typecheck: false });
  const [site] = sites.filter((one) => one.category === 'client' && one.file !== 'src/lib/redis.js');
  if (!site) throw new Error('no client');
  const after = readFileSync(join(root, file), 'utf8');
  return { root, site, codes: site.reasons.map(({ code }) => code), after };
}

/** What a program prints, and whether it ended by itself. */
async function run(root: string, file: string, url: string, limit: number): Promise<{ said: string; ended: boolean }> {
  const env = { PATH: process.env.PATH, REDIS_URL: url };
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { said: said.trim(), ended: code === 0 };
}

/** The work of a program: one key, set and read. */
function work(library: Library): string {
  const { open, connect } = LIBRARIES[library];
  return `${open}\n${connect}\nawait redis.set('greeting', 'hello');\nconsole.log(await redis.get('greeting'));\n`;
}

const PROGRAMS: Record<string, (library: Library) => string> = {
  'a function that is called at the end': (library) =>
    `async function main() {\n${work(library)}await redis.${LIBRARIES[library].close}();\n}\n\nmain().catch((error) => {\n  console.error(error);\n  process.exitCode = 1;\n});\n`,
  'finally, in a function without a name': (library) => {
    const [opened, ...rest] = work(library).split('\n');
    return `(async () => {\n${opened}\ntry {\n${rest.join('\n')}} finally {\nawait redis.${LIBRARIES[library].close}();\n}\n})();\n`;
  },
  'at module level': (library) => `${work(library)}await redis.${LIBRARIES[library].close}();\n`,
  'in the chain of a promise': (library) =>
    `${LIBRARIES[library].open}\n\nasync function main() {\n${work(library).replace(LIBRARIES[library].open, '')}}\n\nmain().finally(async () => {\n  await redis.${LIBRARIES[library].close}();\n});\n`,
};

describe.each(BOTH)('%s', (library) => {
  const { head } = LIBRARIES[library];

  it.each(Object.keys(PROGRAMS))('%s: the close becomes the one of the accessor', async (name) => {
    const file = 'scripts/report.js';
    const { root, site, codes, after } = await migrated(library, file, `${head}${PROGRAMS[name]?.(library)}`);
    expect([site.verdict, ...codes]).toContain('closes-at-end');
    expect(after).toMatch(/await closeRedis\(\);/);
    expect(after).not.toMatch(/redis\.(quit|close)\(\)/);
    const server = await startRedis();
    try {
      expect(await run(root, file, server.url, 10_000)).toEqual({ said: 'hello', ended: true });
      writeFileSync(join(root, file), after.replace('await closeRedis();', ''));
      expect(await run(root, file, server.url, 2_000)).toEqual({ said: 'hello', ended: false });
    } finally {
      await server.stop();
    }
  });

  it('outside of the folder of scripts too, where nobody imports the program', async () => {
    const text = `${head}${PROGRAMS['a function that is called at the end']?.(library)}`;
    expect((await migrated(library, 'src/report.js', text)).codes).toContain('closes-at-end');
  });

  it('of a client that another module holds', async () => {
    const { open, close, connect } = LIBRARIES[library];
    const text = `import { redis } from '../src/db.js';\n${connect}\nconsole.log(await redis.get('a'));\nawait redis.${close}();\n`;
    const db = `${head}export ${open}\n`;
    const { codes, after } = await migrated(library, 'scripts/report.js', text, { 'src/db.js': db });
    expect(codes).toContain('closes-at-end');
    expect(after).toContain('await closeRedis();');
  });

  it('skip: one that works on with a client, runs in a loop, or is called from two places', async () => {
    const { close } = LIBRARIES[library];
    const body = `${work(library)}await redis.${close}();\n`;
    const tails = ['for (const _ of [1, 2]) await main();\n', 'await main();\nawait main();\n', 'export { main };\n'];
    for (const tail of tails) {
      const text = `${head}async function main() {\n${body}}\n${tail}`;
      const { site, codes, after } = await migrated(library, 'scripts/report.js', text);
      expect([site.verdict, codes.includes('would-hang'), after]).toEqual(['keep', true, text]);
    }
  });
});
