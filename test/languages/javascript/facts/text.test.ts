// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tests hold programs as text.

/** Everything that is about the text itself: offsets, lines, digests, comments, and what a parser cannot read. */

import { beforeAll, describe, expect, test } from 'vitest';
import { facts, languageOf, loadFacts } from '../../../../src/languages/javascript/facts.js';
import type { FileFacts } from '../../../../src/model/facts.js';
import { showFlows } from './dump.js';

beforeAll(loadFacts);

const PROGRAM = [
  '#!/usr/bin/env node',
  "import Redis from 'ioredis'; // é 🦊",
  'const client = new Redis({ db: 1 });',
  'export class A { r = client.duplicate(); }',
].join('\n');

function texts(found: FileFacts, text: string): string[] {
  const calls = found.values.filter((value) => value.kind === 'call');
  const spans = [...calls, ...found.locals, ...found.statements, ...found.imports, ...found.scopes];
  return spans.map(({ span }) => text.slice(span.start, span.end).replaceAll('\r\n', '\n'));
}

describe('offsets index the text as it lies on disk', () => {
  const plain = () => texts(facts('a.ts', PROGRAM), PROGRAM);

  test('plain', () => {
    expect(plain()).toEqual([
      'new Redis({ db: 1 })',
      'client.duplicate()',
      'Redis',
      'client',
      'A',
      "import Redis from 'ioredis';",
      'const client = new Redis({ db: 1 });',
      'export class A { r = client.duplicate(); }',
      'Redis',
      PROGRAM,
      'export class A { r = client.duplicate(); }',
    ]);
  });

  test('CRLF', () => {
    const text = PROGRAM.replaceAll('\n', '\r\n');
    const found = facts('a.ts', text);
    expect(texts(found, text)).toEqual(plain());
    expect(found.lineStarts).toHaveLength(4);
  });

  test('BOM', () => {
    const text = `\uFEFF${PROGRAM.slice(PROGRAM.indexOf('\n') + 1)}`;
    const found = facts('a.ts', text);
    expect(texts(found, text).slice(0, 9)).toEqual(plain().slice(0, 9));
    expect(found.lineStarts[0]).toBe(0);
  });

  test('bodies lie between the braces', () => {
    const text = 'class A { m(a) { return 1; } f = (b) => b + 1; }';
    const bodies = facts('a.ts', text).scopes.map(({ body }) => text.slice(body.start, body.end));
    expect(bodies).toEqual([text, ' m(a) { return 1; } f = (b) => b + 1; ', ' return 1; ', 'b + 1']);
  });
});

function digests(text: string, file = 'a.ts'): string[] {
  return facts(file, text).values.flatMap((value) => (value.kind === 'call' ? [value.digest] : []));
}

describe('digests', () => {
  const call = "f(a, 'b', { c: /d'/g, e: `f ${g} h` })";

  test.each([
    ['white space', 'f (\n  a,\n\n "b" , {\r\n\tc : /d\'/g, e : `f ${g} h` } )'],
    ['comments', "f(/* x */ a, // y\n 'b', { c: /d'/g, e: `f ${ g /* z */ } h` })"],
    ['quotes', 'f(a, "b", { c: /d\'/g, e: `f ${g} h` })'],
    ['commas at the end', "f(a, 'b', { c: /d'/g, e: `f ${g} h`, }, )"],
    ['a place', `\n\nif (q) { h(); }\nx = ${call};`],
    ['a wrapper', `(${call} as any)!`],
  ])('do not change with %s', (_, text) => {
    expect(digests(text)).toContain(digests(call)[0]);
  });

  test.each([
    ['an argument', "f(a, 'c', { c: /d'/g, e: `f ${g} h` })"],
    ['text of a template', "f(a, 'b', { c: /d'/g, e: `f  ${g} h` })"],
    ['a regular expression', "f(a, 'b', { c: /d '/g, e: `f ${g} h` })"],
    ['new', `new ${call}`],
    ['a string for a name', "f('a', 'b', { c: /d'/g, e: `f ${g} h` })"],
  ])('change with %s', (_, text) => {
    expect(digests(text)).not.toContain(digests(call)[0]);
  });

  test('of JSX keep its text apart from comments and strings', () => {
    const [a] = digests("f(<a b='c'>don't // say `this</a>, g())", 'a.tsx').slice(-1);
    const [b] = digests("f(<a b='c'>don't // say `that</a>, g())", 'a.tsx').slice(-1);
    expect(a).not.toBe(b);
    expect(digests("f(<a b='c'>don't // say `this</a>, g())", 'a.tsx')[0]).toBe(digests('g()')[0]);
  });

  test('reveal nothing but eight digits', () => {
    expect(digests("f('redis://:secret@host')")[0]).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('comments', () => {
  const directives = (text: string, file = 'a.ts') => facts(file, text).directives;

  test.each([
    ['a line of its own', '\n  // redis-migrate-ignore: kept for tests\nf();', 'kept for tests', 2, true],
    ['behind code', 'f(); // redis-migrate-ignore: why', 'why', 1, false],
    ['a block comment', '/* redis-migrate-ignore: why */\nf();', 'why', 1, true],
    ['several lines', '/**\n * redis-migrate-ignore: why\n */\nf();', 'why', 3, true],
    ['no reason', '// redis-migrate-ignore\nf();', '', 1, true],
    ['CRLF', '// redis-migrate-ignore: why\r\nf();\r\n', 'why', 1, true],
    ['BOM', '\uFEFF// redis-migrate-ignore: why\nf();', 'why', 1, true],
  ])('%s', (_, text, reason, line, alone) => {
    expect(directives(text)).toEqual([{ kind: 'ignore', reason, line, alone }]);
  });

  test('in JSX', () => {
    const text = 'const a = <p>\n  {/* redis-migrate-ignore: why */}\n  {f()}\n</p>;';
    expect(directives(text, 'a.tsx')).toEqual([{ kind: 'ignore', reason: 'why', line: 2, alone: true }]);
  });

  test.each(['"// redis-migrate-ignore: x"', '// see redis-migrate-ignore: x', '`\n// redis-migrate-ignore: x\n`'])(
    'none in %s',
    (text) => expect(directives(text)).toEqual([]),
  );

  test.each([
    ['// @generated by x\nf();', true],
    ['/*\n * Code generated. DO NOT EDIT.\n */', true],
    ['// do not edit', true],
    ['const a = "@generated";', false],
    ['\n\n\n\n\n// @generated', false],
  ])('generated: %j', (text, generated) => {
    expect(facts('a.ts', text).generated).toBe(generated);
  });
});

describe('what cannot be read is said', () => {
  test('a syntax error, with what could be read', () => {
    const found = facts('a.ts', 'const a = new Redis();\nconst = ;\nuse(a);');
    expect(found.problems.map((one) => one.line)).toContain(2);
    expect(showFlows(found)[0]).toBe('new global(Redis)() => a@1');
  });

  test('types in a JavaScript file are no problem', () => {
    expect(facts('a.js', '// @flow\ntype A = { a: string };\nfunction f(a: A): void {}').problems).toEqual([]);
  });

  test('nothing of Flow that TypeScript does not know', () => {
    const found = facts(
      'a.js',
      'import typeof T from "t";\nopaque type A = {| +a: ?string |};\nconst c = new Redis();',
    );
    expect(found.problems).toEqual([]);
    expect(showFlows(found).at(-1)).toBe('new global(Redis)() => c@3');
  });

  test.each(['', '\uFEFF', '}}}{{{ @@ ## class extends { function (', 'f("abc', 'f(`${', '/*', '<a', 'import {', 'a.'])(
    'never throws: %j',
    (text) => {
      for (const file of ['a.ts', 'a.jsx']) expect(facts(file, text).scopes).not.toHaveLength(0);
    },
  );

  test('nested beyond the stack', () => {
    const found = facts('a.ts', `x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`);
    expect(found.problems).toEqual([{ message: 'nested too deeply to be read', line: 1 }]);
    expect(showFlows(facts('a.ts', 'const a = 1'))).toEqual(['1 => a@1']);
  });
});

describe('large files', () => {
  test.each([' + ', ' || ', ', ', ' * '])('a chain of 5,000 terms joined by %j', (operator) => {
    const found = facts('a.ts', `const a = [${Array.from({ length: 5000 }, (_, i) => `x${i}`).join(operator)}];`);
    expect(found.problems).toEqual([]);
    expect(found.values.filter((value) => value.kind === 'global')).toHaveLength(5000);
  });

  test('60,000 tokens, on one line and on many', () => {
    for (const end of [' ', '\n']) {
      const found = facts('a.js', Array.from({ length: 8600 }, (_, i) => `f${i}(a, ${i});`).join(end));
      expect(found.values.filter((value) => value.kind === 'call')).toHaveLength(8600);
    }
  }, 10_000);
});

test('languages by extension', () => {
  expect(['a.ts', 'a.cts', 'a.mts', 'a.tsx'].map(languageOf)).toEqual(Array(4).fill('typescript'));
  expect(['a.js', 'a.cjs', 'a.mjs', 'a.jsx'].map(languageOf)).toEqual(Array(4).fill('javascript'));
});

test('facts are plain JSON, equal for equal texts', () => {
  const found = facts('a.ts', PROGRAM);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(JSON.stringify(facts('a.ts', PROGRAM))).toBe(JSON.stringify(found));
});
