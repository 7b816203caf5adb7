import { beforeAll, describe, expect, it } from 'vitest';
import { javascript } from '../../src/languages/javascript/index.js';
import type { Syntax } from '../../src/languages/language.js';
import type { AccessorUse, Unit } from '../../src/model/change.js';
import { rewrite } from '../../src/rewrite/index.js';
import { verify } from '../../src/verify/index.js';
import { javascriptSyntax } from '../../transforms/javascript/index.js';
import { fixtures } from '../transforms/fixture.js';

const USE: AccessorUse = { name: 'getRedis', specifier: './redis.js', form: 'named', args: [], awaited: false };
const TEXT = 'import Redis from "ioredis";\n\nexport const a = () => [new Redis(1), new Redis(2), new Redis(1)];\n';

beforeAll(async () => {
  await Promise.all([javascriptSyntax.load(), javascript.load()]);
});

function unit(id: string, text: string): Unit {
  const start = TEXT.indexOf(text);
  const span = { start, end: start + text.length };
  return {
    id,
    sites: [id],
    files: ['a.ts'],
    purpose: 'unknown',
    verdict: 'rewrite',
    changes: [
      { site: id, file: 'a.ts', pattern: 'direct-client', instructions: [{ kind: 'replace-opening', span, use: USE }] },
    ],
  };
}

/** Rewrites and verifies with a syntax whose transform may be made to answer badly. */
function run(units: Unit[], syntax: Syntax) {
  const again = (some: Unit[]) =>
    rewrite(
      some,
      () => TEXT,
      () => syntax,
    );
  const factsFor = javascript.facts.bind(javascript);
  return verify(again(units), { units, factsFor, syntaxFor: () => syntax, rewrite: again });
}

/** The real syntax, but what replaces the opening that begins at `start` is `text`. */
function lying(wanted: string, text: string): Syntax {
  const start = TEXT.indexOf(wanted);
  return {
    ...javascriptSyntax,
    transform(pattern, file, source, instructions) {
      const answer = javascriptSyntax.transform(pattern, file, source, instructions);
      if (!answer.ok) return answer;
      return { ok: true, edits: answer.edits.map((edit) => (edit.start === start ? { ...edit, text } : edit)) };
    },
  };
}

describe('verify', () => {
  it('accepts what holds; an equal opening that was not planned may stay', () => {
    const result = run([unit('u1', 'new Redis(1)'), unit('u2', 'new Redis(2)')], javascriptSyntax);
    expect(result.refused).toEqual([]);
    expect(result.files[0]?.after).toContain('[getRedis(), getRedis(), new Redis(1)]');
  });

  it.each([
    ['does-not-parse', 'getRedis(('],
    ['name-unbound', 'fetchRedis()'],
    ['site-still-there', '( new Redis( 2 ) )'],
  ])('refuses the unit that is to blame with %s, and keeps the other', (code, text) => {
    const result = run([unit('u1', 'new Redis(1)'), unit('u2', 'new Redis(2)')], lying('new Redis(2)', text));
    expect(result.refused).toMatchObject([{ unit: 'u2', reason: { code } }]);
    expect(result.files[0]?.units).toEqual(['u1']);
    expect(result.files[0]?.after).toContain('[getRedis(), new Redis(2), new Redis(1)]');
  });

  it('finds a removed import that is still used', () => {
    const careless: Syntax = {
      ...javascriptSyntax,
      imports: (_file, text, edits) => ({
        ok: true,
        edits: [
          ...edits,
          { kind: 'replace', start: 0, end: text.indexOf('\n'), text: 'import { getRedis } from "./redis.js";' },
        ],
        importsRemoved: ['Redis from ioredis'],
      }),
    };
    const result = run([unit('u1', 'new Redis(2)')], careless);
    expect(result.files).toEqual([]);
    expect(result.refused).toMatchObject([
      { unit: 'u1', reason: { code: 'name-unbound', message: '`Redis` is used but not bound', at: 'a.ts:3' } },
    ]);
  });

  it.each([
    [
      'a handler of errors that would be gone',
      'try { return new Redis(1); } catch { return null; }',
      'getRedis(); }',
      'handler-lost',
    ],
    ['none, where it stays', 'try { return new Redis(1); } catch { return null; }', 'getRedis()', null],
  ])('finds %s', (_what, body, text, code) => {
    const source = `import Redis from "ioredis";\n\nexport function a() { ${body} }\n`;
    const start = source.indexOf('new Redis(1)');
    // The edit swallows what stands behind the opening.
    const end = code === null ? start + 'new Redis(1)'.length : source.indexOf('null; }') + 'null; }'.length;
    const careless: Syntax = {
      ...javascriptSyntax,
      transform: () => ({
        ok: true,
        edits: [{ kind: 'replace', start, end, text: code === null ? text : `${text} finally { a(); }` }],
      }),
    };
    const change = unit('u1', 'new Redis(1)');
    const instructions = [{ kind: 'replace-opening' as const, span: { start, end: start + 12 }, use: USE }];
    const units = [{ ...change, changes: change.changes.map((one) => ({ ...one, instructions })) }];
    const again = (some: Unit[]) =>
      rewrite(
        some,
        () => source,
        () => careless,
      );
    const factsFor = javascript.facts.bind(javascript);
    const result = verify(again(units), { units, factsFor, syntaxFor: () => careless, rewrite: again });
    expect(result.refused.map(({ reason }) => reason.code)).toEqual(code === null ? [] : [code]);
  });

  it('ends with nothing when every unit fails', () => {
    const result = run([unit('u1', 'new Redis(2)')], lying('new Redis(2)', 'getRedis('));
    expect(result).toMatchObject({ files: [], refused: [{ unit: 'u1' }] });
  });

  it.each(
    fixtures()
      .filter((one) => !one.skip)
      .map((one) => [one.name, one] as const),
  )('holds for %s', (_name, one) => {
    const again = (units: Unit[]) =>
      rewrite(
        units,
        () => one.input,
        () => javascriptSyntax,
      );
    const factsFor = javascript.facts.bind(javascript);
    const parts = { units: one.units, factsFor, syntaxFor: () => javascriptSyntax, rewrite: again };
    const result = verify(again(one.units), parts);
    expect(result.refused.map(({ reason }) => reason.code)).toEqual(one.refused);
    expect(result.files[0]?.after).toBe(one.output);
  });
});
