import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flows, read, show, usePython } from './read.js';

usePython();

/** The value of the first assignment of a text. */
const value = (text: string) =>
  flows(read(text))
    .find((flow) => flow.startsWith('x <- '))
    ?.slice(5);

describe('openings of redis-py, one file to facts', () => {
  it('a client in a module, with keywords and the environment', () => {
    const facts = read(
      'import os\nimport redis\nclient = redis.Redis(host=os.environ["HOST"], port=6379, db=1, decode_responses=True)\n',
    );
    expect(flows(facts)).toEqual(['client <- redis.Redis(host=env(HOST), port=6379, db=1, decode_responses=true)']);
    const call = facts.values.find((found) => found.kind === 'call');
    expect(call).toMatchObject({ new: false, result: 'used', digest: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(facts.exports.map(({ name }) => name)).toEqual(['os', 'redis', 'client']);
  });

  it('from_url in a method, kept in a field of the class', () => {
    const facts = read(`
import redis.asyncio as aioredis

class Cache:
    def __init__(self, url: str = "redis://localhost/0"):
        self.client = aioredis.from_url(url, decode_responses=True)

    async def get(self, key):
        return await self.client.get(key)
`);
    expect(flows(facts)).toContain('Cache.client <- aioredis.from_url(url, decode_responses=true)');
    expect(flows(facts)).toContain('return get <- await self.client.get(key)');
    expect(facts.scopes.map(({ kind, name, form, async }) => [kind, name, form, async])).toEqual([
      ['module', null, undefined, undefined],
      ['class', 'Cache', undefined, undefined],
      ['function', '__init__', 'constructor', false],
      ['function', 'get', 'method', true],
    ]);
    expect(facts.scopes[1]?.members).toEqual([2, 3]);
    const [url] = facts.scopes[2]?.params ?? [];
    expect(url).toMatchObject({ name: 'url', type: { text: 'str' } });
    expect(show(facts, url?.default ?? null)).toBe('"redis://localhost/0"');
  });

  it('spans are UTF-16 offsets of the text as it lies on disk', () => {
    for (const before of ['', '\uFEFF', '# 😀 é\r\n', '\t# tab\n']) {
      const text = `${before}import redis\r\nr = redis.Redis("é😀")\r\n`;
      const facts = read(text);
      const call = facts.values.find((found) => found.kind === 'call');
      expect(text.slice(call?.span.start, call?.span.end)).toBe('redis.Redis("é😀")');
      expect(facts.problems).toEqual([]);
    }
  });
});

describe('imports', () => {
  const imports = (text: string) =>
    read(text).imports.map(({ specifier, imported, local }) => [specifier, imported, local !== null]);

  it('binds what Python binds', () => {
    expect(imports('import redis')).toEqual([['redis', '*', true]]);
    expect(imports('import redis.asyncio as aioredis')).toEqual([['redis.asyncio', '*', true]]);
    expect(imports('import redis.asyncio')).toEqual([
      ['redis', '*', true],
      ['redis.asyncio', '*', false],
    ]);
    expect(imports('from redis import Redis as R, ConnectionPool')).toEqual([
      ['redis', 'Redis', true],
      ['redis', 'ConnectionPool', true],
    ]);
    expect(imports('from ..core . cache import (a,\n  b as c)')).toEqual([
      ['..core.cache', 'a', true],
      ['..core.cache', 'b', true],
    ]);
    expect(imports('from x import *')).toEqual([['x', '*', false]]);
    expect(imports('from __future__ import annotations')).toEqual([['__future__', 'annotations', true]]);
  });

  it('knows guarded and type-only ones, and a second one of the same name', () => {
    const facts = read(`
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from redis import Redis
try:
    import redis.asyncio as r
except ImportError:
    import aioredis as r
except AttributeError:
    r = None
`);
    expect(facts.imports.map(({ specifier, guarded, typeOnly }) => [specifier, guarded, typeOnly])).toEqual([
      ['typing', false, false],
      ['redis', true, true],
      ['redis.asyncio', true, false],
      ['aioredis', true, false],
    ]);
    expect(flows(facts)).toEqual(['r <- module', 'r <- null']);
  });
});

describe('values', () => {
  it.each([
    ['"a" "b"', '"ab"'],
    [String.raw`"a\n\x41\u00e9"`, JSON.stringify('a\nAé')],
    [String.raw`r"a\n"`, JSON.stringify('a\\n')],
    ['b"abc"', '"abc"'],
    ['f"redis://{host}:{1}/0"', '`redis://${global host}:${1}/0`'],
    ['f"{{a}}"', '"{a}"'],
    ['"redis://" + host + "/" + db', '`redis://${global host}/${global db}`'],
    ['a + b', '+(global a, global b)'],
    ['"%s" % a', '%("%s", global a)'],
    ['1_000', '1000'],
    ['-1', '-1'],
    ['0x10', '16'],
    ['1.5', '1.5'],
    ['10 ** 30', '**(10, 30)'],
    ['2j', 'unknown integer()'],
    ['None', 'null'],
    ['True', 'true'],
    ['[a, *b]', '[global a, ...global b]'],
    ['(a, 1)', '[global a, 1]'],
    ['{1, 2}', '[1, 2]'],
    ['{"host": h, k: 1, **rest}', '{host: global h, null: 1, ...global rest}'],
    ['dict(host=h, **rest)', '{host: global h, ...global rest}'],
    ['dict(host=h)', '{host: global h}'],
    ['a if t else b', '(global t ? global a : global b)'],
    ['a or b and c', '(global a || (global b && global c))'],
    ['not a', 'not(global a)'],
    ['a is None', 'is(global a, null)'],
    ['isinstance(a, B)', 'isinstance(global a, global B)'],
    ['a.b["c"][0][i]', 'global a.b.c.0.null'],
    ['a[1:2]', 'global a.null'],
    ['f(1, *a, k=2, **m)', 'global f(1, ...global a, k=2, ...**=global m)'],
    ['[f(h) for h in hosts if h]', '[global f(h)]'],
    ['{h: f(h) for h in hosts}', '{null: global f(h)}'],
    ['lambda a, b=1: a', 'function'],
    ['(y := f())', 'assign global f()'],
  ])('%s → %s', (code, expected) => {
    expect(value(`x = ${code}\n`)).toBe(expected);
  });

  it.each([
    ['import os', 'os.environ["A"]', 'env(A)'],
    ['import os', 'os.environ.get("A", "d")', 'env(A, "d")'],
    ['import os', 'os.getenv("A", default=None)', 'env(A, null)'],
    ['import os as system', 'system.getenv("A")', 'env(A)'],
    ['from os import environ, getenv', 'environ["A"]', 'env(A)'],
    ['from os import environ, getenv as g', 'g("A")', 'env(A)'],
    ['import os', 'os.environ[name]', 'env(null)'],
    ['from app import os', 'os.getenv("A")', 'os.getenv("A")'],
  ])('%s; %s → %s', (head, code, expected) => {
    expect(value(`${head}\nx = ${code}\n`)).toBe(expected);
  });
});

describe('flows', () => {
  it('assignments of all shapes', () => {
    const facts = read('a = b = f()\nc, (d, *e) = g()\nh, i = j, k\nm.n = 1\nm["o"] = 2\np: int = 3\nq += 1\n');
    expect(flows(facts)).toEqual([
      'b <- global f()',
      'a <- assign global f()',
      'c <- global g() (element)',
      'd <- global g() (element)',
      'e <- global g() (rest)',
      'h <- global j',
      'i <- global k',
      'global m.n <- 1',
      'global m.o <- 2',
      'p <- 3',
      'q <- +=(q, 1)',
    ]);
  });

  it('names mean what Python says: functions before use, globals, class bodies, nested functions', () => {
    const facts = read(`
client = None
class A:
    client = make()
    def get(self):
        return client
def connect():
    global client, other
    client = open_client()
    def inner():
        return client
    return inner
def local():
    client = 1
    return client
`);
    expect(facts.locals.filter(({ name }) => name === 'client').map(({ scope }) => facts.scopes[scope]?.name)).toEqual([
      null,
      'A',
      'local',
    ]);
    expect(flows(facts)).toEqual([
      'client <- null',
      'A <- class',
      'client <- global make()',
      'A.static client <- global make()',
      'A.client <- global make()',
      'get <- function',
      'A.static get <- function',
      'A.get <- function',
      'return get <- client',
      'connect <- function',
      'client <- global open_client()',
      'inner <- function',
      'return inner <- client',
      'return connect <- inner',
      'local <- function',
      'client <- 1',
      'return local <- client',
    ]);
    const of = (name: string) =>
      facts.flows.filter((flow) => flow.place.kind === 'local' && facts.locals[flow.place.local]?.name === name);
    expect(of('client').map(({ place }) => (place.kind === 'local' ? facts.locals[place.local]?.scope : null))).toEqual(
      [0, 1, 0, 5],
    );
  });

  it('self and cls are the class, static methods have neither, callers do not see them', () => {
    const facts = read(`
class A(Base, metaclass=M):
    @classmethod
    def make(cls, url): cls.pool = url
    @staticmethod
    def plain(self): self.x = 1
    @property
    def client(this): return this._client
    def close(self):
        def later(): self.done = True
        super().close()
`);
    expect(flows(facts)).toContain('A.static pool <- url');
    expect(flows(facts)).toContain('self.x <- 1');
    expect(flows(facts)).toContain('return client <- self._client');
    expect(flows(facts)).toContain('A.done <- true');
    const forms = facts.scopes
      .filter(({ kind }) => kind === 'function')
      .map(({ name, form, static: isStatic, params }) => [name, form, isStatic, params?.map((param) => param.name)]);
    expect(forms).toEqual([
      ['make', 'method', true, ['url']],
      ['plain', 'method', true, ['self']],
      ['client', 'getter', false, []],
      ['close', 'method', false, []],
      ['later', 'function', false, []],
    ]);
    expect(facts.scopes[1]?.bases?.map((base) => show(facts, base))).toEqual(['global Base']);
  });

  it('results of calls', () => {
    const facts = read('async def f():\n    a()\n    await b()\n    x = c()\n    return d()\n');
    const results = facts.values.flatMap((found) =>
      found.kind === 'call' ? [[show(facts, found.callee), found.result]] : [],
    );
    expect(results).toEqual([
      ['global a', 'floating'],
      ['global b', 'awaited'],
      ['global c', 'used'],
      ['global d', 'returned'],
    ]);
  });

  it('types name the class that is meant', () => {
    const facts = read(
      'from redis import Redis\ndef f(a: Optional[Redis], b: "Redis | None", c: redis.Redis | None, d: "Redis", *e: int): ...\n',
    );
    const types = facts.scopes[1]?.params?.map(({ type, rest }) => [
      type?.text,
      show(facts, type?.value ?? null),
      rest,
    ]);
    expect(types).toEqual([
      ['Optional[Redis]', 'Redis', false],
      ['"Redis|None"', 'none', false],
      ['redis.Redis|None', 'global redis.Redis', false],
      ['"Redis"', 'Redis', false],
      ['int', 'global int', true],
    ]);
  });
});

describe('blocks', () => {
  it('tell what may run never, or more than once, or with its errors caught', () => {
    const facts = read(`
def f():
    try:
        a()
    except (X, Y) as e:
        return None
    except Z:
        raise
    else:
        b()
    finally:
        c()
    if d:
        return 1
    elif g:
        pass
    else:
        return
    for h in i:
        continue
    while j:
        break
    with k() as l, m():
        n()
    match o:
        case P(q=r): return r
`);
    expect(facts.blocks.map(({ kind, exit, test }) => [kind, exit, show(facts, test)])).toEqual([
      ['try', 'fall-through', 'none'],
      ['catch', 'return-none', 'none'],
      ['catch', 'raise', 'none'],
      ['else', 'fall-through', 'none'],
      ['finally', 'fall-through', 'none'],
      ['if', 'return', 'global d'],
      ['else', 'fall-through', 'global d'],
      ['if', 'fall-through', 'global g'],
      ['else', 'return-none', 'global g'],
      ['loop', 'continue', 'global i'],
      ['loop', 'break', 'global j'],
      ['with', 'fall-through', 'global k()'],
      ['with', 'fall-through', 'global m()'],
      ['case', 'return', 'global o'],
    ]);
    expect(flows(facts)).toContain('l <- global k()');
    expect(flows(facts)).toContain('h <- global i (element)');
    const call = facts.values.find((found) => found.kind === 'call' && show(facts, found.callee) === 'global n');
    expect(call?.block).toBe(12);
    expect(facts.blocks[12]?.parent).toBe(11);
  });
});

describe('comments and bad input', () => {
  it('reads directives, not those in strings', () => {
    const facts = read(
      '# redis-migrate-ignore: cache of tests\na = 1  # redis-migrate-ignore\nb = "# redis-migrate-ignore: no"\n',
    );
    expect(facts.directives).toEqual([
      { kind: 'ignore', reason: 'cache of tests', line: 1, alone: true },
      { kind: 'ignore', reason: '', line: 2, alone: false },
    ]);
  });

  it('knows generated files by their header only', () => {
    expect(read('# Generated by the protocol buffer compiler.  DO NOT EDIT!\n').generated).toBe(true);
    expect(read('x = "DO NOT EDIT"\n').generated).toBe(false);
  });

  it('tells problems with their line and still reads the rest', () => {
    const facts = read('import redis\nr = redis.Redis(\n\ndef f(:\n  pass\n');
    expect(facts.problems[0]).toMatchObject({ message: expect.stringMatching(/syntax|expected/) });
    expect(facts.imports).toHaveLength(1);
    expect(read('').problems).toEqual([]);
    expect(read('x = (((\n').problems).not.toEqual([]);
    expect(read('\0\x01\uD800').lineStarts).toEqual([0]);
  });

  it('survives deep nesting and long sums', () => {
    expect(read(`x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n`).problems[0]?.message).toMatch(
      /nested too deeply|syntax/,
    );
    expect(flows(read(`x = ${'"a" + '.repeat(5_000)}b\n`))).toHaveLength(1);
  });

  it('reads the whole standard library of the installed Python without a fault', () => {
    const home = execFileSync(
      'python3',
      ['-c', 'import email, os; print(os.path.dirname(os.path.dirname(email.__file__)))'],
      { encoding: 'utf8' },
    ).trim();
    const files = ['asyncio', 'email', 'http', 'json', 'unittest'].flatMap((name) =>
      readdirSync(join(home, name))
        .filter((file) => file.endsWith('.py'))
        .map((file) => join(home, name, file)),
    );
    expect(files.length).toBeGreaterThan(60);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const facts = read(text);
      expect(facts.problems, file).toEqual([]);
      for (const { span } of facts.values)
        expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
      for (const flow of facts.flows) expect(facts.values[flow.value]).toBeDefined();
    }
  });
});
