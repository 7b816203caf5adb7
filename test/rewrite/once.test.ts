import { describe, expect, it } from 'vitest';
import type { AccessorUse, Edit } from '../../src/model/change.js';
import { type Once, settleOnce } from '../../src/rewrite/once.js';

const CLOSE: AccessorUse = { name: 'closeRedis', specifier: './redis.js', form: 'named', args: [], awaited: false };
const at = (start: number) => ({ start, end: start + 5 });
const edit = (start: number, text: string): Edit => ({ kind: 'replace', start, end: start + 5, text });

function once(start: number, enough: number[], use = CLOSE): Once {
  return { statement: at(start), enough: enough.map(at), use, made: [edit(start, 'call')], left: [edit(start, '')] };
}

const share = (...all: Once[]) => ({ edits: [], uses: [], once: all });
const texts = (one: ReturnType<typeof share>, all = [one]) => settleOnce(one, all).edits.map(({ text }) => text);

describe('calls that are made once', () => {
  it('makes it where nobody else does', () => {
    expect(settleOnce(share(once(0, [10])), [share(once(0, [10]))])).toEqual({
      edits: [edit(0, 'call')],
      uses: [CLOSE],
    });
  });

  it('leaves it to a later one of another unit, and needs no import then', () => {
    const [first, last] = [share(once(0, [10])), share(once(10, []))];
    expect(settleOnce(first, [first, last])).toEqual({ edits: [edit(0, '')], uses: [] });
    expect(texts(last, [first, last])).toEqual(['call']);
  });

  it('makes it in the last of three, of the same unit or not', () => {
    const all = share(once(0, [10, 20]), once(10, [20]), once(20, []));
    expect(texts(all)).toEqual(['', '', 'call']);
  });

  it('is another call when another accessor closes', () => {
    const other = share(once(10, [], { ...CLOSE, specifier: './other.js' }));
    const first = share(once(0, [10]));
    expect(texts(first, [first, other])).toEqual(['call']);
  });
});
