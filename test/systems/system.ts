/**
 * A whole small program before and after its migration to the accessor of a preset: `fixtures/systems/<preset>/<language>`
 * with the folders `before` (its configuration in it, no accessor), `after` (what must come out, byte for byte), and `wired`
 * where a person adds to the program what starts its accessor (files as they then are). Its `main` prints JSON of what it
 * answered.
 */

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll } from '../apply/workshop.js';
import { CHECKOUT, Program, type Run, start } from '../cli/program.js';
import { type Key, keysOf } from '../support/keyspace.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { textsOf } from '../support/texts.js';

export type SystemLanguage = 'python' | 'typescript';

/** What is expected of a system beside its files. */
export interface Expected {
  /** Database numbers whose keys are compared. */
  databases: readonly number[];
  /** Connections that a whole run opens. */
  connections: { before: number; after: number };
  /** `init` writes the accessor for the configuration of `before`, with its databases; else it proposes both anew. */
  configured?: boolean;
  /** Python: modules that its interpreter must have beside `redis`. */
  modules?: readonly string[];
  /** Variables of its environment beside `REDIS_URL`, `REDIS_HOST` and `REDIS_PORT`. */
  environment?: (server: RedisServer) => Record<string, string>;
  /** What the server holds before it starts. */
  prepare?: (redis: Redis) => Promise<unknown>;
}

/** One run of a program. */
export interface Ran {
  answers: unknown;
  /** `<database>/<key>` → what it holds, sorted by name. */
  keyspace: Record<string, Key>;
  connections: number;
}

const CONFIG = 'redis-migrate.config.json';

/** A system on disk, and the copies that a test makes of it. */
export class System {
  private readonly copies: string[] = [];
  private server: RedisServer | null = null;

  constructor(
    private readonly program: Program,
    readonly preset: string,
    readonly language: SystemLanguage,
    private readonly expected: Expected,
  ) {}

  /** A committed copy of `before` or `after` in a folder of its own, with the packages of the checkout. */
  copy(of: 'before' | 'after', leaveOut: readonly string[] = []): string {
    const root = mkdtempSync(join(tmpdir(), `system-${this.preset}-`));
    this.copies.push(root);
    cpSync(this.folder(of), root, { recursive: true });
    for (const file of leaveOut) rmSync(join(root, file));
    if (this.language === 'typescript') symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'), 'dir');
    commitAll(root, true);
    return root;
  }

  folder(of: 'before' | 'after' | 'wired'): string {
    return join(CHECKOUT, 'fixtures', 'systems', this.preset, this.language, of);
  }

  /** Paths of the accessors that the configuration names. */
  accessors(): string[] {
    const { accessors } = JSON.parse(readFileSync(join(this.folder('before'), CONFIG), 'utf8')) as {
      accessors: Record<string, { file: string } | { file: string }[]>;
    };
    return Object.values(accessors).flatMap((given) => [given].flat().map(({ file }) => file));
  }

  /** Runs the command line tool; throws when it does not end with 0. */
  redisMigrate(root: string, ...args: string[]): Run {
    return succeeded(args.join(' '), this.program.run(root, args));
  }

  /** Empties the server, runs the program to its end, and gives what it did. */
  async run(root: string): Promise<Ran> {
    this.server ??= await startRedis();
    const { server, expected } = this;
    const driver = new Redis(server.url, { connectionName: 'test-driver' });
    try {
      await driver.flushall();
      await expected.prepare?.(driver);
      const opened = async () => Number(/total_connections_received:(\d+)/.exec(await driver.info('stats'))?.[1]);
      const first = await opened();
      const { out } = succeeded('the program', start(...this.command(), root, this.environment(server)));
      const connections = (await opened()) - first;
      const found = await Promise.all(expected.databases.map((number) => keysOf(server, number)));
      return { answers: JSON.parse(out), keyspace: Object.assign({}, ...found), connections };
    } finally {
      driver.disconnect();
    }
  }

  /** Compiles all of a copy with the real compiler of its language; throws what it says. */
  compile(root: string): void {
    if (this.language === 'typescript') {
      const compiler = join(CHECKOUT, 'node_modules/typescript/bin/tsc');
      succeeded('tsc', start(process.execPath, [compiler, '--noEmit', '-p', '.'], root));
      return;
    }
    const files = Object.keys(textsOf(root)).filter((file) => file.endsWith('.py'));
    const compiled = mkdtempSync(join(tmpdir(), 'compiled-'));
    this.copies.push(compiled);
    succeeded('py_compile', start('python3', ['-X', `pycache_prefix=${compiled}`, '-m', 'py_compile', ...files], root));
  }

  async drop(): Promise<void> {
    for (const root of this.copies) rmSync(root, { recursive: true, force: true });
    await this.server?.stop();
  }

  private command(): [string, string[]] {
    if (this.language === 'typescript') {
      const tsx = pathToFileURL(join(CHECKOUT, 'node_modules/tsx/dist/esm/index.mjs')).href;
      return [process.execPath, ['--import', tsx, 'src/main.ts']];
    }
    const modules = ['redis', ...(this.expected.modules ?? [])];
    const packages = modules.map((name) => `python3-${name}`);
    return [pythonWith(modules, packages), ['-B', '-m', 'app.main']];
  }

  private environment(server: RedisServer): Record<string, string> {
    const own = { REDIS_URL: server.url, REDIS_HOST: '127.0.0.1', REDIS_PORT: String(server.port) };
    return { ...own, ...this.expected.environment?.(server) };
  }
}

function succeeded(what: string, run: Run): Run {
  if (run.code !== 0) throw new Error(`${what} ended with ${run.code}\n${run.out}${run.err}`);
  return run;
}

/** One program for all systems of a test file: it takes seconds to compile. */
let compiled: { program: Program; users: number } | null = null;

function program(): Program {
  compiled ??= { program: new Program(), users: 0 };
  compiled.users += 1;
  return compiled.program;
}

function dropProgram(): void {
  if (compiled === null) return;
  compiled.users -= 1;
  if (compiled.users > 0) return;
  compiled.program.drop();
  compiled = null;
}

/** Everything that must hold of a system, as tests; `more` adds tests of its own, which make copies for themselves. */
export function describeSystem(
  preset: string,
  language: SystemLanguage,
  expected: Expected,
  more: (system: System) => void = () => undefined,
): void {
  describe(`${preset} in ${language}`, () => {
    const system = new System(program(), preset, language, expected);
    const texts = { before: textsOf(system.folder('before')), after: textsOf(system.folder('after')) };
    let root: string;
    let before: Ran;
    let begun: Record<string, string>;

    beforeAll(async () => {
      root = system.copy('before');
      before = await system.run(root);
      writeAccessors(system, root);
      begun = textsOf(root);
      commitAll(root);
      system.redisMigrate(root, 'apply', '--batch', 'all', '--include', 'review');
    }, 120_000);

    afterAll(async () => {
      dropProgram();
      await system.drop();
    });

    it('opens what its document says, before', () => {
      expect(before.connections).toBe(expected.connections.before);
      expect(Object.keys(before.keyspace).length).toBeGreaterThan(0);
    });

    it('has the accessor that init writes', () => {
      const there = system.accessors().filter((file) => existsSync(join(system.folder('before'), file)));
      const own = system.copy('before', [...(expected.configured === true ? [] : [CONFIG]), ...there]);
      system.redisMigrate(own, 'init', '--yes', '--scaffold', preset);
      const written = textsOf(own);
      for (const file of system.accessors()) expect(written[file]).toBe(texts.after[file]);
    });

    it('is migrated exactly', () => {
      expect(textsOf(root)).toEqual(texts.after);
    });

    it('compiles', () => {
      system.compile(root);
    });

    it('answers the same and leaves the same keys, over fewer connections', async () => {
      const after = await system.run(root);
      expect(after).toEqual({ ...before, connections: expected.connections.after });
    });

    it('is not changed by a second run', () => {
      commitAll(root);
      system.redisMigrate(root, 'apply', '--batch', 'all', '--include', 'review');
      expect(textsOf(root)).toEqual(texts.after);
    });

    more(system);

    it('comes back exactly', () => {
      system.redisMigrate(root, 'rollback', '--batch', 'all');
      expect(textsOf(root)).toEqual(begun);
    });
  });
}

/** The accessor is written before anything moves to it, and what a person adds for it: the migration itself never makes it. */
function writeAccessors(system: System, root: string): void {
  if (existsSync(system.folder('wired'))) cpSync(system.folder('wired'), root, { recursive: true });
  for (const file of system.accessors()) {
    if (!existsSync(join(root, file))) cpSync(join(system.folder('after'), file), join(root, file));
  }
}
