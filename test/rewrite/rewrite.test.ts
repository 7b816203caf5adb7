import { beforeAll, describe, expect, it } from 'vitest';
import type { AccessorUse, Instruction, Unit } from '../../src/model/change.js';
import { rewrite } from '../../src/rewrite/index.js';
import { javascriptSyntax } from '../../transforms/javascript/index.js';

const USE: AccessorUse = { name: 'getRedis', specifier: './redis.js', form: 'named', args: [], awaited: false };

const FILES: Record<string, string> = {
  'a.ts': 'import Redis from "ioredis";\n\nexport const a = () => [new Redis(1), new Redis(2)];\n',
  'b.ts': 'import Redis from "ioredis";\n\nexport const b = () => new Redis(3);\n',
  'bad.ts': 'import Redis from "ioredis";\n\nexport const c = () => new Redis(;\n',
};

const read = (file: string): string | null => FILES[file] ?? null;
const syntaxFor = () => javascriptSyntax;

function unit(id: string, ...openings: { file: string; text: string; use?: Partial<AccessorUse> }[]): Unit {
  const changes = openings.map(({ file, text, use }) => {
    const start = (FILES[file] ?? text).indexOf(text);
    const span = { start, end: start + text.length };
    const instruction: Instruction = { kind: 'replace-opening', span, use: { ...USE, ...use } };
    return { site: `${id}-${file}`, file, pattern: 'direct-client' as const, instructions: [instruction] };
  });
  const files = [...new Set(openings.map((one) => one.file))];
  return { id, sites: changes.map((one) => one.site), files, purpose: 'unknown', verdict: 'rewrite', changes };
}

beforeAll(() => javascriptSyntax.load());

describe('rewrite', () => {
  it('puts the edits of all units together and owns the imports once', () => {
    const units = [
      unit('u2', { file: 'a.ts', text: 'new Redis(2)' }),
      unit('u1', { file: 'a.ts', text: 'new Redis(1)' }),
    ];
    const result = rewrite(units, read, syntaxFor);
    expect(result.refused).toEqual([]);
    expect(result.files).toEqual([
      {
        file: 'a.ts',
        before: FILES['a.ts'],
        after: 'import { getRedis } from "./redis.js";\n\nexport const a = () => [getRedis(), getRedis()];\n',
        units: ['u1', 'u2'],
        importsRemoved: ['Redis from ioredis'],
      },
    ]);
  });

  it('gives the same files in any order of units', () => {
    const units = [
      unit('u1', { file: 'b.ts', text: 'new Redis(3)' }),
      unit('u2', { file: 'a.ts', text: 'new Redis(1)' }),
      unit('u3', { file: 'a.ts', text: 'new Redis(2)', use: { args: [{ name: 'database', value: 'x' }] } }),
    ];
    const one = rewrite(units, read, syntaxFor);
    expect(rewrite([...units].reverse(), read, syntaxFor)).toEqual(one);
    expect(one.files.map(({ file }) => file)).toEqual(['a.ts', 'b.ts']);
  });

  it('takes a refused unit out of every file that it touches', () => {
    const units = [
      unit(
        'u1',
        { file: 'a.ts', text: 'new Redis(1)' },
        { file: 'b.ts', text: 'new Redis(3)', use: { awaited: true } },
      ),
      unit('u2', { file: 'a.ts', text: 'new Redis(2)' }),
    ];
    const result = rewrite(units, read, syntaxFor);
    expect(result.refused).toMatchObject([{ unit: 'u1', reason: { code: 'context-not-async', at: 'b.ts:3' } }]);
    expect(result.files.map(({ file, units: by }) => [file, by])).toEqual([['a.ts', ['u2']]]);
    expect(result.files[0]?.after).toContain('[new Redis(1), getRedis()]');
    expect(result.files[0]?.after).toContain('import Redis from "ioredis";');
  });

  it('takes a unit that clashes in one file out of the files that were done already', () => {
    const units = [
      unit('u1', { file: 'b.ts', text: 'new Redis(3)' }),
      unit(
        'u2',
        { file: 'a.ts', text: 'new Redis(1)' },
        { file: 'b.ts', text: 'new Redis(3)', use: { args: [{ name: 'database', value: 'x' }] } },
      ),
    ];
    const result = rewrite(units, read, syntaxFor);
    expect(result.refused).toMatchObject([{ unit: 'u2', reason: { code: 'edits-overlap', at: 'b.ts:3' } }]);
    expect(result.files.map(({ file }) => file)).toEqual(['b.ts']);
  });

  it.each([
    ['file-unreadable', 'gone.ts', 'new Redis()'],
    ['does-not-parse', 'bad.ts', 'new Redis('],
    ['parser-disagreement', 'b.ts', 'Redis(3)'],
  ])('refuses with %s', (code, file, text) => {
    const result = rewrite([unit('u1', { file, text })], read, syntaxFor);
    expect(result.files).toEqual([]);
    expect(result.refused).toMatchObject([{ unit: 'u1', reason: { code } }]);
  });

  it('refuses a pattern that has no transform', () => {
    const odd = unit('u1', { file: 'b.ts', text: 'new Redis(3)' });
    const unknown: string = 'of-another-version';
    odd.changes[0] = { ...odd.changes[0], pattern: unknown } as Unit['changes'][number];
    expect(rewrite([odd], read, syntaxFor).refused).toMatchObject([{ reason: { code: 'no-transform' } }]);
  });
});
