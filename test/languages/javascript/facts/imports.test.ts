import { beforeAll, describe, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../../src/languages/javascript/facts.js';
import { showExports, showFlows, showImports } from './dump.js';

beforeAll(loadFacts);

const IMPORTS: [program: string, imports: string[], file?: string][] = [
  ["import Redis from 'ioredis';", ['default from ioredis as Redis']],
  ["import { Redis } from 'ioredis';", ['Redis from ioredis as Redis']],
  ["import { Redis as R, Cluster } from 'ioredis';", ['Redis from ioredis as R', 'Cluster from ioredis as Cluster']],
  ["import { default as R } from 'ioredis';", ['default from ioredis as R']],
  ["import { 'a-b' as c } from 'x';", ['a-b from x as c']],
  ["import * as ns from 'ioredis';", ['* from ioredis as ns']],
  ["import Redis, * as ns from 'ioredis';", ['default from ioredis as Redis', '* from ioredis as ns']],
  ["import Redis, { Cluster } from 'ioredis';", ['default from ioredis as Redis', 'Cluster from ioredis as Cluster']],
  ["import 'ioredis';", ['* from ioredis as -']],
  ["import type Redis from 'ioredis';", ['type default from ioredis as Redis']],
  ["import type { Redis } from 'ioredis';", ['type Redis from ioredis as Redis']],
  ["import { type Redis, Cluster } from 'x';", ['type Redis from x as Redis', 'Cluster from x as Cluster']],
  ["import Redis = require('ioredis');", ['= from ioredis as Redis']],
  ["import type Redis = require('ioredis');", ['type = from ioredis as Redis']],
  ["const Redis = require('ioredis');", ['= from ioredis as -'], 'a.js'],
  ['const Redis = require(`ioredis`);', ['= from ioredis as -'], 'a.cjs'],
  ["const { Cluster } = require('ioredis');", ['= from ioredis as -'], 'a.js'],
  ["const C = require('ioredis').Cluster;", ['= from ioredis as -'], 'a.js'],
  ["function f(require) { require('ioredis'); }", [], 'a.js'],
  ["const require = createRequire(import.meta.url);\nrequire('ioredis');", ['= from ioredis as -'], 'a.mjs'],
  ['require(name); import(name);', [], 'a.js'],
  ["const { Redis } = await import('ioredis');", ['dynamic * from ioredis as -']],
  ["try { require('ioredis'); } catch {}", ['guarded = from ioredis as -'], 'a.js'],
  ["if (a) { require('ioredis'); }", ['guarded = from ioredis as -'], 'a.js'],
  ["const r = a ? require('b') : null;", ['guarded = from b as -'], 'a.js'],
  ["const r = a && require('b');", ['guarded = from b as -'], 'a.js'],
  ["import a from './a.json' with { type: 'json' };", ['default from ./a.json as a']],
];

test.each(IMPORTS)('%s', (program, imports, file = 'a.ts') => {
  expect(showImports(facts(file, program))).toEqual(imports);
});

test('what require and import give is a value', () => {
  const found = facts('a.js', "const { A } = require('x'); const { B } = await import('y'); require('z').c();");
  expect(showFlows(found)).toEqual(['module(x) .A => A@1', 'await module(y) .B => B@1']);
});

test('an alias of a member of a namespace', () => {
  const found = facts('a.ts', "import * as ns from 'x';\nimport C = ns.a.C;");
  expect(showFlows(found)).toEqual(['ns@1.a.C => C@2']);
});

const EXPORTS: [program: string, exports: string[], file?: string][] = [
  ['export const a = 1, b = 2;', ['a = a@1', 'b = b@1']],
  ['export const { a, b: [c] } = v;', ['a = a@1', 'c = c@1']],
  ['export function f() {}', ['f = f@1']],
  ['export class C {}', ['C = C@1']],
  ['export enum E { A }', ['E = E@1']],
  ['export default v;', ['default = global(v)']],
  ['export default function f() {}', ['default = f@1']],
  ['export default function () {}', ['default = function function']],
  ['export default class {}', ['default = class class']],
  ['export default () => 1;', ['default = function function']],
  ['const a = 1; export { a, a as b, a as default };', ['a = a@1', 'b = a@1', 'default = a@1']],
  ["export { a, b as c } from './m';", ['a = a from ./m', 'c = b from ./m']],
  ["export * from './m';", ['* = * from ./m']],
  ["export * as ns from './m';", ['ns = * from ./m']],
  ["export type { A } from './m';", ['type A = A from ./m']],
  ["export { type A, b } from './m';", ['type A = A from ./m', 'b = b from ./m']],
  ['export type A = 1; export interface B {}', ['type A', 'type B']],
  ['const A = z(); export type A = X<typeof A>;', ['type A']],
  ['interface A {} export { A };', ['type A']],
  ["import type { A } from 'a'; export { A };", ['type A = A@1']],
  ['export declare const a: string;', ['type a']],
  ['export = v;', ['= = global(v)']],
  ['exports.a = v;', ['a = global(v)'], 'a.js'],
  ["exports['a'] = v;", ['a = global(v)'], 'a.js'],
  ['module.exports = { a };', ['= = {a: global(a)}'], 'a.js'],
  ['module.exports.a = v;', ['a = global(v)'], 'a.js'],
  ['module.exports = exports = v;', ['= = (= global(v))'], 'a.js'],
  ['(function (exports, module) { exports.a = 1; module.exports = 2; })();', [], 'a.js'],
  ['namespace N { export const a = 1; }', []],
];

test.each(EXPORTS)('%s', (program, exports, file = 'a.ts') => {
  expect(showExports(facts(file, program))).toEqual(exports);
});

describe('locals know that they are exported', () => {
  test.each([
    'export const a = 1;',
    'const a = 1; export { a as b };',
    'const a = 1; export default a;',
    'const a = 1; exports.b = a;',
  ])('%s', (program) => {
    expect(facts('a.ts', program).locals.map((local) => local.exported)).toEqual([true]);
  });
});
