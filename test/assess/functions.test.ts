/** Options that are functions: a contract names the function, and only that one is the same. */

import { expect, test } from 'vitest';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

async function verdictOf(value: string, more = '', fixed: Record<string, string> = OWN) {
  const files = {
    'package.json': MANIFEST,
    'src/lib/redis.ts': 'export function getRedis(options: object) { return options; }\n',
    'src/retry.ts': 'export function again() {\n  return true;\n}\nexport const never = () => false;\n',
    'src/other.ts': 'export function again() {\n  return false;\n}\n',
    'src/a.ts': `import Redis from 'ioredis';
import { again, never } from './retry';
import { again as other } from './other';
${more}
const redis = new Redis(process.env.REDIS_URL, { reconnectOnError: ${value} });
export const read = () => redis.get('a');
`,
  };
  const accessors = [accessor({ contract: contract({ fixed: { '*': fixed } }) })];
  const databases = [{ name: 'main', number: 0, identity: ['env:REDIS_URL'] }];
  const { sites } = await assessed(files, settings({ accessors, databases }));
  return sites.find(({ category }) => category === 'client')?.verdict;
}

const OWN = { reconnectOnError: 'function:src/retry.ts#again' };

test.each([
  ['the function that the contract names', 'again', '', 'rewrite'],
  ['another one of that name', 'other', '', 'review'],
  ['another one of that file', 'never', '', 'review'],
  ['one that is written there', '() => true', '', 'review'],
  ['one of the file itself', 'own', 'function own() {\n  return true;\n}', 'review'],
  ['one of two', 'process.env.X ? again : other', '', 'review'],
])('%s', async (_, value, more, expected) => {
  expect(await verdictOf(value, more)).toBe(expected);
});

test('a constant of a module is named likewise', async () => {
  expect(await verdictOf('never', '', { reconnectOnError: 'function:src/retry.ts#never' })).toBe('rewrite');
});

test('a contract that says nothing has another one', async () => {
  expect(await verdictOf('again', '', {})).toBe('review');
});
