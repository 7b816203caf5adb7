import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../../src/languages/javascript/facts.js';
import { disagreements } from './checker.js';
import { lineAt } from './dump.js';

beforeAll(loadFacts);

/** Each `use(x)` refers to the `x` declared on the line that its comment names; 0 when the file does not bind it there. */
const CASES: [kind: string, program: string, file?: string][] = [
  ['parameter', 'const x = 1;\nfunction f(x) { use(x); /* 2 */ }\nuse(x); // 1'],
  ['arrow parameter', 'const x = 1;\nconst f = x => use(x); // 2\nuse(x); // 1'],
  ['destructured parameter', 'const x = 1;\nfunction f({ a: x }) { use(x); /* 2 */ }\nuse(x); // 1'],
  ['default of a parameter', 'const x = 1;\nfunction f(a = use(x) /* 1 */) {\n  var x = 2;\n  use(x); // 3\n}'],
  ['default sees parameters', 'const x = 1;\nfunction f(x, a = () => use(x) /* 2 */) {}'],
  ['rest parameter', 'const x = 1;\nconst f = (...x) => use(x); // 2'],
  ['let in a block', 'const x = 1;\n{ let x = 2; use(x); /* 2 */ }\nuse(x); // 1'],
  ['used above its declaration', 'const x = 1;\nfunction f() {\n  use(x); // 4\n  var x;\n}'],
  ['var leaves its block', 'const x = 1;\nfunction f() { if (a) { var x = 2; }\n  use(x); // 2\n}'],
  ['var in a loop', 'function f() { for (var x of y) {}\n  use(x); // 1\n}\nuse(x); // 0'],
  ['let of a for', 'const x = 1;\nfor (let x = 0; use(x); /* 2 */) {}\nuse(x); // 1'],
  ['const of a for of', 'const x = 1;\nfor (const x of use(x)) use(x); // 2 2'],
  ['catch', 'const x = 1;\ntry {} catch (x) { use(x); /* 2 */ }\nuse(x); // 1'],
  ['catch with a pattern', 'const x = 1;\ntry {} catch ({ x }) { use(x); /* 2 */ }'],
  ['catch without a name', 'const x = 1;\ntry {} catch { use(x); /* 1 */ }'],
  ['switch', 'const x = 1;\nswitch (use(x) /* 1 */) {\n  case 1: use(x); // 4\n  default: let x;\n}'],
  ['function in a block', 'const x = 1;\n{ function x() {}\n  use(x); // 2\n}\nuse(x); // 1\nexport {};'],
  ['function in a block of a script', '{ function x() {}\n  use(x); // 1\n}\nuse(x); // 1', 'a.js'],
  ['name of a function expression', 'const x = 1;\nconst f = function x() { use(x); /* 2 */ };\nuse(x); // 1'],
  ['parameter over own name', 'const f = function x(\n  x) { use(x); /* 2 */ };'],
  ['var over own name', 'const f = function x() { use(x); // 2\n  var x; };'],
  ['name of a class expression', 'const x = 1;\nconst C = class x { m() { use(x); /* 2 */ } };\nuse(x); // 1'],
  ['class in a block', 'class x {}\n{ class x { m() { use(x); /* 2 */ } } }\nuse(x); // 1'],
  ['import', "import x from 'x';\nfunction f() { const x = 2; use(x); /* 2 */ }\nuse(x); // 1"],
  ['type of the same name', 'import { x } from "x";\nfunction f() { interface x {}\n  use(x); // 1\n}'],
  ['parameter of a function type', 'const x = 1;\ntype F = (x: string) => void;\nuse(x); // 1'],
  ['method of a literal', 'const x = 1;\nconst o = { x(a) { use(x); /* 1 */ } };'],
  ['label', 'const x = 1;\nx: for (;;) { use(x); /* 1 */ break x; }'],
  ['namespace', 'const x = 1;\nnamespace N { const x = 2; use(x); /* 2 */ }\nuse(x); // 1'],
  ['var in a static block', 'const x = 1;\nclass C { static { var x = 2; use(x); /* 2 */ } m() { use(x); /* 1 */ } }'],
  ['declared elsewhere', 'declare const x: number;\nuse(x); // 0'],
];

test.each(CASES)('%s', (_kind, program, file = 'a.ts') => {
  const found = facts(file, program);
  const uses = found.values.flatMap((value) => {
    if (value.kind !== 'call') return [];
    const argument = found.values[value.args[0]?.value ?? -1];
    if (argument?.kind === 'global') return [[value.span.start, 0]];
    const local = argument?.kind === 'reference' ? found.locals[argument.local] : undefined;
    return local ? [[value.span.start, lineAt(found, local.span.start)]] : [];
  });
  uses.sort(([a = 0], [b = 0]) => a - b);
  const expected = [...program.matchAll(/(?:\/\/|\/\*)((?: \d+)+)/g)].flatMap((match) => match[1]?.trim().split(' '));
  expect(uses.map(([, line]) => String(line))).toEqual(expected);
});

test('a shorthand property refers to the local, a key and a member do not', () => {
  const found = facts('a.ts', 'const x = 1; use({ x, y: 2 }, { x: 2 }.x, a.x);');
  expect(found.values.filter((value) => value.kind === 'reference')).toHaveLength(1);
});

test('a type parameter and an interface hide an imported type', () => {
  const program = `import { R } from 'r';
    function f(a: R) {}  function g<R>(a: R) {}  function h() { interface R {} let a: R; }  function i(R, a: R) {}`;
  const found = facts('a.ts', program);
  const named = found.locals.filter((local) => local.name === 'a').map((local) => local.type?.value !== null);
  expect(named).toEqual([true, false, false, true]);
});

test('agrees with the TypeScript checker on every name of the project', () => {
  const root = new URL('../../../../src/', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  let compared = 0;
  for (const file of files) {
    const text = readFileSync(new URL(file, root), 'utf8');
    const result = disagreements(facts(file, text), text);
    expect(result.differing, file).toEqual([]);
    compared += result.compared;
  }
  expect(compared).toBeGreaterThan(1000);
}, 60_000);
