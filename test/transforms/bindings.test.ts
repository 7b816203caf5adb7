import { beforeAll, describe, expect, it } from 'vitest';
import { javascriptSyntax } from '../../transforms/javascript/index.js';
import { parse } from '../../transforms/javascript/source.js';

beforeAll(() => javascriptSyntax.load());

/** Does `Redis` at the mark `/**\/` mean the import? */
const CASES: [string, string, boolean][] = [
  ['module level', 'const a = /**/Redis;', true],
  ['parameter', 'function f(Redis) { return /**/Redis; }', false],
  ['default of a later parameter', 'function f(Redis, b = /**/Redis) {}', false],
  ['destructured parameter', 'function f({ a: { Redis } }) { return /**/Redis; }', false],
  ['key of a destructured parameter', 'function f({ Redis: other }) { return /**/Redis; }', true],
  ['array pattern with default', 'function f([Redis = 1]) { return /**/Redis; }', false],
  ['rest parameter', 'const f = (...Redis) => /**/Redis;', false],
  ['const of an inner block', '{ const Redis = 1; } const a = /**/Redis;', true],
  ['const of the same block, below', 'function f() { const a = () => /**/Redis; const Redis = 1; }', false],
  ['var of an inner block', 'function f() { { var Redis = 1; } return /**/Redis; }', false],
  ['function of the same body', 'function f() { return /**/Redis; function Redis() {} }', false],
  ['class of the same body', 'function f() { class Redis {} return /**/Redis; }', false],
  ['name of a function expression', 'const a = function Redis() { return /**/Redis; };', false],
  ['beside a function expression', 'const a = [function Redis() {}, /**/Redis];', true],
  ['name of a class expression', 'const a = class Redis { b = /**/Redis; };', false],
  ['catch parameter', 'try {} catch (Redis) { b(/**/Redis); }', false],
  ['catch without parameter', 'try {} catch { b(/**/Redis); }', true],
  ['for loop', 'for (const Redis of []) b(/**/Redis);', false],
  ['behind a for loop', 'for (let Redis = 0; ; ) {} b(/**/Redis);', true],
  ['switch case', 'switch (1) { case 1: const Redis = 1; default: b(/**/Redis); }', false],
  ['static block', 'class A { static { var Redis = 1; b(/**/Redis); } c = 1; }', false],
  ['beside a static block', 'class A { static { var Redis = 1; } c = /**/Redis; }', true],
  ['parameter property', 'class A { constructor(private Redis: string) { b(/**/Redis); } }', false],
  ['member of a class', 'class A { Redis = 1; b = /**/Redis; }', true],
  ['label', 'Redis: for (;;) b(/**/Redis);', true],
  ['namespace', 'namespace A { const Redis = 1; b(/**/Redis); }', false],
  ['enum', 'function f() { enum Redis { A } return /**/Redis; }', false],
  ['parameter of a function type', 'let f: (Redis: string) => void; b(/**/Redis);', true],
];

describe('what a name means', () => {
  it.each(CASES)('%s', (_name, code, expected) => {
    const text = `import Redis from 'ioredis';\n${code}\n`;
    const parsed = parse('a.ts', text);
    if (!parsed.ok) throw new Error(parsed.message);
    const at = text.indexOf('/**/') + 4;
    const found = parsed.source.bindings.lookup('Redis', at);
    expect(found?.kind === 'import').toBe(expected);
    const binding = parsed.source.bindings.all.find((one) => one.kind === 'import');
    expect(binding?.references.some((node) => node.start === at)).toBe(expected);
  });
});
