import { expect, it } from 'vitest';
import { trace } from '../../src/trace/index.js';
import { projectOf } from '../assess/build.js';

const MOST = 5;
const ENTRIES = 12;

/** What becomes of the clients of a program with a list of records, each `entry`: told apart, and too many for that. */
async function escapes(entry: string, ...code: string[]) {
  const entries = Array.from({ length: ENTRIES }, () => `  ${entry},`);
  const text = ["import Redis from 'ioredis';", 'const all = [', ...entries, '];', ...code].join('\n');
  const project = await projectOf({
    'package.json': '{ "name": "service", "dependencies": { "ioredis": "^5.0.0" } }',
    'src/a.ts': text,
  });
  const messages = (mostValues: number) =>
    trace(project, { accessors: [], mostValues }).openings.map((one) => one.escapes.map((e) => e.message));
  return { apart: messages(1000), crowded: messages(MOST) };
}

const LOST = 'it goes where so many values meet that they are not told apart';

it('clients in values that do not fit any more escape', async () => {
  const use = 'for (const one of all) one.client.get("a");';
  const { apart, crowded } = await escapes('{ client: new Redis() }', use);
  expect(apart.flat()).toEqual([]);
  expect(crowded).toHaveLength(ENTRIES);
  expect(crowded.filter(([message]) => message === LOST)).toHaveLength(ENTRIES - MOST);
});

it('a client that is given to a function that may not have fitted escapes', async () => {
  const { apart, crowded } = await escapes(
    '{ run(client) { return client.get("a"); } }',
    'const redis = new Redis();',
    'for (const one of all) one.run(redis);',
  );
  expect(apart).toEqual([[]]);
  expect(crowded).toEqual([['it is given to `one.run()`, which is not followed']]);
});

it('a client that is kept in an object that may not have fitted escapes', async () => {
  const { apart, crowded } = await escapes('{ client: null }', 'for (const one of all) one.client = new Redis();');
  expect(apart).toEqual([[]]);
  expect(crowded).toEqual([['it is kept in `one.client`, whose owner is not followed']]);
});

it('what functions that do not fit any more make escapes', async () => {
  const use = 'for (const one of all) one.make().get("a");';
  const { apart, crowded } = await escapes('{ make: () => new Redis() }', use);
  expect(apart.flat()).toEqual([]);
  expect(crowded).toHaveLength(ENTRIES);
  expect(crowded.filter(([message]) => message === LOST).length).toBeGreaterThanOrEqual(ENTRIES - MOST);
});

it('a class of a library is found however many values it is among', async () => {
  const { crowded } = await escapes('{}', 'all.push(Redis);', 'for (const One of all) new One("redis://cache");');
  expect(crowded).toHaveLength(1);
});
