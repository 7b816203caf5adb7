/** Accessors of JavaScript that must be started: before which statement a server's program awaits it, and what stays. */

import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/accessors/index.js';
import { makeTree } from '../scan/tree.js';
import { changesOf } from '../support/recipe.js';

const PRESET = PRESETS['central-client']?.others?.find(({ language }) => language === 'javascript');
const ACCESSOR = PRESET?.scaffold({
  service: 'shop',
  databases: [{ name: 'main', number: null, server: 'env:REDIS_URL', tls: false, user: null, password: null }],
  language: 'typescript',
  module: 'esm',
  version: null,
});

const CONFIG = {
  preset: 'central-client',
  accessors: { javascript: { file: 'src/lib/redis.ts', name: 'getRedis', close: 'closeRedis' } },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};

const PAGES = `import { Redis } from 'ioredis';

export async function page(): Promise<string | null> {
  const client = new Redis(process.env.REDIS_URL!, { connectTimeout: 2_000, commandTimeout: 2_000 });
  return client.get('page');
}
`;

/** Files of a service with one opening, in `src/pages.ts`. */
function service(files: Record<string, string>): Promise<Awaited<ReturnType<typeof changesOf>>> {
  return changesOf(
    makeTree({
      'package.json': '{ "name": "shop", "private": true, "type": "module", "dependencies": { "ioredis": "^5.4.0" } }',
      'redis-migrate.config.json': JSON.stringify(CONFIG),
      'src/lib/redis.ts': ACCESSOR ?? '',
      'src/pages.ts': PAGES,
      ...files,
    }),
  );
}

const BOTH = "import { closeRedis, initRedis } from './lib/redis.js';\n";
const ONE = "import { initRedis } from './lib/redis.js';\n";

/** `src/main.ts` as it comes out; the opening has moved. */
async function main(text: string, more: Record<string, string> = {}): Promise<string> {
  const { after, refused } = await service({ 'src/main.ts': text, ...more });
  expect(refused).toEqual([]);
  expect(after['src/pages.ts']).toContain('const client = getRedis();');
  return after['src/main.ts'] ?? '';
}

async function stays(files: Record<string, string>): Promise<string> {
  const { sites, after } = await service(files);
  expect(after).toEqual({});
  const site = sites.find(({ file, category }) => file === 'src/pages.ts' && category === 'client');
  return site?.reasons.find(({ code }) => code === 'accessor-not-started')?.message ?? '';
}

const IMPORT = "import { page } from './pages.js';\n";
const EXPRESS = `import express from 'express';\n${IMPORT}`;
const ROUTE = "app.get('/', async (_request, response) => response.send(await page()));\n";
const FUNCTION = (begin: string) =>
  `async function main() {\n${begin}  const app = express();\n  ${ROUTE}  app.listen(3000);\n}\n`;
const begin = '  await initRedis();\n';

describe('the start is awaited', () => {
  it('first in the function that lets the server listen', async () => {
    const text = `${EXPRESS}\n${FUNCTION('')}\nvoid main();\n`;
    expect(await main(text)).toBe(`${EXPRESS}${ONE}\n${FUNCTION(begin)}\nvoid main();\n`);
  });

  it('in a function that another module calls', async () => {
    const text = `${EXPRESS}\nexport ${FUNCTION('')}`;
    expect(await main(text, { 'src/index.ts': "import { main } from './main.js';\n\nawait main();\n" })).toContain(
      `export ${FUNCTION(begin)}`,
    );
  });

  it('behind what fills the environment, above the comment of the next statement', async () => {
    const body = (start: string) =>
      `import dotenv from 'dotenv';\nimport http from 'node:http';\n${IMPORT}${start && ONE}
async function main() {
  dotenv.config();
${start}  // One server for all.
  const server = http.createServer(async (_request, response) => response.end(await page()));
  server.listen(3000);
}

main().catch(() => process.exit(1));
`;
    expect(await main(body(''))).toBe(body(begin));
  });

  it('at the top of a module that waits there already', async () => {
    const body = (start: string) =>
      `import Fastify from 'fastify';\n${IMPORT}${start && ONE}
const port = 3000;
${start}const app = Fastify();
app.get('/', () => page());
await app.listen({ port });
`;
    expect(await main(body(''))).toBe(body('await initRedis();\n'));
  });

  it('and the close at the end of the hook of Fastify', async () => {
    const body = (start: string, end: string) =>
      `import Fastify from 'fastify';\n${IMPORT}${start && BOTH}
async function bootstrap() {
${start}  const app = Fastify();
  app.addHook('onClose', async () => {
    await store.flush();
${end}  });
  app.get('/', () => page());
  await app.listen({ port: 3000 });
}
await bootstrap();
`;
    expect(await main(body('', ''))).toBe(body(begin, '    await closeRedis();\n'));
  });

  it('before NestJS makes its providers', async () => {
    const body = (start: string) =>
      `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './module.js';
${start && ONE}async function bootstrap() {
${start}  const app = await NestFactory.create(AppModule);
  app.enableShutdownHooks();
  await app.listen(3000);
}
void bootstrap();
`;
    const module = `import { Module } from '@nestjs/common';\n${IMPORT}@Module({ providers: [{ provide: 'page', useFactory: page }] })\nexport class AppModule {}\n`;
    expect(await main(body(''), { 'src/module.ts': module })).toBe(body(begin));
  });

  it('and what closed in a hook becomes the close of the accessor, where it stood', async () => {
    const own = `import { Redis } from 'ioredis';

let client: Redis | undefined;

export function pages(): Redis {
  client ??= new Redis(process.env.REDIS_URL!, { connectTimeout: 2_000, commandTimeout: 2_000 });
  return client;
}

export async function stop(): Promise<void> {
  await client?.quit();
}
`;
    const text = `import express from 'express';
import { pages, stop } from './pages.js';

async function main() {
  const app = express();
  app.get('/', async (_request, response) => response.send(await pages().get('page')));
  const server = app.listen(3000);
  process.on('SIGTERM', () => {
    server.close(() => void stop());
  });
}

void main();
`;
    const { after } = await service({ 'src/main.ts': text, 'src/pages.ts': own });
    expect(after['src/main.ts']).toContain('async function main() {\n  await initRedis();\n');
    expect(after['src/pages.ts']).toContain('await closeRedis();');
  });
});

describe('a site stays', () => {
  it.each([
    ['there is no server', { 'src/main.ts': `${IMPORT}\nconsole.log(await page());\n` }, '`listen` of a server'],
    [
      'the function is not async',
      { 'src/main.ts': `${EXPRESS}\n${FUNCTION('').replace('async function main', 'function main')}\nmain();\n` },
      '`main` (listen) cannot: it is not async',
    ],
    [
      'TypeScript may not wait at the top of its modules',
      { 'src/main.ts': `${EXPRESS}\nconst app = express();\n${ROUTE}app.listen(3000);\n` },
      'the top of src/main.ts cannot: nothing says that `await` may stand at its top',
    ],
    [
      'two functions let servers listen',
      {
        'src/main.ts': `${EXPRESS}\n${FUNCTION('')}\nvoid main();\n`,
        'src/admin.ts': `${EXPRESS}\n${FUNCTION('')}\nvoid main();\n`,
      },
      'several functions run when the program begins',
    ],
    [
      'nothing calls the function',
      { 'src/main.ts': `${EXPRESS}\nexport ${FUNCTION('')}` },
      'nothing calls it from the top of a module',
    ],
    [
      'another program loads it, without the start',
      {
        'src/main.ts': `${EXPRESS}\n${FUNCTION('')}\nvoid main();\n`,
        'src/work/run.ts': "import { work } from './jobs.js';\n\nawait work();\n",
        'src/work/jobs.ts': "import { page } from '../pages.js';\n\nexport const work = () => page();\n",
      },
      'the program that starts with src/work/run.ts does not call it',
    ],
    [
      'the module starts the server only as the program itself, and another one loads it',
      {
        'src/main.ts': `${EXPRESS}\n${FUNCTION('')}\nif (process.argv[1] === import.meta.filename) void main();\nexport { page };\n`,
        'src/batch.ts': "import { page } from './main.js';\n\nawait page();\n",
      },
      'the program that starts with src/batch.ts does not call it',
    ],
  ])('because %s', async (_why, files, told) => {
    expect(await stays(files)).toContain(told);
  });
});

it('asks the same of a program that starts the accessor itself', async () => {
  const files = {
    'src/main.ts': `${ONE}${IMPORT}\nawait initRedis();\nconsole.log(await page());\n`,
    'src/other.ts': `${IMPORT}\nconsole.log(await page());\n`,
  };
  expect(await stays(files)).toContain('the program that starts with src/other.ts does not call it');
  const { after } = await service({ 'src/main.ts': files['src/main.ts'], 'test/pages.test.ts': files['src/other.ts'] });
  expect(after['src/pages.ts']).toContain('getRedis()');
});
