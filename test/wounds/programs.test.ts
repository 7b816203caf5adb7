/** Every wound, run on a real Redis: before its migration, after it, and as people did it. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { put } from '../apply/workshop.js';
import { CHECKOUT } from '../cli/program.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { textsOf } from '../support/texts.js';
import { applied, begin, expectedChanges, migrate, runOf, violations, type Wound, wounded, wounds } from './wound.js';

const folders: string[] = [];
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

it.each([...wounds('python'), ...wounds('typescript')])('$name', async (wound) => {
  const root = treeOf(wound);
  const before = { texts: textsOf(root), run: runOf(root, wound, server) };
  expect(before.run).toMatchObject({ code: 0, err: '' });

  const { after, refused, stays } = await migrate(root);
  expect(refused).toEqual([]);
  expect(after).toEqual(expectedChanges(wound));
  expect(textsOf(root)).toEqual({ ...before.texts, ...after });
  expect(stays).toEqual(expect.arrayContaining(wound.stays ?? []));
  expect(runOf(root, wound, server)).toEqual(before.run);
  expect((await migrate(root)).after).toEqual({});

  if (wound.check === undefined) breaks(wound, before.run.out);
  else await checkFails(wound, wound.check);
});

it('leaves TypeScript that compiles', () => {
  const roots = wounds('typescript').map((wound) => {
    const root = treeOf(wound);
    for (const [file, text] of Object.entries(expectedChanges(wound))) put(root, file, text);
    return join(root, 'src/main.ts');
  });
  const { config } = ts.readConfigFile(join(dirname(roots[0] ?? ''), '../tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, CHECKOUT);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(roots, options));
  expect(
    found.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  ).toEqual([]);
});

function treeOf(wound: Wound): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'redis-migrate-wound-')));
  folders.push(root);
  begin(root, wound);
  return root;
}

function breaks(wound: Wound, answers: string): void {
  const root = treeOf(wound);
  wounded(root, wound);
  const { code, out, err } = runOf(root, wound, server);
  if (wound.answers === 'differ') {
    expect(code).toBe(0);
    expect(out).not.toBe(answers);
  } else {
    expect(code).not.toBe(0);
    expect(wound.fails).toBeTruthy();
    expect(err).toContain(wound.fails);
  }
}

async function checkFails(wound: Wound, violation: string): Promise<void> {
  const root = treeOf(wound);
  await applied(root);
  expect(await violations(root)).toEqual([]);
  wounded(root, wound);
  expect(await violations(root)).toEqual([violation]);
}
