import { describe, expect, it } from 'vitest';
import { python } from '../../../src/languages/python/index.js';
import { takeInventory } from '../../../src/migrate.js';
import { makeTree } from '../../scan/tree.js';
import { flows, usePython } from './read.js';

usePython();

type Cell = { cell_type: string; source: string | string[] };
const code = (...source: string[]): Cell => ({ cell_type: 'code', source: source.map((line) => `${line}\n`) });

function notebook(cells: Cell[], metadata: Record<string, unknown> = {}): string {
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

const facts = (text: string) => python.facts('a.ipynb', text);

describe('notebooks', () => {
  it('are one text of the code of their cells', () => {
    const text = notebook([
      code('import redis'),
      { cell_type: 'markdown', source: ['b = 2\n'] },
      { cell_type: 'code', source: 'r = redis.Redis(db=1)\nx = r.get("a")' },
    ]);
    const found = facts(text);
    expect(found).toMatchObject({ embedded: 'notebook', language: 'python', problems: [] });
    expect(flows(found)).toEqual(['r <- redis.Redis(db=1)', 'x <- r.get("a")']);
  });

  it.each([
    ['%pip install redis', 'pass'],
    ['!pip install redis', 'pass'],
    ['!echo a \\', 'pass'],
    ['?redis', 'pass'],
    ['redis.Redis?', 'pass'],
    ['files = !ls', 'files = None'],
    ['t = %timeit -o f()', 't = None'],
    ['    %matplotlib inline', '    pass'],
    ['x = a % b', 'x = a % b'],
    ['y != z', 'y != z'],
    ['x = a != b', 'x = a != b'],
  ])('reads past what only IPython knows: %s', async (line, expected) => {
    const { readNotebook } = await import('../../../src/languages/python/notebook.js');
    expect(readNotebook(notebook([code(line)]))?.text).toBe(`${expected}\n`);
  });

  it('keeps what looks like a magic inside of brackets', () => {
    const found = facts(notebook([code('x = ("%s"', '%name)', 'y = 1')]));
    expect(found.problems).toEqual([]);
    expect(flows(found)).toEqual(['x <- %("%s", global name)', 'y <- 1']);
  });

  it('leaves out cells of other languages, and keeps those that are timed', () => {
    const cells = [code('%%bash', 'echo "redis://x"'), code('%%time', 'a = 1'), code('', '%%html', '<b>')];
    expect(flows(facts(notebook(cells)))).toEqual(['a <- 1']);
    const other = { language_info: { name: 'R' } };
    expect(flows(facts(notebook([code('a <- 1')], other)))).toEqual([]);
    expect(flows(facts(notebook([code('a = 1')], { kernelspec: { language: 'python' } })))).toEqual(['a <- 1']);
  });

  it('of format 3 have sheets', () => {
    const cells = [{ cell_type: 'code', input: ['a = 1\n'] }];
    expect(flows(facts(JSON.stringify({ worksheets: [{ cells }], nbformat: 3 })))).toEqual(['a <- 1']);
  });

  it('that are none are said to be none', () => {
    for (const text of ['', '{}', '[1]', '{"cells": 1}', '{"cells": [']) {
      expect(facts(text).problems.length, text).toBe(text.includes('[') && text.includes('cells') ? 0 : 1);
    }
  });

  it('are listed where the code stands in the file, and stay', async () => {
    const cells = [
      { cell_type: 'markdown', source: ['# Redis\n'] },
      code('import os, redis'),
      code(
        '%time',
        '# redis-migrate-ignore: shown to beginners',
        'q = redis.Redis()',
        'r = redis.from_url(os.environ["REDIS_URL"])',
        'r.get("a")',
      ),
    ];
    const text = notebook(cells);
    const root = makeTree({
      'notes/a.ipynb': text,
      'notes/.ipynb_checkpoints/a.ipynb': text,
      'notes/b.ipynb': notebook([code('from app.clients import shared'), code('shared.blpop("jobs")')]),
      'app/__init__.py': '',
      'app/clients.py':
        'import os\nimport redis\n\nshared = redis.Redis.from_url(os.environ["REDIS_URL"], single_connection_client=True)\n',
    });
    const { sites, trace } = await takeInventory({
      root,
      configPath: null,
      jobs: 1,
      cache: false,
      includeTests: false,
    });
    const lines = text.split('\n');
    const found = sites.filter(({ file }) => file === 'notes/a.ipynb');
    expect(
      found.map(({ line, column, verdict, zone, exempt }) => [
        lines[line - 1]?.trim(),
        column,
        verdict,
        zone,
        exempt?.reason,
      ]),
    ).toEqual([
      [JSON.stringify('q = redis.Redis()\n').concat(','), 5, 'keep', 'script', 'shown to beginners'],
      [JSON.stringify('r = redis.from_url(os.environ["REDIS_URL"])\n').concat(','), 5, 'keep', 'script', undefined],
    ]);
    expect(found.every(({ reasons }) => reasons.some(({ code: one }) => one === 'notebook'))).toBe(true);
    // What a notebook does with a client of another file counts there.
    const shared = trace.openings.find(({ file }) => file === 'app/clients.py');
    expect(shared?.uses.map(({ file, member }) => [file, member])).toEqual([['notes/b.ipynb', 'blpop']]);
    expect(sites.map(({ file }) => file)).not.toContain('notes/.ipynb_checkpoints/a.ipynb');
  });
});
