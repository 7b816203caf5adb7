import { beforeAll, describe, expect, it } from 'vitest';
import type { Instruction } from '../../src/model/change.js';
import { splice } from '../../src/rewrite/splice.js';
import { javascriptSyntax } from '../../transforms/javascript/index.js';

beforeAll(() => javascriptSyntax.load());

const use = { name: 'closeRedis', specifier: './redis', form: 'named' as const, args: [], awaited: false };

/** The text after `statement`, whose call is `call`, went behind `after`; the code of a refusal. */
function moved(text: string, statement: string, call: string, after: string): string {
  const spanOf = (piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
  const once = { statement: spanOf(statement), enough: [], after: spanOf(after) };
  const instruction: Instruction = { kind: 'replace-call', span: spanOf(call), use, once };
  const answer = javascriptSyntax.transform('direct-client', 'a.js', text, [instruction]);
  if (!answer.ok) return answer.reason.code;
  const spliced = splice(text, answer.edits);
  return spliced.ok ? spliced.value : spliced.code;
}

describe('a statement is put behind another', () => {
  it.each([
    [
      'on a line of its own',
      'async function f() {\n  await a.quit();\n  await b.quit();\n}\n',
      'async function f() {\n  await b.quit();\n  await closeRedis();\n}\n',
    ],
    [
      'behind the comment of that line',
      'async function f() {\n\tawait a.quit();\n\tawait b.quit(); // last\n}\n',
      'async function f() {\n\tawait b.quit(); // last\n\tawait closeRedis();\n}\n',
    ],
    [
      'with the line ends of the file',
      'async function f() {\r\n  await a.quit();\r\n  await b.quit();\r\n}\r\n',
      'async function f() {\r\n  await b.quit();\r\n  await closeRedis();\r\n}\r\n',
    ],
    [
      'on the same line when something follows there',
      'async function f() { await a.quit(); await b.quit(); }\n',
      'async function f() { await b.quit(); await closeRedis(); }\n',
    ],
  ])('%s', (_name, text, expected) => {
    expect(moved(text, 'await a.quit();', 'a.quit()', 'await b.quit();')).toBe(expected);
  });

  it('keeps what is done with the result, and separates where no semicolon does', () => {
    const text = 'async function f() {\n  await a.quit().catch(log)\n  { b() }\n}\n';
    expect(moved(text, 'await a.quit().catch(log)', 'a.quit()', 'b()')).toBe(
      'async function f() {\n  { b(); await closeRedis().catch(log) }\n}\n',
    );
  });

  it('refuses a place that is no list of statements', () => {
    const text = 'async function f() {\n  await a.quit();\n  if (x) b();\n}\n';
    expect(moved(text, 'await a.quit();', 'a.quit()', 'b();')).toBe('parser-disagreement');
  });
});
