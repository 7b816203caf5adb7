import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rewrite } from '../../src/rewrite/index.js';
import { pythonSyntax } from '../../transforms/python/index.js';
import { type Fixture, fixtures } from './fixture.js';

const all = fixtures('python');

beforeAll(() => pythonSyntax.load());

function run({ file, input, units, taken }: Fixture) {
  const result = rewrite(
    units,
    (asked) => (asked === file ? input : null),
    () => pythonSyntax,
    () => taken,
  );
  return { after: result.files[0]?.after ?? input, result };
}

function count(text: string, piece: string): number {
  return text.split(piece).length - 1;
}

describe('fixtures of the Python transforms', () => {
  it('has at least as many cases that must not change as cases that must', () => {
    const skips = all.filter((one) => one.skip).length;
    expect(skips).toBeGreaterThanOrEqual(all.length - skips);
  });

  describe.each(all.map((one) => [one.name, one] as const))('%s', (_name, fixture) => {
    it('gives the expected text', () => {
      const { after, result } = run(fixture);
      expect(after).toBe(fixture.output);
      expect(result.refused.map(({ reason }) => reason.code)).toEqual(fixture.refused);
      if (fixture.skip) expect(existsSync(fixture.outputPath)).toBe(false);
      else expect(after).not.toBe(fixture.input);
    });

    it('has an output that parses and binds its names', () => {
      const problems = pythonSyntax.problems(fixture.file, fixture.input, fixture.output);
      const broken = fixture.refused.includes('does-not-parse');
      expect(problems.map(({ code }) => code)).toEqual(broken ? ['does-not-parse'] : []);
    });

    it('leaves no planned opening for a second run', () => {
      const done = fixture.units.filter((_unit, index) => fixture.refused.length === 0 || index === 0);
      const planned = fixture.skip ? [] : done.flatMap((unit) => unit.changes).flatMap((change) => change.instructions);
      const texts = planned
        .filter((one) => one.kind === 'replace-opening')
        .map(({ span }) => fixture.input.slice(span.start, span.end));
      for (const text of new Set(texts)) {
        const expected = count(fixture.input, text) - texts.filter((other) => other === text).length;
        expect(count(fixture.output, text)).toBeLessThanOrEqual(expected);
      }
    });
  });
});
