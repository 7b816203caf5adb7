import { beforeAll, describe, expect, it } from 'vitest';
import { python } from '../../src/languages/python/index.js';
import type { Unit } from '../../src/model/change.js';
import { rewrite } from '../../src/rewrite/index.js';
import { verify } from '../../src/verify/index.js';
import { pythonSyntax } from '../../transforms/python/index.js';
import { fixtures } from '../transforms/fixture.js';

beforeAll(async () => {
  await Promise.all([pythonSyntax.load(), python.load()]);
});

const TEXT = 'import redis\n\n\ndef make():\n    return redis.Redis(db=1)\n';

function codes(after: string): (string | undefined)[] {
  return pythonSyntax.problems('a.py', TEXT, after).map(({ code }) => code);
}

describe('problems of a changed Python text', () => {
  it.each([
    ['a removed import that is still used', TEXT.replace('import redis\n', ''), 'name-unbound'],
    ['what does not parse', TEXT.replace('(db=1)', '('), 'does-not-parse'],
    ['what parses and does not compile', TEXT.replace('return', 'return await'), 'does-not-parse'],
    ['an argument given twice', TEXT.replace('db=1', 'db=1, db=2'), 'does-not-parse'],
  ])('finds %s', (_name, after, code) => {
    expect(codes(after)).toEqual([code]);
  });

  it('finds nothing where nothing is wrong, nor what was wrong before', () => {
    expect(codes(TEXT)).toEqual([]);
    const broken = 'return 1\nprint(nothing)\n';
    expect(pythonSyntax.problems('a.py', broken, `import os\n${broken}`)).toEqual([]);
  });
});

describe('verify of Python', () => {
  it.each(
    fixtures('python')
      .filter((one) => !one.skip)
      .map((one) => [one.name, one] as const),
  )('holds for %s', (_name, one) => {
    const again = (units: Unit[]) =>
      rewrite(
        units,
        () => one.input,
        () => pythonSyntax,
        () => one.taken,
      );
    const factsFor = python.facts.bind(python);
    const result = verify(again(one.units), {
      units: one.units,
      factsFor,
      syntaxFor: () => pythonSyntax,
      rewrite: again,
    });
    expect(result.refused.map(({ reason }) => reason.code)).toEqual(one.refused);
    expect(result.files[0]?.after).toBe(one.output);
  });
});
