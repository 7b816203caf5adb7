/** `apply --typecheck` with the real mypy: what brings new errors is taken back, the rest of the batch stays. */

import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/apply-changes.js';
import { dropTree, makeTree, type Tree, text } from './workshop.js';

const made: Tree[] = [];
afterEach(() => {
  for (const tree of made.splice(0)) dropTree(tree);
});

const CONFIG = {
  accessors: {
    python: { file: 'app/access.py', module: 'app.access', name: 'get_redis', contract: { parameters: {} } },
  },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};
/** An accessor whose clients can read only, as far as types go: a planted error for those who write. */
const NARROW = `import os
from typing import Optional, Protocol

import redis


class Reader(Protocol):
    def get(self, name: str) -> Optional[bytes]: ...


def get_redis(*, database: str = "main") -> Reader:
    return redis.Redis.from_url(os.environ["REDIS_URL"])
`;
const opening = (name: string) => `import os

import redis

${name} = redis.Redis.from_url(os.environ["REDIS_URL"])
`;
const READS = `${opening('reader')}

def read() -> object:
    return reader.get("a")
`;
const WRITES = `${opening('writer')}

def write() -> object:
    return writer.set("a", "1")
`;
/** An error that was there before, in a file whose lines move. */
const OLD = `${opening('old')}

def wrong() -> int:
    return "text"


def read() -> object:
    return old.get("a")
`;

async function applied({ root }: Tree, typecheck: boolean) {
  const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  const report = await applyChanges(options, {
    ...{ batch: 'all', sites: null, dryRun: false, includeReview: true, allowDirty: false, formatWith: null },
    ...{ showSecrets: false, typecheck },
  });
  const sites = report.batches.flatMap((batch) => batch.sites);
  return {
    outcomes: Object.fromEntries(sites.map(({ file, outcome }) => [file, outcome])),
    reasons: sites.filter(({ outcome }) => outcome === 'failed').flatMap(({ reasons }) => reasons),
  };
}

function service(): Tree {
  const tree = makeTree({
    '.gitignore': '.mypy_cache\n',
    'mypy.ini': '[mypy]\nignore_missing_imports = True\n',
    'requirements.txt': 'redis==4.3.4\n',
    'redis-migrate.config.json': JSON.stringify(CONFIG),
    'app/__init__.py': '',
    'app/access.py': NARROW,
    'app/reads.py': READS,
    'app/writes.py': WRITES,
    'app/old.py': OLD,
  });
  made.push(tree);
  return tree;
}

describe('apply --typecheck with mypy', { timeout: 300_000 }, () => {
  it('has mypy', () => {
    const { error, stdout } = spawnSync('mypy', ['--version'], { encoding: 'utf8' });
    if (error) throw new Error('mypy not found: install it, e.g. apt-get install mypy');
    expect(stdout).toContain('mypy');
  });

  it('takes a unit with a new error back byte by byte; the rest of the batch stays', async () => {
    const tree = service();
    const { outcomes, reasons } = await applied(tree, true);
    expect(outcomes).toEqual({ 'app/reads.py': 'rewritten', 'app/old.py': 'rewritten', 'app/writes.py': 'failed' });
    expect(text(tree.root, 'app/writes.py')).toBe(WRITES);
    expect(text(tree.root, 'app/reads.py')).toContain('reader = get_redis()');
    expect(reasons).toMatchObject([{ code: 'typecheck-failed', at: 'app/writes.py' }]);
    expect(reasons[0]?.message).toContain('"Reader" has no attribute "set"');
  });

  it('without it the error is written', async () => {
    const tree = service();
    expect((await applied(tree, false)).outcomes['app/writes.py']).toBe('rewritten');
  });
});
