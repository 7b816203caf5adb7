/** Scopes of Python files, compared with CPython's own `symtable`; and what syntax of 3.8 to 3.14 is read. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { python } from '../../../src/languages/python/index.js';
import { usePython } from './read.js';
import { differences, namesOf, type ScopeNames, symbolsOf } from './symbols.js';

usePython();

const FIXTURES = new URL('../../../fixtures/', import.meta.url).pathname;
const SCOPES = join(FIXTURES, 'scopes');
const files = readdirSync(SCOPES).filter((file) => file.endsWith('.py'));

function factsOf(path: string): ScopeNames[] {
  const facts = python.facts('app/a.py', readFileSync(path, 'utf8'));
  expect(facts.problems, path).toEqual([]);
  return namesOf(facts);
}

describe('scopes', () => {
  // Recorded with `symbols.py` of CPython 3.11, where comprehensions are still functions; types-312 with 3.13.
  it.each(files)('are those of CPython: %s', (file) => {
    const recorded = readFileSync(join(SCOPES, file.replace('.py', '.symbols.json')), 'utf8');
    expect(differences(factsOf(join(SCOPES, file)), JSON.parse(recorded) as ScopeNames[])).toEqual([]);
  });

  it('are those of the Python of this machine, in all sources of the fixtures that it accepts', () => {
    const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.version_info[1])'], { encoding: 'utf8' });
    const inline = Number(stdout) >= 12;
    const all = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.py'))
      .map((file) => join(FIXTURES, file));
    const symbols = symbolsOf('python3', all);
    let compared = 0;
    all.forEach((path, index) => {
      const found = symbols[index];
      if (found === undefined || typeof found === 'string') return;
      // From 3.12 on comprehensions are parts of the function around them.
      if (inline && / for .* in .*[\])}]/.test(readFileSync(path, 'utf8'))) return;
      compared += 1;
      expect({ path, differ: differences(factsOf(path), found) }).toEqual({ path, differ: [] });
    });
    expect(compared).toBeGreaterThan(100);
  });

  it('would not pass with a name too few, too many, or of another scope', () => {
    const one: ScopeNames = ['function', 'f', 1, ['a', 'b'], { a: 'local', c: 'outer' }];
    const changed = (index: number, value: unknown) =>
      one.map((part, at) => (at === index ? value : part)) as ScopeNames;
    expect(differences([one], [one])).toEqual([]);
    expect(differences([changed(3, ['a'])], [one])).toEqual(['function f:1: binds a, CPython a,b']);
    expect(differences([changed(4, { c: 'module' })], [one])).toEqual(['function f:1: c is module, CPython outer']);
    expect(differences([], [one])).toEqual(['function f:1: 0 scopes, CPython has 1']);
  });
});

describe('type parameters', () => {
  const read = (text: string) => python.facts('app/a.py', `import redis\nClient = redis.Redis\n${text}`);
  const callees = (text: string) => {
    const { values, locals } = read(text);
    return values.flatMap((value) => {
      const callee = value.kind === 'call' ? values[value.callee] : undefined;
      return callee?.kind === 'reference' ? [locals[callee.local]?.name] : callee?.kind === 'global' ? ['(none)'] : [];
    });
  };

  it('hide names of the module in all that is inside', () => {
    expect(callees('def f[Client](a):\n    def g(): return Client(a)\n    return Client()\n')).toEqual([
      '(none)',
      '(none)',
    ]);
    expect(callees('class C[*Client]:\n    a = Client()\n    def f(self): return Client()\n')).toEqual([
      '(none)',
      '(none)',
    ]);
    expect(callees('def f[T: Client](a): return Client(a)\n')).toEqual(['Client']);
    expect(callees('def f[Client](a):\n    Client = a\n    return Client()\nClient()\n')).toEqual(['Client', 'Client']);
  });
});

describe('syntax by version', () => {
  it.each([
    ['3.8', 'def f(a, /, b, *, c): return (n := a), f"{n=}"'],
    ['3.8', 'x = yield_ = lambda *a, **k: (yield)'],
    ['3.9', '@buttons[0].clicked.connect\ndef f(): pass'],
    ['3.9', 'with open("a") as a, \\\n    open("b") as b: pass'],
    ['3.10', 'with (open("a") as a, open("b") as b,):\n    pass'],
    ['3.10', 'match x:\n    case {"a": [b, *_]} if b: pass\n    case _: pass'],
    ['3.11', 'try: pass\nexcept* (A, B) as e: pass'],
    ['3.11', 'x = a[*b]\ndef f(*args: *Ts): pass'],
    ['3.12', 'type A[T: int, *Ts, **P] = dict[T, int]'],
    ['3.12', 'def f[T](a: T) -> T: return a\nclass C[T]: pass'],
    ['3.12', 'x = f"{", ".join(a)} {f"{b!r}"}"'],
    ['3.13', 'type A[T = int, *Ts = *tuple[int], **P = [str]] = T\nclass C[T = int]: pass'],
    ['3.8', 'type(x).attribute = 1\ntype (x)[0] = 2'],
    ['3.8', 'x = {*range(3), 1}'],
    ['3.14', 'x = t"redis://{host}:{port!r:>4}/0"'],
    ['3.14', 'x = rt"{a}\\d" + tr"""{b}"""'],
    ['3.14', 'try: pass\nexcept A, B: pass'],
    ['3.14', 'try: pass\nexcept* A, B: pass'],
    ['3.14', 'try:\n    import redis\nexcept ImportError, AttributeError:\n    redis = None'],
  ])('%s: %s', (_version, text) => {
    expect(python.facts('app/a.py', `${text}\n`).problems).toEqual([]);
  });
});
