/** `with redis.Redis() as r:`: where the `with` goes, where it stays, and that the moved code does the same on a Redis. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/apply-changes.js';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';
import { pythonWith } from '../support/python.js';
import { startRedis } from '../support/redis.js';

const ACCESSOR = `import os

import redis

_client = None


def get_redis():
    global _client
    if _client is None:
        _client = redis.Redis.from_url(os.environ["REDIS_URL"])
    return _client
`;
const HEAD = 'import os\n\nimport redis\n\n\n';
const OPEN = 'redis.Redis.from_url(os.environ["REDIS_URL"])';

function treeOf(body: string, file = 'app/work.py'): string {
  return makeTree({
    'requirements.txt': 'redis==4.3.4\n',
    'app/__init__.py': '',
    'app/clients.py': ACCESSOR,
    [file]: HEAD + body,
    'redis-migrate.config.json': JSON.stringify({
      accessors: { python: { file: 'app/clients.py', name: 'get_redis', open: null, close: null } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
  });
}

async function judged(body: string, file = 'app/work.py'): Promise<string[]> {
  const options = { root: treeOf(body, file), configPath: null, jobs: 1, cache: false, includeTests: true };
  const { sites } = await takeInventory(options);
  const clients = sites.filter((one) => one.file === file && one.category === 'client');
  return clients.map(({ verdict, reasons }) =>
    [verdict, ...reasons.map(({ code }) => code).filter((code) => /^(?:closes|escapes|would)/.test(code))].join(' '),
  );
}

describe('a `with` over a client', () => {
  it.each([
    ['opens it in a function', `def work():\n    with ${OPEN} as r:\n        return r.get("a")\n`],
    ['has parentheses', `def work():\n    with (${OPEN} as r):\n        return r.get("a")\n`],
    ['opens it in a module', `with ${OPEN} as r:\n    r.get("a")\n`],
    [
      'is that of contextlib.closing',
      `def work():\n    from contextlib import closing\n\n    with closing(${OPEN}) as r:\n        return r.get("a")\n`,
    ],
    [
      'closes a name',
      `import contextlib\n\n\ndef work():\n    r = ${OPEN}\n    with contextlib.closing(r):\n        return r.get("a")\n`,
    ],
    [
      'is that of an ExitStack',
      `def work():\n    from contextlib import ExitStack\n\n    with ExitStack() as stack:\n        r = stack.enter_context(${OPEN})\n        return r.get("a")\n`,
    ],
    [
      'is that of an ExitStack, over a name',
      `def work():\n    from contextlib import ExitStack\n\n    with ExitStack() as stack:\n        r = ${OPEN}\n        stack.enter_context(r)\n        return r.get("a")\n`,
    ],
    ['follows its opening', `def work():\n    r = ${OPEN}\n    with r:\n        return r.get("a")\n`],
  ])('goes where it %s', async (_name, body) => {
    expect(await judged(body)).toEqual(['rewrite closes-with']);
  });

  it.each([
    [
      'has a second item',
      `def work():\n    with ${OPEN} as r, open("a") as f:\n        return r.get(f.read())\n`,
      'closes-shared',
    ],
    [
      'opens two clients at once',
      `def work():\n    with ${OPEN} as a, ${OPEN} as b:\n        return a.get(b.get("a"))\n`,
      'closes-shared',
    ],
    [
      'is over what a module keeps',
      `r = ${OPEN}\n\n\ndef work():\n    with r:\n        return r.get("a")\n`,
      'closes-shared',
    ],
    [
      'is that of an ExitStack that others get',
      `def work(add):\n    from contextlib import ExitStack\n\n    with ExitStack() as stack:\n        add(stack.enter_context(${OPEN}))\n`,
      'closes-shared escapes-to-unknown-call',
    ],
    [
      'is that of a closing of our own',
      `def work(closing):\n    with closing(${OPEN}) as r:\n        return r.get("a")\n`,
      'escapes-to-unknown-call',
    ],
    [
      'has a client that goes elsewhere',
      `def work(add):\n    with ${OPEN} as r:\n        add(r)\n`,
      'closes-shared escapes-to-unknown-call',
    ],
    [
      'is over a client that the module uses later',
      `with ${OPEN} as r:\n    r.get("a")\n\n\ndef work():\n    return r.get("a")\n`,
      'closes-shared',
    ],
    [
      'can be over one of two clients',
      `def work(one):\n    a = ${OPEN}\n    b = ${OPEN}\n    with a if one else b:\n        return a.get("a")\n`,
      'closes-shared',
    ],
  ])('stays where it %s', async (_name, body, codes) => {
    expect([...new Set(await judged(body))]).toEqual([`keep ${codes}`]);
  });

  it.each(['scripts/fill.py', 'tests/test_fill.py'])('or a closer may go in a program that ends: %s', async (file) => {
    const body = `def work():\n    r = ${OPEN}\n    r.incr("n")\n    r.close()\n\n\nwork()\n`;
    expect(await judged(body, file)).toEqual(['rewrite closes-dropped']);
  });

  it('goes without a trace in what the program does', async () => {
    const body = `from contextlib import ExitStack, closing


def work(name):
    with ${OPEN} as r:
        text = """
        as it was
        """
        if r.incr(name) > 1:
            return [r.get(name), text, more(name)]
        return ["first", text, more(name)]


def more(name):
    with ExitStack() as stack:
        a = stack.enter_context(closing(${OPEN}))
        with closing(${OPEN}) as b:
            return a.append(name, "0") + b.strlen(name)


with ${OPEN} as r:
    r.delete("n")
    print(work("n"), work("n"), len(r.client_list()))
`;
    const server = await startRedis();
    try {
      const root = treeOf(body);
      const run = () => {
        const env = { REDIS_URL: server.url, PYTHONPATH: root };
        const python = pythonWith(['redis'], ['python3-redis']);
        return spawnSync(python, ['-B', 'app/work.py'], { cwd: root, env, encoding: 'utf8' }).stdout.trim();
      };
      const before = run();
      const request = { batch: 'all', sites: null, dryRun: false, includeReview: false, allowDirty: true };
      const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
      await applyChanges(options, { ...request, formatWith: null, showSecrets: false, typecheck: false });
      const after = readFileSync(join(root, 'app/work.py'), 'utf8');
      expect(after.match(/with .*:|get_redis\(\)|closing\(|enter_context\(|import closing/g)).toEqual([
        'get_redis()',
        'with ExitStack() as stack:',
        'get_redis()',
        'get_redis()',
        'get_redis()',
      ]);
      expect(run()).toBe(before);
      expect(before).toBe(
        String.raw`['first', '\n        as it was\n        ', 4] [b'11', '\n        as it was\n        ', 6] 1`,
      );
    } finally {
      await server.stop();
    }
  });
});
