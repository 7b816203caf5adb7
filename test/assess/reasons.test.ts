import { describe, expect, test } from 'vitest';
import { sortedReasons } from '../../src/assess/reasons.js';
import type { Reason } from '../../src/model/site.js';
import { settings } from './build.js';
import { clients, OPEN } from './clients.js';

const SOURCES = [
  `const r = ${OPEN};\nr.on('error', console.error);\nr.subscribe('c');`,
  `const r = ${OPEN};\nexport async function f() { await r.blpop('k', 0); await r.quit(); }`,
  `import { keep } from 'elsewhere';\nconst r = ${OPEN};\nkeep(r);\nkeep.all.of(r);\nnew keep.Store({ client: r });\nkeep.locals.cache = r;`,
  `let r: Redis;\nif (process.env.X) { r = ${OPEN}; } else { r = new Redis('redis://elsewhere'); }\nr.set('lock:1', 'a', 'PX', 5, 'NX');`,
  `const r = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 2, keyPrefix: 'p:', host: 'h' });\nr.call(process.argv[2]);`,
  `const r = ${OPEN};\nprocess.on('SIGTERM', async () => { await r.quit(); await somebody.stop(); });\nr.get('a');`,
];

async function reasonsOf(source: string, config = settings()): Promise<Reason[]> {
  return (await clients(source, config)).clients.flatMap(({ reasons }) => reasons);
}

describe('wording', () => {
  test.each(SOURCES)('sentences, each place once: %s', async (source) => {
    const config = settings({ exempt: [{ files: ['src/**'], reason: 'later', until: null }] });
    const reasons = [...(await reasonsOf(source)), ...(await reasonsOf(source, config))];
    expect(reasons.length).toBeGreaterThan(0);
    for (const { message, at } of reasons) {
      expect(message).toMatch(/[.!?…]$/);
      expect(message).not.toMatch(/\.\.$|^it /);
      if (at !== null) expect(message).not.toContain(at);
    }
  });

  test('what takes the client is named', async () => {
    const messages = (await reasonsOf(SOURCES[2] ?? '')).map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        'The client is given to `keep()`, which is not followed.',
        'The client is given to `keep.all.of()`, which is not followed.',
        'The client is given to `new keep.Store()`, which is not followed.',
        'The client is kept in `keep.locals.cache`, whose owner is not followed.',
      ]),
    );
  });

  test('of many places with one code three are told, and how many more there are', () => {
    const many = [1, 2, 3, 4, 5].map((line) => ({ code: 'role-dynamic', message: 'It is.', at: `src/a.ts:${line}` }));
    expect(sortedReasons(many).map(({ message }) => message)).toEqual([
      'It is.',
      'It is.',
      'It is. (And 2 more places like this.)',
    ]);
  });
});
