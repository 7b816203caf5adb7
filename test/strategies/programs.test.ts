/** Programs before and after a strategy, on a real Redis: the same answers over fewer connections. */

import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT, Program, start } from '../cli/program.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';

const program = new Program();
afterAll(() => program.drop());

interface Answer {
  seen: unknown;
  connections: number;
}

const PROGRAMS = {
  javascript: { command: () => [process.execPath, 'src/main.js'], extension: '.js' },
  python: { command: () => [pythonWith(['redis'], ['python3-redis']), '-m', 'shop.main'], extension: '.py' },
} as const;

/** Starts the program with a Redis of its own, and gives what it printed. */
async function answerOf(root: string, [file = '', ...args]: readonly string[]): Promise<Answer> {
  const server: RedisServer = await startRedis();
  try {
    const { code, out, err } = start(file, args, root, { REDIS_URL: server.url });
    if (code !== 0) throw new Error(err);
    return JSON.parse(out) as Answer;
  } finally {
    await server.stop();
  }
}

function migrated(root: string, strategy: string): void {
  const run = (...args: string[]) => {
    const { code, out, err } = program.run(root, args);
    if (code !== 0) throw new Error(`${args.join(' ')}\n${out}${err}`);
  };
  run('init', '--yes', '--scaffold', 'default');
  const config = join(root, 'redis-migrate.config.json');
  writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), strategy }));
  run('apply', '--batch', 'all', '--include', 'review', '--allow-dirty');
}

describe.each(['javascript', 'python'] as const)('a program in %s', (language) => {
  const { command, extension } = PROGRAMS[language];
  const home = join(CHECKOUT, 'fixtures/strategies/programs', language);
  const copy = () => {
    const root = program.tree({}, { git: false });
    cpSync(home, root, { recursive: true });
    if (language === 'javascript') symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
    return root;
  };
  const textOf = (root: string, name: string) => {
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).find(
      (file) => file.endsWith(`/${name}${extension}`) && !file.startsWith('node_modules'),
    );
    return readFileSync(join(root, found ?? ''), 'utf8');
  };
  let before: Answer;

  beforeAll(async () => {
    before = await answerOf(copy(), command());
  });

  it('holds a connection for each place that opened one', () => {
    expect(before.connections).toBe(3);
  });

  it('answers the same over one connection with its singletons inline', async () => {
    const root = copy();
    migrated(root, 'inline');
    expect(await answerOf(root, command())).toEqual({ ...before, connections: 1 });
    expect(textOf(root, 'sessions').trim()).toBe('');
    expect(textOf(root, 'stock')).not.toMatch(/\bstock =|import Redis|import redis/);
    expect(textOf(root, 'orders')).not.toMatch(/warehouse|session_?[cC]lient/);
  });

  it('answers the same over one connection with adapters', async () => {
    const root = copy();
    migrated(root, 'adapter');
    expect(await answerOf(root, command())).toEqual({ ...before, connections: 1 });
    expect(textOf(root, 'views')).not.toMatch(/self\._redis|#redis/);
    expect(textOf(root, 'sessions')).toMatch(/return get_?[rR]edis\(/);
    expect(textOf(root, 'orders')).toMatch(/session_?[cC]lient\(\)/);
  });
});
