import { beforeAll, describe, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../../src/languages/javascript/facts.js';
import { showFlows } from './dump.js';

beforeAll(loadFacts);

/** Title, program, every flow of it in order. */
type Row = [title: string, program: string, flows: string[]];

const destructuring: Row[] = [
  ['members', 'const { a, b: c } = v();', ['global(v)() .a => a@1', 'global(v)() .b => c@1']],
  ['a default', 'const { a = 1 } = v;', ['global(v) .a = 1 => a@1']],
  ['what is left over', 'const { a, ...rest } = v;', ['global(v) .a => a@1', 'global(v) ...rest => rest@1']],
  ['positions', 'const [a, , b] = v;', ['global(v) [0] => a@1', 'global(v) [2] => b@1']],
  ['the rest of an array', 'let [, ...r] = v;', ['global(v) ...rest => r@1']],
  ['a computed key', 'const { [k]: a } = v;', ['global(v) [*] => a@1']],
  ['a quoted key', "const { 'x-y': a } = v;", ['global(v) .x-y => a@1']],
  ['nesting', 'const { a: { b } } = v;', ['global(v) .a => {…}#1@1', '{…}#1@1 .b => b@1']],
  ['nested default', 'const { a: [b] = [] } = v;', ['global(v) .a = [] => […]#1@1', '[…]#1@1 [0] => b@1']],
  ['the environment', 'const { X = "d" } = process.env;', ['global(process).env .X = "d" => X@1']],
  [
    'an assignment',
    'let a; ({ a, b: o.c = 2, ...r } = v);',
    ['global(v) .a -> a@1', 'global(v) .b = 2 -> global(o)[c]', 'global(v) ...rest -> global r'],
  ],
  ['an array assignment', '[a, o.b] = v;', ['global(v) [0] -> global a', 'global(v) [1] -> global(o)[b]']],
  ['a nested assignment', '({ a: { b } } = v);', ['global(v).a .b -> global b']],
  ['a nested assignment with a default', '({ a: [b] = d } = v);', ['(global(v).a ?? global(d)) [0] -> global b']],
  ['shorthand default', '({ a = 1 } = v);', ['global(v) .a = 1 -> global a']],
];

const assignments: Row[] = [
  ['a declaration', 'const a = new R(), b = 1;', ['new global(R)() => a@1', '1 => b@1']],
  ['a local', 'let a; a = v;', ['global(v) -> a@1']],
  ['a global', 'a = v;', ['global(v) -> global a']],
  ['a member', 'a.b = v;', ['global(v) -> global(a)[b]']],
  ['an element', 'a[i] = v; a["x"] = v;', ['global(v) -> global(a)[?]', 'global(v) -> global(a)[x]']],
  ['a chain', 'let a, b; a = b = v;', ['global(v) -> b@1', '(= global(v)) -> a@1']],
  ['??=', 'let a; const b = (a ??= v);', ['global(v) -> a@1', '(??= (a@1 ?? global(v))) => b@1']],
  ['||= on a member', 'o.a ||= v;', ['global(v) -> global(o)[a]']],
  ['+=', 'let a; a += v;', ['+<a@1, global(v)> -> a@1']],
  ['++', 'let a = 1; a++;', ['1 => a@1', '++<a@1> -> a@1']],
  ['wrappers change nothing', 'const a = ((v as any)!) satisfies X;', ['global(v) => a@1']],
  ['for of', 'for (const a of xs) {}', ['global(xs) [*] => a@1']],
  ['for of with a pattern', 'for (const [k] of xs) {}', ['global(xs) [*] => […]#1@1', '[…]#1@1 [0] => k@1']],
  ['for of without a declaration', 'let a; for (a of xs) {}', ['global(xs) [*] -> a@1']],
  ['for in gives keys', 'for (const k in o) {}', []],
  ['for', 'for (let i = 0; i < 2; i++) {}', ['0 => i@1', '++<i@1> -> i@1']],
];

const functions: Row[] = [
  ['return', 'function f() { return v; }', ['global(v) -> return of f', 'function f => f@1']],
  ['an arrow', 'const f = () => v;', ['global(v) -> return of f', 'function f => f@1']],
  ['a default', 'function f(a = v) {}', ['global(v) => a@1', 'function f => f@1']],
  [
    'yield',
    'function* f() { yield v; yield* w; }',
    ['global(v) -> return of f', 'global(w) [*] -> return of f', 'function f => f@1'],
  ],
  [
    'a destructured parameter',
    'const f = ({ a, b: [c] = [] }, d) => 1;',
    ['{…}#0@1 .a => a@1', '{…}#0@1 .b = [] => […]#5@1', '[…]#5@1 [0] => c@1', '1 -> return of f', 'function f => f@1'],
  ],
  [
    'a destructured parameter with a default',
    'const f = ({ a } = {}) => {};',
    ['{} => {…}#0@1', '{…}#0@1 .a => a@1', 'function f => f@1'],
  ],
  [
    'a named expression',
    'const f = function g() { return g; };',
    ['g@1 -> return of g', 'function g => g@1', 'function g => f@1'],
  ],
  [
    'a getter of a literal',
    'const o = { get a() { return v; } };',
    ['global(v) -> return of a', '{a: function a} => o@1'],
  ],
  ['a callback', 'run(async () => { return v; });', ['global(v) -> return of function']],
];

const classes: Row[] = [
  [
    'fields',
    'class A { a = v; static b = 1; #c = 2; d; }',
    ['global(v) => A.a', '1 => static A.b', '2 => A.#c', 'class A => A@1'],
  ],
  [
    'this',
    'class A { m() { this.a = v; this["b"] = 1; this[k] = 2; } }',
    ['global(v) -> A.a', '1 -> A.b', '2 -> this(A)[?]', 'class A => A@1'],
  ],
  [
    'arrows keep this',
    'class A { m() { return () => { this.a = 1; }; } }',
    ['1 -> A.a', 'function function -> return of m', 'class A => A@1'],
  ],
  ['functions do not', 'class A { m() { f(function () { this.a = 1; }); } }', ['1 -> this(none)[a]', 'class A => A@1']],
  [
    'methods of literals do not',
    'class A { o = { m() { this.a = 1; } }; }',
    ['1 -> this(none)[a]', '{m: function m} => A.o', 'class A => A@1'],
  ],
  [
    'static members',
    'class A { static m() { this.a = 1; } static { this.b = 2; } }',
    ['1 -> static A.a', '2 -> static A.b', 'class A => A@1'],
  ],
  [
    'parameter properties',
    'class A { constructor(private r: R, s, public readonly t = 1) {} }',
    ['1 => t@1', 'r@1 => A.r', 't@1 => A.t', 'class A => A@1'],
  ],
  [
    'accessors',
    'class A { get a() { return this.b; } set a(v) { this.b = v; } }',
    ['this(A).b -> return of a', 'v@1 -> A.b', 'class A => A@1'],
  ],
  ['an expression', 'const A = class B extends C { a = B; };', ['B@1 => B.a', 'class B => B@1', 'class B => A@1']],
  ['an auto-accessor', 'class A { accessor a = v; }', ['global(v) => A.a', 'class A => A@1']],
  ['a computed field', 'class A { [k] = v; }', ['global(v) => this(A)[?]', 'class A => A@1']],
  ['a prototype', 'A.prototype.m = function () {};', ['function m -> global(A).prototype[m]']],
];

const declarations: Row[] = [
  ['an enumeration', 'enum E { A, B = 5, C, D = "x" }', ['{A: 0, B: 5, C: 6, D: "x"} => E@1']],
  [
    'a namespace',
    'namespace N { export const a = v; const b = 1; }',
    ['global(v) => a@1', '1 => b@1', '{a: a@1} => N@1'],
  ],
  [
    'nothing that is only declared',
    'declare const a: R; declare function f(): void; declare class C {} type T = 1;',
    [],
  ],
  ['overloads once', 'function f(a: 1): void; function f(a: any) {}', ['function f => f@1']],
  ['a declared field', 'class A { declare a: R; abstract b: R; }', ['class A => A@1']],
];

describe.each([
  ['destructuring', destructuring],
  ['assignments', assignments],
  ['functions', functions],
  ['classes', classes],
  ['declarations', declarations],
])('flows of %s', (_, rows) => {
  test.each(rows)('%s', (_title, program, flows) => {
    expect(showFlows(facts('a.ts', program))).toEqual(flows);
  });
});

test('a declaration file has no flows, locals or values', () => {
  const found = facts('a.d.ts', "import { R } from 'r';\nexport declare const a: R;\nexport class C { b: R; }");
  expect([found.flows, found.locals, found.values]).toEqual([[], [], []]);
  expect(found.exports.map((one) => `${one.typeOnly} ${one.name}`)).toEqual(['true a', 'true C']);
});
