import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Edit } from '../../src/model/change.js';
import { settle, splice } from '../../src/rewrite/splice.js';

const edit = (start: number, end: number, text: string): Edit => ({ kind: 'replace', start, end, text });

describe('splice', () => {
  it('makes edits in the order of the text, whatever order they come in', () => {
    const edits = [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(2, 2, '+')];
    expect(splice('abcdef', edits)).toEqual({ ok: true, value: 'Ab+cdEf' });
    expect(splice('abcdef', [...edits].reverse())).toEqual({ ok: true, value: 'Ab+cdEf' });
  });

  it('makes equal edits once, insertions too', () => {
    expect(splice('abc', [edit(1, 2, 'x'), edit(1, 2, 'x'), edit(3, 3, '!'), edit(3, 3, '!')])).toEqual({
      ok: true,
      value: 'axc!',
    });
  });

  it('leaves the outermost of nested replacements', () => {
    expect(splice('f(g(x))', [edit(2, 6, 'inner'), edit(0, 7, 'outer')])).toEqual({ ok: true, value: 'outer' });
    expect(splice('f(g(x))', [edit(0, 7, 'outer'), edit(2, 6, 'inner'), edit(4, 5, 'y')])).toEqual({
      ok: true,
      value: 'outer',
    });
  });

  it.each([
    ['two answers for one range', [edit(1, 2, 'x'), edit(1, 2, 'y')]],
    ['ranges that cross', [edit(0, 3, 'x'), edit(2, 5, 'y')]],
    ['a deletion around a replacement', [edit(0, 5, ''), edit(1, 2, 'y')]],
    ['an insertion inside of a replacement', [edit(0, 5, 'x'), edit(2, 2, 'y')]],
  ])('refuses %s', (_name, edits) => {
    for (const given of [edits, [...edits].reverse()]) {
      expect(splice('abcdef', given)).toMatchObject({ ok: false, code: 'edits-overlap' });
    }
  });

  it.each([
    [-1, 2],
    [2, 7],
    [3, 2],
    [0.5, 2],
    [Number.NaN, 2],
  ])('refuses an edit from %s to %s in a text of six', (start, end) => {
    expect(splice('abcdef', [edit(start, end, 'x')])).toMatchObject({ ok: false, code: 'edit-out-of-bounds' });
  });

  it('changes nothing outside of the edits', () => {
    const edits = fc.array(fc.tuple(fc.nat(30), fc.nat(5), fc.constantFrom('', 'x', 'yz')), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 36, maxLength: 36, unit: 'binary' }), edits, (text, drawn) => {
        const given = drawn.map(([start, length, put]) => edit(start, start + length, put));
        const settled = settle(text.length, given);
        const spliced = splice(text, given);
        expect(spliced.ok).toBe(settled.ok);
        if (!settled.ok || !spliced.ok) return;
        let rest = spliced.value;
        let at = 0;
        for (const one of settled.value) {
          const kept = text.slice(at, one.start) + one.text;
          expect(rest.startsWith(kept)).toBe(true);
          rest = rest.slice(kept.length);
          at = one.end;
        }
        expect(rest).toBe(text.slice(at));
      }),
    );
  });
});
