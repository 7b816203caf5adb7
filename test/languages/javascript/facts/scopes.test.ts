import { beforeAll, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../../src/languages/javascript/facts.js';
import { showValue } from './dump.js';

beforeAll(loadFacts);

const PROGRAM = `
import { Redis, Cluster } from 'ioredis';
import * as nest from '@nestjs/common';
@nest.Injectable()
export class Service extends Base(Mixin) implements OnInit {
  @InjectRedis('main') private readonly client: Redis | null = null;
  static shared?: nest.Logger;
  #secret: Promise<Redis>;
  constructor(@Inject('R') protected r: Cluster, plain: string, ...rest: Redis[]) { super(); }
  async open() {}
  static async *items() {}
  private get it() { return 1; }
  #hidden() {}
  @On('x') protected handle = async () => {};
}
const o = { method() {}, arrow: () => {}, fn: function () {} };
`;

function service() {
  const found = facts('a.ts', PROGRAM);
  const scope = found.scopes.find((one) => one.name === 'Service');
  if (!scope) throw new Error('no class');
  const members = (scope.members ?? []).map((id) => found.scopes[id]);
  return { found, scope, members, made: members.find((one) => one?.form === 'constructor') };
}

test('a class lists its fields, with parameter properties', () => {
  const { scope } = service();
  expect(
    scope.fields?.map((one) => `${one.access} ${one.static ? 'static ' : ''}${one.name}: ${one.type?.text}`),
  ).toEqual([
    'private client: Redis|null',
    'public static shared: nest.Logger',
    'private #secret: Promise<Redis>',
    'protected r: Cluster',
    'protected handle: undefined',
  ]);
});

test('a class lists its members', () => {
  const { members } = service();
  expect(members.map((one) => `${one?.access} ${one?.form} ${one?.name}`)).toEqual([
    'public constructor constructor',
    'public method open',
    'public method items',
    'private getter it',
    'private method #hidden',
  ]);
  expect(members.map((one) => [one?.async, one?.generator, one?.static])).toEqual([
    [false, false, false],
    [true, false, false],
    [true, true, true],
    [false, false, false],
    [false, false, false],
  ]);
});

test('bases and decorators are values', () => {
  const { found, scope, made } = service();
  const shown = (ids: number[] | undefined) => ids?.map((id) => showValue(found, id));
  expect(shown(scope.bases)).toEqual(['global(Base)(global(Mixin))']);
  expect(shown(scope.decorators)).toEqual(['nest@3.Injectable()']);
  expect(shown(scope.fields?.[0]?.decorators)).toEqual(['global(InjectRedis)("main")']);
  expect(shown(made?.params?.[0]?.decorators)).toEqual(['global(Inject)("R")']);
});

test('types that the file binds are values', () => {
  const { found, scope, made } = service();
  const types = [...(scope.fields ?? []), ...(made?.params ?? [])].map((one) => one.type);
  expect(types.map((one) => (one?.value == null ? null : showValue(found, one.value)))).toEqual([
    'Redis@2',
    'nest@3.Logger',
    null,
    'Cluster@2',
    null,
    'Cluster@2',
    null,
    null,
  ]);
});

test('parameters', () => {
  const { made } = service();
  expect(made?.params?.map((one) => [one.name, one.rest, one.field])).toEqual([
    ['r', false, 'protected'],
    ['plain', false, null],
    ['rest', true, null],
  ]);
});

test('a destructured parameter has a hidden local, and `this` is no parameter', () => {
  const found = facts('a.ts', 'function f(this: X, { a }: P = {}, b?: Q) {}');
  const params = found.scopes[1]?.params ?? [];
  expect(params.map((one) => [one.name, found.locals[one.local ?? -1]?.name, one.type?.text])).toEqual([
    [null, '{…}#0', 'P'],
    ['b', 'b', 'Q'],
  ]);
});

test('functions have the name of what they are bound to', () => {
  const program = `const a = () => {}; let b; b = function () {}; o.c = () => {}; o['d'] = () => {};
    const o = { e() {}, f: () => {}, 'g': (function () {}) as any }; class C { h = () => {}; }
    const { i = () => {} } = o; run(() => {}); export default () => {}; x ??= class {};`;
  const names = facts('a.ts', program)
    .scopes.slice(1)
    .map((one) => one.name);
  expect(names).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'C', 'h', 'i', null, null, 'x']);
});

test('locals say what kind they are and where they are declared', () => {
  const program = `import a from 'a'; const b = 1; let c; var d; function e(f) {} class G {} enum H {}
    try {} catch (i) {} { var j; } using k = l();`;
  const found = facts('a.ts', program);
  const kinds = found.locals.map((one) => `${one.kind} ${one.name} ${found.scopes[one.scope]?.kind}`);
  expect(kinds.sort()).toEqual([
    'catch i block',
    'class G module',
    'const b module',
    'const k module',
    'enum H module',
    'function e module',
    'import a module',
    'let c module',
    'param f function',
    'var d module',
    'var j module',
  ]);
  expect(found.locals.filter((one) => one.statement === null).map((one) => one.name)).toEqual(['f']);
});
