/** Small trees with a strategy: what they are before it, and what it makes of them. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { changesOf } from '../support/recipe.js';

export interface Tree {
  name: string;
  strategy: string;
  skip: boolean;
  /** Pieces that the reasons of some site must hold, and codes that one of them must have. */
  told: string[];
  codes: string[];
  /** Settings of the configuration beside accessors, databases and the strategy. */
  config: Record<string, unknown>;
  before: Record<string, string>;
  /** Files that change; all others stay. */
  after: Record<string, string>;
}

const ROOT = new URL('../../fixtures/strategies/trees/', import.meta.url).pathname;

const ACCESSORS: Record<string, { config: unknown; file: string; text: string }> = {
  javascript: {
    config: { javascript: { file: 'src/lib/redis.ts', name: 'getRedis' } },
    file: 'src/lib/redis.ts',
    text: [
      "import Redis from 'ioredis';",
      'let shared: Redis | undefined;',
      'export function getRedis(_options: { database?: string } = {}): Redis {',
      '  shared ??= new Redis(process.env.REDIS_URL!, { connectTimeout: 5000 });',
      '  return shared;',
      '}',
      'export const openRedis = (_options: { role: string }) => new Redis(process.env.REDIS_URL!);',
      'export const closeRedis = async () => shared?.quit();',
      '',
    ].join('\n'),
  },
  python: {
    config: { python: { file: 'app/clients.py', module: 'app.clients', name: 'get_redis' } },
    file: 'app/clients.py',
    text: [
      'import os',
      'import redis',
      '',
      '_shared = None',
      '',
      '',
      'def get_redis(database="main"):',
      '    global _shared',
      '    if _shared is None:',
      '        _shared = redis.Redis.from_url(os.environ["REDIS_URL"])',
      '    return _shared',
      '',
    ].join('\n'),
  },
};

/** Every tree of a language, by folder: `<language>/<strategy>/<case>.txt`. */
export function trees(language: 'javascript' | 'python'): Tree[] {
  return readdirSync(join(ROOT, language), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => treeOf(language, join(ROOT, language, file)));
}

function treeOf(language: string, path: string): Tree {
  const [head = '', ...sections] = readFileSync(path, 'utf8').split(/^(?====|>>> )/m);
  const lines = (key: string) =>
    head.split('\n').flatMap((line) => (line.startsWith(`${key}: `) ? [line.slice(key.length + 2)] : []));
  const files = (mark: string) =>
    Object.fromEntries(
      sections
        .filter((one) => one.startsWith(mark))
        .map((one) => [one.slice(4, one.indexOf('\n')).trim(), one.slice(one.indexOf('\n') + 1)]),
    );
  const name = basename(path, '.txt');
  const own = ACCESSORS[language];
  if (!own) throw new Error(`no accessor for ${language}`);
  const strategy = basename(dirname(path));
  const given = files('===');
  const before = { [own.file]: own.text, ...given };
  const config = {
    accessors: own.config,
    databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    strategy,
    ...(JSON.parse(lines('config')[0] ?? '{}') as object),
  };
  const told = [lines('told'), lines('code')] as const;
  return {
    name: `${strategy}/${name}`,
    strategy,
    skip: name.startsWith('skip-'),
    told: told[0],
    codes: told[1],
    config,
    before,
    after: files('>>>'),
  };
}

/** Writes the tree, and gives what the strategy makes of it with the units that need no person. */
export async function migrate(tree: Tree, includeReview = false) {
  const root = mkdtempSync(join(tmpdir(), 'strategies-'));
  try {
    for (const [file, text] of Object.entries({
      ...tree.before,
      'redis-migrate.config.json': JSON.stringify(tree.config),
    })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return await changesOf(root, includeReview);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
