/** Code that a platform calls: nothing can be shared on the edge, and what is shared is frozen with its process elsewhere. */

import { expect, test } from 'vitest';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

const OPEN = 'new Redis(process.env.REDIS_URL)';
const IMPORT = "import Redis from 'ioredis';\n";
const WORKER = JSON.stringify({ name: 'w', private: true, dependencies: { ioredis: '5.4.0', wrangler: '4.0.0' } });

async function why(file: string, text: string, manifest = MANIFEST) {
  const files = {
    'package.json': manifest,
    'src/lib/redis.ts': 'export function getRedis(options: object) { return options; }\n',
    'app/access.py': 'def get_redis(**options):\n    return options\n',
    [file]: text,
  };
  const python = accessor({
    language: 'python',
    file: 'app/access.py',
    module: 'app.access',
    name: 'get_redis',
    library: 'redis-py',
    contract: contract({ fixed: {} }),
  });
  const databases = [{ name: 'main', number: 0, identity: ['env:REDIS_URL'] }];
  const { sites } = await assessed(files, settings({ accessors: [accessor(), python], databases }));
  const found = sites.find((site) => site.category === 'client' && site.file === file);
  const codes = found?.reasons.map(({ code }) => code).filter((code) => /^(?:edge|process)-/.test(code));
  return [found?.verdict, ...(codes ?? [])];
}

const perCall = (name: string) => `${IMPORT}export const ${name} = async (event: { id: string }) => {
  const redis = ${OPEN};
  const found = await redis.get(event.id);
  await redis.quit();
  return found;
};
`;
const forAll = `${IMPORT}const redis = ${OPEN};\nexport const handler = (event: { id: string }) => redis.get(event.id);\n`;
const route = `const redis = ${OPEN};\nexport const GET = () => redis.get('a');\n`;
const worker = `const redis = ${OPEN};\nexport default { fetch: () => redis.get('a') };\n`;

test.each([
  ['an edge route', `${IMPORT}export const runtime = 'edge';\n${route}`, MANIFEST, ['keep', 'edge-runtime']],
  ['a route of Node', `${IMPORT}export const runtime = 'nodejs';\n${route}`, MANIFEST, ['rewrite']],
  [
    'edge middleware',
    `${IMPORT}export const config = { runtime: 'edge' };\n${route}`,
    MANIFEST,
    ['keep', 'edge-runtime'],
  ],
  ['other settings', `${IMPORT}export const config = { matcher: '/edge' };\n${route}`, MANIFEST, ['rewrite']],
  ['a worker of Cloudflare', `${IMPORT}${worker}`, WORKER, ['keep', 'edge-runtime']],
  ['a server of the same shape', `${IMPORT}${worker}`, MANIFEST, ['rewrite']],
  ['a client for one call of a function', perCall('handler'), MANIFEST, ['review', 'process-frozen']],
  ['a function of another name', perCall('find'), MANIFEST, ['rewrite']],
  ['a client for all calls', forAll, MANIFEST, ['rewrite']],
])('%s', async (_, text, manifest, expected) => {
  expect(await why('src/a.ts', text, manifest)).toEqual(expected);
});

test.each([
  ['lambda_handler', ['review', 'process-frozen']],
  ['find', ['rewrite']],
])('Python: %s', async (name, expected) => {
  const text = `import os\nimport redis\n\ndef ${name}(event, context):\n    r = redis.from_url(os.environ["REDIS_URL"])\n    return r.get("a")\n`;
  expect(await why('app/main.py', text)).toEqual(expected);
});
