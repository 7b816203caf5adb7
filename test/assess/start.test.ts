/** Accessors that must be started: where the calls of start and close are written, and what stays. */

import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/accessors/index.js';
import { makeTree } from '../scan/tree.js';
import { changesOf } from '../support/recipe.js';

const ACCESSOR = PRESETS['central-client']?.scaffold({
  service: 'shop',
  databases: [{ name: 'main', number: null, server: 'env:REDIS_URL', tls: false, user: null, password: null }],
  language: 'python',
  module: 'esm',
  version: null,
});

const CONFIG = {
  preset: 'central-client',
  accessors: {
    python: { file: 'app/redis_client.py', module: 'app.redis_client', name: 'get_redis', close: 'close_redis' },
  },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};

const PAGES = `import os
import redis.asyncio as aioredis

async def page():
    client = aioredis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, socket_timeout=2)
    return await client.get("page")
`;

/** Files of a service with one opening, in `app/pages.py` unless they say something else of it. */
function service(files: Record<string, string>): Promise<Awaited<ReturnType<typeof changesOf>>> {
  return changesOf(
    makeTree({
      'requirements.txt': 'redis==4.3.4\nfastapi==0.110.0\n',
      'redis-migrate.config.json': JSON.stringify(CONFIG),
      'app/__init__.py': '',
      'app/redis_client.py': ACCESSOR ?? '',
      'app/pages.py': PAGES,
      ...files,
    }),
  );
}

/** The application with a lifespan of this body. */
function lifespan(body: string, more = ''): string {
  return `from contextlib import asynccontextmanager
from fastapi import FastAPI
from app import pages
${more}
@asynccontextmanager
async def lifespan(app):
${body}
app = FastAPI(lifespan=lifespan)
app.get("/")(pages.page)
`;
}

const IMPORT = 'from app.redis_client import close_redis, init_redis\n';
const begin = '    await init_redis()\n';
const end = '    await close_redis()\n';

async function stays(files: Record<string, string>): Promise<string> {
  const { sites, after } = await service(files);
  expect(after).toEqual({});
  const site = sites.find(({ file, category }) => file === 'app/pages.py' && category === 'client');
  return site?.reasons.find(({ code }) => code === 'accessor-not-started')?.message ?? '';
}

describe('the calls are written', () => {
  it.each([
    ['around a lone `yield`', '    yield\n', `${begin}    yield\n${end}`],
    ['behind a doc string', '    """Around."""\n    yield\n', `    """Around."""\n${begin}    yield\n${end}`],
    ['before all else', '    warm()\n    yield\n    cool()\n', `${begin}    warm()\n    yield\n    cool()\n${end}`],
    [
      'in the `finally` of the `yield`',
      '    try:\n        yield\n    finally:\n        cool()\n    done()\n',
      `${begin}    try:\n        yield\n    finally:\n        cool()\n    ${end}    done()\n`,
    ],
    [
      'behind a `with` around the `yield`',
      '    async with pool():\n        yield\n',
      `${begin}    async with pool():\n        yield\n${end}`,
    ],
  ])('%s', async (_where, body, expected) => {
    const { after, refused } = await service({ 'app/main.py': lifespan(body) });
    expect(refused).toEqual([]);
    expect(after['app/main.py']).toBe(
      lifespan(expected).replace('from app import pages\n', `from app import pages\n${IMPORT}`),
    );
    expect(after['app/pages.py']).toContain('client = get_redis()');
  });

  it('in one line with the function', async () => {
    const main = lifespan('').replace(':\n\napp', ': yield\n\napp').replace(':\napp =', ': yield\napp =');
    const { after } = await service({ 'app/main.py': main });
    expect(after['app/main.py']).toContain(': await init_redis(); yield; await close_redis()\n');
  });

  it('in handlers of start and shutdown', async () => {
    const main = (start: string, stop: string) => `from fastapi import FastAPI
from app import pages
app = FastAPI()
@app.on_event("startup")
async def start():
${start}    warm()
@app.on_event("shutdown")
async def stop():
    cool()
${stop}`;
    const { after } = await service({ 'app/main.py': main('', '') });
    expect(after['app/main.py']).toBe(
      main(begin, end).replace('from app import pages\n', `from app import pages\n${IMPORT}`),
    );
  });

  it('without a close where a lifespan only closes what its clients hold', async () => {
    const body = '    try:\n        yield\n    finally:\n        await cache.aclose()\n';
    const made =
      'import os\nimport redis.asyncio as aioredis\ncache = aioredis.Redis.from_url(os.environ["OTHER_URL"])\n';
    const { after } = await service({ 'app/main.py': lifespan(body, made) });
    expect(after['app/main.py']).toContain('async def lifespan(app):\n    await init_redis()\n    try:\n');
    expect(after['app/main.py']).not.toContain('close_redis');
  });

  it('once for all units, and not where the program makes them', async () => {
    const other = PAGES.replaceAll('page', 'item');
    const both = await service({ 'app/items.py': other, 'app/main.py': lifespan('    yield\n') });
    expect(both.units).toHaveLength(2);
    expect(both.after['app/main.py']?.match(/await init_redis\(\)/g)).toHaveLength(1);
    const made = await service({
      'app/main.py': lifespan(`${begin}    yield\n`, 'from app.redis_client import init_redis\n'),
    });
    expect(Object.keys(made.after)).toEqual(['app/pages.py']);
  });
});

describe('a site stays where the accessor is not started', () => {
  it('because there is no application', async () => {
    expect(await stays({})).toContain('there is no lifespan or startup handler for the call');
  });

  it('because several functions begin the program', async () => {
    const two = { 'app/main.py': lifespan('    yield\n'), 'app/admin.py': lifespan('    yield\n') };
    expect(await stays(two)).toContain('several functions run when the program begins');
  });

  it('because the handler is not async', async () => {
    const main =
      'from fastapi import FastAPI\nfrom app import pages\napp = FastAPI()\n@app.on_event("startup")\ndef start():\n    warm()\n';
    expect(await stays({ 'app/main.py': main })).toContain('it is not async');
  });

  it('because another program runs it, in a loop of its own', async () => {
    const run = `${PAGES}\nif __name__ == "__main__":\n    import asyncio\n    asyncio.run(page())\n`;
    expect(await stays({ 'app/main.py': lifespan('    yield\n'), 'app/pages.py': run })).toContain(
      'the program that starts with asyncio.run does not call it',
    );
  });

  it.each([
    [
      'in a factory',
      'def make():\n    return OPENING\nclient = make()\nasync def page():\n    return await client.get("page")\n',
    ],
    [
      'in a constructor',
      'class Pages:\n    def __init__(self):\n        self.redis = OPENING\n        self.redis.get("x")\n    def __getattr__(self, name):\n        return getattr(self.redis, name)\npages = Pages()\n',
    ],
  ])('because it runs on import %s', async (_where, code) => {
    const opening = 'aioredis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, socket_timeout=2)';
    const text = `import os\nimport redis.asyncio as aioredis\n${code.replace('OPENING', opening)}`;
    const { sites, after } = await service({ 'app/main.py': lifespan('    yield\n'), 'app/pages.py': text });
    expect(after['app/pages.py']).toBeUndefined();
    expect(sites.find(({ category }) => category === 'client')?.reasons.map(({ code: one }) => one)).toContain(
      'accessor-not-before',
    );
  });
});

it('names calls of the accessor that come too early', async () => {
  const early =
    'from app.redis_client import get_redis\nclient = get_redis()\nasync def page():\n    return await get_redis().get("a")\n';
  const { sites } = await service({ 'app/pages.py': early });
  const calls = sites.filter(({ file, category }) => file === 'app/pages.py' && category === 'accessor-call');
  expect(
    calls.map(({ line, reasons }) => [
      line,
      reasons.map(({ code }) => code).filter((code) => code.startsWith('accessor-')),
    ]),
  ).toEqual([
    [2, ['accessor-not-before']],
    [4, ['accessor-not-started']],
  ]);
});

it('reads the address from the settings that the service has', async () => {
  const server = 'config:app/settings.py#settings.redis_url';
  const settings = [{ holder: 'app/settings.py#settings', exported: 'settings', specifier: 'app.settings' }];
  const text = PRESETS['central-client']?.scaffold({
    ...{ service: 'shop', language: 'python', module: 'esm', version: null, settings },
    databases: [{ name: 'main', number: null, server, tls: false, user: null, password: null }],
  });
  expect(text).toContain('import redis.asyncio\n\nfrom app.settings import settings\n');
  expect(text).toContain('from_url(\n        str(settings.redis_url),\n');
  const { after, sites } = await service({
    'redis-migrate.config.json': JSON.stringify({ ...CONFIG, databases: { main: { number: 0, identity: [server] } } }),
    'app/settings.py':
      'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    redis_url: str\nsettings = Settings()\n',
    'app/redis_client.py': text ?? '',
    'app/main.py': lifespan('    yield\n'),
    'app/pages.py': PAGES.replace('import os', 'from app.settings import settings').replace(
      'os.environ["REDIS_URL"]',
      'settings.redis_url',
    ),
  });
  const client = sites.find(({ file, category }) => file === 'app/pages.py' && category === 'client');
  expect(client?.reasons.map(({ code }) => code)).not.toContain('one-database');
  expect(after['app/pages.py']).toContain('client = get_redis()');
});

describe('lists of functions that an application is given', () => {
  const main = (start: string, stop: string, more = '') => `from starlette.applications import Starlette
from app import pages
${more}
async def warm():
${start}    warm_up()

async def first():
    read_settings()

async def cool():
    cool_down()
${stop}
app = Starlette(on_startup=[warm, first], on_shutdown=[first, cool])
`;

  it('start in the first, close in the last', async () => {
    const { after, refused } = await service({ 'app/main.py': main('', '') });
    expect(refused).toEqual([]);
    expect(after['app/main.py']).toBe(main(begin, end).replace('import pages\n', `import pages\n${IMPORT}`));
  });

  it('stay where handlers of another form run too', async () => {
    const both = `${main('', '')}\n@app.on_event("startup")\nasync def other():\n    pass\n`;
    expect(await stays({ 'app/main.py': both })).toContain('several functions run when the program begins');
  });
});
