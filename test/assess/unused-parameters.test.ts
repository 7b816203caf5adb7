/** Parameters that carried an address: which are warned of when the client is the accessor's, and which sites stay. */

import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/model/config.js';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

const own = contract({ roles: ['command'], fixed: {} });
const DATABASES = [{ name: 'main', number: 0, identity: ['env:REDIS_URL'] }];
const PYTHON = accessor({ language: 'python', file: 'app/clients.py', library: 'redis-py', open: null, close: null });
const CONFIG: Config = settings({
  accessors: [accessor({ contract: own }), { ...PYTHON, contract: own }],
  databases: DATABASES,
  strategy: 'adapter',
});

async function warned(files: Record<string, string>, config = CONFIG) {
  const { sites, units } = await assessed(files, config);
  const site = sites.find(({ category }) => category === 'client');
  const names = units.flatMap(({ changes }) =>
    changes.flatMap(({ instructions }) =>
      instructions.flatMap((one) => (one.kind === 'warn-parameter' ? [one.name] : [])),
    ),
  );
  return { verdict: site?.verdict, names, told: site?.reasons.some(({ code }) => code === 'parameter-unused') };
}

function python(head: string, body: string, call: string, more = '') {
  const text = `import os\nimport redis\nURL = os.environ["REDIS_URL"]\nclass Limiter:\n    def __init__(self, ${head}):\n        ${body}\n    def count(self):\n        return self.client.incr("n")\n${more}`;
  const user = `from app.limits import Limiter\nprint(${call}.count())\n`;
  return { 'app/__init__.py': '', 'app/limits.py': text, 'app/main.py': user };
}

const OR = 'self.client = redis.Redis.from_url(redis_url or URL)';

describe('a parameter that carried the address', () => {
  it.each([
    ['an own default beside nothing', 'redis_url=None', OR, 'Limiter()'],
    ['given as nothing', 'redis_url=None', OR, 'Limiter(redis_url=None)'],
    ['a default', 'redis_url=URL', 'self.client = redis.Redis.from_url(redis_url)', 'Limiter()'],
    ['beside others', 'most, redis_url=None', `self.most = most\n        ${OR}`, 'Limiter(3)'],
  ])('stays and warns: %s', async (_what, head, body, call) => {
    const found = await warned(python(head, body, call));
    expect(found).toEqual({ verdict: 'rewrite', names: ['redis_url'], told: true });
  });

  it.each([
    ['read elsewhere too', 'redis_url=None', `self.url = redis_url\n        ${OR}`, 'Limiter()'],
    ['set before', 'redis_url=None', `redis_url = None\n        ${OR}`, 'Limiter()'],
    ['always given', 'redis_url', 'self.client = redis.Redis.from_url(redis_url)', `Limiter(URL)`],
  ])('is not warned of: %s', async (_what, head, body, call) => {
    const files = python(head, body, call);
    const user = files['app/main.py'].replace('import Limiter', 'import Limiter, URL');
    const { names, told } = await warned({ ...files, 'app/main.py': user });
    expect({ names, told }).toEqual({ names: [], told: false });
  });

  it.each([
    ['one call gives another one', 'Limiter(redis_url="redis://elsewhere:6379")'],
    ['one call gives what is not known', 'Limiter(input())'],
  ])('decides, where %s: the site stays', async (_what, call) => {
    const files = python('redis_url=None', OR, call, 'print(Limiter().count())\n');
    expect(await warned(files)).toEqual({ verdict: 'keep', names: [], told: false });
  });

  it('is not warned of without the strategy that keeps interfaces', async () => {
    const { names } = await warned(python('redis_url=None', OR, 'Limiter()'), { ...CONFIG, strategy: 'initialiser' });
    expect(names).toEqual([]);
  });

  it.each([
    ['a default', 'url = process.env.REDIS_URL', 'new Redis(url!)'],
    ['nothing', 'url: string | null = null', 'new Redis(url ?? process.env.REDIS_URL!)'],
    ['optional', 'url?: string', 'new Redis(url ?? process.env.REDIS_URL!)'],
  ])('stays and warns in TypeScript: %s', async (_what, head, opening) => {
    const text = `import { Redis } from 'ioredis';\nexport class Limiter {\n  private readonly client: Redis;\n  constructor(${head}) {\n    this.client = ${opening};\n  }\n  count() { return this.client.incr('n'); }\n}\n`;
    const user = `import { Limiter } from './limits';\nconsole.log(await new Limiter().count());\n`;
    const found = await warned({ 'package.json': MANIFEST, 'src/limits.ts': text, 'src/main.ts': user });
    expect(found).toEqual({ verdict: 'rewrite', names: ['url'], told: true });
  });
});
