/** `connect()` and listeners of node-redis clients that become the accessor's. */

import { describe, expect, it } from 'vitest';
import type { SiteChange } from '../../src/model/change.js';
import { accessor, assessed, contract, settings } from './build.js';
import { shown } from './clients.js';

const IMPORT = "import { createClient } from 'redis';\n";
const OPEN = 'createClient({ url: process.env.REDIS_URL })';
const MANIFEST = JSON.stringify({ name: 'service', private: true, dependencies: { redis: '5.12.1' } });

const config = (ready: string | null) =>
  settings({ accessors: [accessor({ library: 'redis', contract: contract({ fixed: {}, ready }) })] });

async function client(source: string, { ready = 'redisReady' as string | null, more = {} } = {}) {
  const files: Record<string, string> = { 'package.json': MANIFEST, 'src/a.ts': IMPORT + source, ...more };
  const { sites, units } = await assessed(files, config(ready));
  const [site, other] = sites.filter(({ category }) => category === 'client');
  if (!site || other) throw new Error('one client expected');
  const changes: SiteChange[] = units[0]?.changes ?? [];
  const edits = changes.flatMap((one) => shown(files, one.file, one.instructions));
  return { site, codes: site.reasons.map(({ code }) => code), edits };
}

const LOGS = ".on('error', (error) => console.error(error.message))";

describe('connect()', () => {
  it('becomes the function that waits, wherever its result is used', async () => {
    const { site, edits } = await client(`const c = ${OPEN}${LOGS};
export async function read() { await c.connect(); return c.get('k'); }
export const ready = () => c.connect().catch(() => undefined);`);
    expect(site.verdict).toBe('rewrite');
    expect(edits).toEqual([
      `${OPEN} → getRedis() from ./lib/redis`,
      'c.connect() → redisReady() from ./lib/redis',
      'c.connect() → redisReady() from ./lib/redis',
    ]);
  });

  it('goes where nobody waits for it, unless the opening stands in the same statement', async () => {
    const apart = await client(`const c = ${OPEN}${LOGS};\nvoid c.connect();\nexport const read = () => c.get('k');`);
    expect(apart.codes).toContain('connects-dropped');
    expect(apart.edits).toContain('- void c.connect();');
    const alone = await client(`${OPEN}${LOGS}.connect();`);
    expect(alone.edits).toContain(`${OPEN}${LOGS}.connect() → redisReady() from ./lib/redis`);
  });

  it('is replaced on a client with a connection of its own, which its owner still closes', async () => {
    const { site, edits } = await client(`export async function work() {
  const c = ${OPEN}${LOGS};
  await c.connect();
  await c.blPop('jobs', 0);
  c.destroy();
}`);
    expect(site).toMatchObject({ role: 'blocking', verdict: 'rewrite' });
    expect(edits).toEqual([
      `${OPEN} → openRedis(database=main role=blocking) from ./lib/redis`.replace('database=main ', ''),
      'c.connect() → redisReady() from ./lib/redis',
    ]);
  });

  it.each([
    ['the accessor has no such function', 'await c.connect();', null],
    ['there may be no client', 'await c?.connect();', 'redisReady'],
    ['it is handed on', 'await Promise.resolve().then(c.connect);', 'redisReady'],
  ])('keeps the site when %s', async (_why, statement, ready) => {
    const source = `const c = ${OPEN}${LOGS};\nexport async function start() { ${statement} }\nexport const read = () => c.get('k');`;
    const { site, codes } = await client(source, { ready });
    expect(site.verdict).toBe('keep');
    expect(codes).toContain('connects-shared');
  });

  it('asks when it is never called: commands begin to work', async () => {
    const { site, codes } = await client(`const c = ${OPEN}${LOGS};\nexport const read = () => c.get('k');`);
    expect(site.verdict).toBe('review');
    expect(codes).toContain('never-connected');
  });
});

describe('listeners', () => {
  const once = (handler: string, more: Record<string, string> = {}) =>
    client(`${handler}\nawait c.connect();\nexport const read = () => c.get('k');`, { more });

  it('stay on a client that is opened once, when they only log', async () => {
    const { site, codes, edits } = await once(`const c = ${OPEN}${LOGS};`);
    expect([site.verdict, codes.includes('handlers-log')]).toEqual(['rewrite', true]);
    expect(edits.filter((edit) => edit.includes('.on('))).toEqual([]);
  });

  it('are looked for in other modules', async () => {
    const more = { 'src/log.ts': 'export function log(error: Error) { console.error(error.message); }\n' };
    const source = `import { log } from './log';\nconst c = ${OPEN};\nc.on('error', log);`;
    expect((await once(source, more)).codes).toContain('handlers-log');
    const acts = { 'src/log.ts': 'export function log(error: Error) { console.error(error); process.exit(1); }\n' };
    expect((await once(source, acts)).codes).toContain('handlers-on-shared');
  });

  it.each([
    ['ends the process', "c.on('error', () => { console.error('lost'); process.exit(1); });"],
    ['throws', "c.on('error', (error) => { console.error(error); throw error; });"],
    ['writes something', "let lost; c.on('error', (error) => { lost = error; console.error(error); });"],
    ['calls something else', "c.on('error', (error) => { alert(error); });"],
    ['hears another event', "c.on('ready', () => console.log('ready'));"],
  ])('ask when one %s', async (_what, handler) => {
    const { site, codes } = await once(`const c = ${OPEN};\n${handler}`);
    expect([site.verdict, codes.includes('handlers-on-shared')]).toEqual(['review', true]);
  });

  it('go, and say so, where they would be registered at each call', async () => {
    const { site, codes, edits } = await client(`export async function read() {
  const c = ${OPEN}${LOGS};
  c.on('error', console.error);
  await c.connect();
  return c.get('k');
}`);
    expect([site.verdict, codes.includes('handlers-dropped')]).toEqual(['review', true]);
    expect(edits).toEqual([
      `${OPEN} → getRedis() from ./lib/redis`,
      `- ${OPEN}${LOGS}`,
      "- c.on('error', console.error);",
      'c.connect() → redisReady() from ./lib/redis',
    ]);
  });

  it('keep the site where they do more and would be registered at each call', async () => {
    const { site, codes } = await client(`export async function read(report: (error: Error) => void) {
  const c = ${OPEN};
  c.on('error', report);
  await c.connect();
  return c.get('k');
}`);
    expect([site.verdict, codes.includes('handlers-repeat')]).toEqual(['keep', true]);
  });

  it('are asked about where there is none: the process no longer ends', async () => {
    const { site, codes } = await once(`const c = ${OPEN};`);
    expect([site.verdict, codes.includes('listener-added')]).toEqual(['review', true]);
  });
});
