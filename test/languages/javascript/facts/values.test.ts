// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tests hold programs as text.

import { beforeAll, describe, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../../src/languages/javascript/facts.js';
import type { CallValue } from '../../../../src/model/facts.js';
import { showValue } from './dump.js';

beforeAll(loadFacts);

/** Each expression alone, and the value that it is. */
const VALUES: [expression: string, value: string][] = [
  ['"a"', '"a"'],
  ['-1', '-1'],
  ['1_000', '1000'],
  ['undefined', 'undefined'],
  ['void 0', 'undefined'],
  ['null', 'null'],
  ['`a`', '"a"'],
  ['`redis://${host}:${port}/1`', '`redis://${global(host)}:${global(port)}/1`'],
  ['"redis://" + host + ":" + 1', '`redis://${global(host)}:${1}`'],
  ['a + b + "x"', '+<global(a), global(b), "x">'],
  ['a + (b + "x")', '+<global(a), `${global(b)}x`>'],
  ['a + b * c - d', '-<+<global(a), *<global(b), global(c)>>, global(d)>'],
  ['[1, ...a]', '[1, ...global(a)]'],
  ['{ a, b: 1, ...c, ["d"]: 2, [e]: 3, 4: 5 }', '{a: global(a), b: 1, ...global(c), d: 2, ?: 3, 4: 5}'],
  ['{ m() {}, async f() {} }', '{m: function m, f: function f}'],
  ['process.env.A', 'env(A)'],
  ['process.env["A"]', 'env(A)'],
  ['process.env[key]', 'env(?)'],
  ['process?.env?.A', 'env(A)'],
  ['globalThis.process.env.A', 'env(A)'],
  ['import.meta.env.A', 'env(A)'],
  ['process.env', 'global(process).env'],
  ['process.env.A ?? "d"', '(env(A) ?? "d")'],
  ['env.A', 'global(env).A'],
  ['a.b[0]["c"][d]', 'global(a).b.0.c.[global(d)]'],
  ['a?.b()', 'global(a)?.b()'],
  ['a?.()', 'global(a)?.()'],
  ['new A.B(c)', 'new global(A).B(global(c))'],
  ['new A', 'new global(A)()'],
  ['f(...a)', 'global(f)(...global(a))'],
  ['a ? b : c', '(global(a) ? global(b) : global(c))'],
  ['a || b && c', '(global(a) || (global(b) && global(c)))'],
  ['!a', '!<global(a)>'],
  ['typeof a === "b"', '===<typeof<global(a)>, "b">'],
  ['a instanceof B', 'instanceof<global(a), global(B)>'],
  ['delete a.b', 'delete<global(a).b!>'],
  ['(a, b)', 'global(b)'],
  ['await a', 'await global(a)'],
  ['(a as B)!.c', 'global(a).c'],
  ['<B>a', 'global(a)'],
  ['f<B>(a)', 'global(f)(global(a))'],
  ['/a/g', 'regular-expression<>'],
  ['sql`a${b}`', 'tagged-template<global(sql), global(b)>'],
  ['class A extends B {}', 'class A'],
  ['10n', 'BigIntLiteral<>'],
];

test.each(VALUES)('%s', (program, value) => {
  const found = facts('a.ts', `const x = ${program}`);
  expect(showValue(found, found.flows.at(-1)?.value ?? -1)).toBe(value);
});

test('JSX takes in its component, attributes and children', () => {
  const found = facts('a.tsx', 'const x = <A b={c} {...d}>t {e} <p q="1">{f()}</p></A>;');
  const shown = 'jsx<global(A), global(c), global(d), global(e), jsx<"1", global(f)()>>';
  expect(showValue(found, found.flows[0]?.value ?? -1)).toBe(shown);
});

test('env of node:process, imported by any name', () => {
  const program = "import p from 'node:process'; import { env as e } from 'process'; const x = [p.env.A, e.B];";
  const found = facts('a.ts', program);
  expect(showValue(found, found.flows[0]?.value ?? -1)).toBe('[env(A), env(B)]');
});

test('a local process is none', () => {
  const found = facts('a.ts', 'function f(process) { return process.env.A; }');
  expect(showValue(found, found.flows[0]?.value ?? -1)).toBe('process@1.env.A');
});

test('arguments give away every parameter', () => {
  const found = facts('a.js', 'function f(a, b) { return () => g(arguments); }');
  expect(showValue(found, found.flows[0]?.value ?? -1)).toBe('global(g)(arguments<a@1, b@1>)');
});

describe('results of calls', () => {
  const rows: [program: string, result: CallValue['result']][] = [
    ['f();', 'floating'],
    ['void f();', 'floating'],
    ['(f() as any);', 'floating'],
    ['a && f();', 'floating'],
    ['a ? f() : 1;', 'floating'],
    ['f(), 1;', 'floating'],
    ['await f();', 'awaited'],
    ['async () => { await (f()!); };', 'awaited'],
    ['async () => { return await f(); };', 'awaited'],
    ['function g() { return f(); }', 'returned'],
    ['() => f();', 'returned'],
    ['const a = f();', 'used'],
    ['f().then;', 'used'],
    ['if (f()) {}', 'used'],
    ['const a = b && f();', 'used'],
  ];
  test.each(rows)('%s', (program, result) => {
    const call = facts('a.ts', program).values.find((value) => value.kind === 'call');
    expect(call).toMatchObject({ result });
  });
});

test('values know their scope, block and statement', () => {
  const found = facts('a.ts', 'class A { m() { try { for (;;) { if (a) f(); } } catch {} } }');
  const call = found.values.find((value) => value.kind === 'call');
  const blocks: string[] = [];
  for (let id = call?.block ?? null; id !== null; id = found.blocks[id]?.parent ?? null) {
    blocks.push(found.blocks[id]?.kind ?? '?');
  }
  const scopes: string[] = [];
  for (let id = call?.scope ?? null; id !== null; id = found.scopes[id]?.parent ?? null) {
    const scope = found.scopes[id];
    if (scope?.kind !== 'block') scopes.push(scope?.name ?? '-');
  }
  expect(blocks).toEqual(['if', 'loop', 'try']);
  expect(scopes).toEqual(['m', 'A', '-']);
  expect(found.statements[call?.statement ?? -1]?.kind).toBe('expression');
});

test('blocks say how they end', () => {
  const program = `function f() {
    if (a) return; else return null;
    if (a) { return 1; } else throw 1;
    for (;;) { break; } for (;;) continue;
    switch (a) { case 1: f(); return undefined; default: f(); }
  }`;
  const exits = facts('a.ts', program).blocks.map((block) => `${block.kind} ${block.exit}`);
  expect(exits).toEqual([
    'if return-none',
    'else return-none',
    'if return',
    'else raise',
    'loop break',
    'loop continue',
    'case return-none',
    'case fall-through',
  ]);
});
