/** Deprecated imports and wrapper instances through the whole program: two small programs, run before and after on a real Redis. */

import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyReport, Inventory } from '../../src/model.js';
import { commitAll } from '../apply/workshop.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { CHECKOUT, Program, start } from './program.js';

const program = new Program();
let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  program.drop();
  await server?.stop();
});

interface Language {
  command: () => [string, string];
  /** Rows that change, and those that stay with why. */
  moved: string[];
  stays: string[];
  /** Connections that the run holds before and after. */
  connections: [number, number];
}

const LANGUAGES: Record<'python' | 'javascript', Language> = {
  python: {
    command: () => [pythonWith(['redis'], ['python3-redis']), 'main.py'],
    moved: ['app/pages.py:3', 'app/pages.py:9', 'app/pages.py:18', 'app/pages.py:25'],
    stays: ['app/tools.py:3 instance-arguments', 'app/tools.py:7 instance-closed'],
    connections: [4, 2],
  },
  javascript: {
    command: () => [process.execPath, 'main.js'],
    moved: ['src/pages.js:1', 'src/pages.js:5', 'src/pages.js:16'],
    stays: ['src/tools.js:3 instance-arguments', 'src/tools.js:6 instance-closed'],
    connections: [7, 2],
  },
};

function treeOf(language: keyof typeof LANGUAGES): string {
  const root = program.tree({}, { git: false });
  cpSync(join(CHECKOUT, 'fixtures/replaced', language), root, { recursive: true });
  if (language === 'javascript') symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
  commitAll(root, true);
  return root;
}

function outputOf(root: string, [command, file]: [string, string]): { answers: unknown[]; connections: number } {
  const env = { REDIS_PORT: String(server.port), PYTHONDONTWRITEBYTECODE: '1' };
  const flush = start('redis-cli', ['-p', String(server.port), 'flushall'], root);
  if (flush.code !== 0) throw new Error(flush.err);
  const { code, out, err } = start(command, [file], root, env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

function sourcesOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /^(?!node_modules).*\.(?:js|py)$/.test(one),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

describe.each(['python', 'javascript'] as const)('%s', (name) => {
  const { command, moved, stays, connections } = LANGUAGES[name];

  it('lists, rewrites, gates and takes back, and the program answers as before', () => {
    const root = treeOf(name);
    const sources = sourcesOf(root);
    const before = outputOf(root, command());
    const scanned = JSON.parse(program.run(root, ['scan', '--format', 'json']).out) as Inventory;
    const ours = scanned.sites.filter(
      ({ pattern }) => pattern === 'deprecated-import' || pattern === 'wrapper-instance',
    );
    const outside = ours.filter(({ reasons }) => reasons.every(({ code }) => code !== 'instance-itself'));
    expect(outside.filter(({ verdict }) => verdict === 'rewrite').map(({ file, line }) => `${file}:${line}`)).toEqual(
      moved,
    );
    expect(
      outside
        .filter(({ verdict }) => verdict === 'keep')
        .map(({ file, line, reasons }) => `${file}:${line} ${reasons[0]?.code}`),
    ).toEqual(stays);
    expect(program.run(root, ['check']).out).toContain('deprecated');

    const applied = program.run(root, ['apply', '--batch', 'all', '--format', 'json']);
    const report = JSON.parse(applied.out) as ApplyReport;
    expect([applied.code, report.totals.rewritten, report.totals.failed]).toEqual([0, moved.length, 0]);
    const after = outputOf(root, command());
    expect(after.answers).toEqual(before.answers);
    expect([before.connections, after.connections]).toEqual(connections);

    const second = program.run(root, ['apply', '--batch', 'all', '--allow-dirty', '--format', 'json']);
    expect((JSON.parse(second.out) as ApplyReport).totals.rewritten).toBe(0);
    expect(program.run(root, ['check']).out).not.toContain('deprecated');
    expect(program.run(root, ['status', '--format', 'json']).code).toBe(0);
    expect(program.run(root, ['rollback', '--batch', 'all']).code).toBe(0);
    expect(sourcesOf(root)).toEqual(sources);
  });
});
