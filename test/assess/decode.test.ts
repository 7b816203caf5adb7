/** Replies as text or as bytes: the accessor is asked for the one that a site has, or a person decides. */

import { expect, test } from 'vitest';
import { accessor, assessed, contract, settings } from './build.js';

const DATABASES = [{ name: 'main', number: 0, identity: ['env:REDIS_URL'] }];

async function found(options: string, parameter: string | null, fixed: boolean | null) {
  const py = accessor({
    language: 'python',
    file: 'app/access.py',
    module: 'app.access',
    name: 'get_redis',
    library: 'redis-py',
    contract: contract({
      parameters: { database: 'database', role: 'role', decode: parameter },
      fixed: fixed === null ? {} : { '*': { decode_responses: fixed } },
    }),
  });
  const text = `import os\nimport redis\nclient = redis.from_url(os.environ["REDIS_URL"]${options})\nclient.get("a")\n`;
  const files = { 'app/access.py': 'def get_redis(**options):\n    return options\n', 'app/main.py': text };
  const { sites, units } = await assessed(files, settings({ accessors: [py], databases: DATABASES }));
  const site = sites.find(({ category }) => category === 'client');
  const message = site?.reasons.find(({ code }) => code === 'decode-differs')?.message ?? null;
  return [site?.verdict, message, units.length];
}

test.each([
  ['asked for', ', decode_responses=True', 'decode', null, ['rewrite', null, 1]],
  ['given to all', ', decode_responses=True', null, true, ['rewrite', null, 1]],
  ['given to nobody', '', null, null, ['rewrite', null, 1]],
  [
    'text that would be bytes',
    ', decode_responses=True',
    null,
    null,
    ['review', 'decode_responses: literal:true → its own mode.', 1],
  ],
  ['bytes that would be text', '', null, true, ['review', 'decode_responses: default → true.', 1]],
])('%s', async (_, options, parameter, fixed, expected) => {
  expect(await found(options, parameter, fixed)).toEqual(expected);
});
