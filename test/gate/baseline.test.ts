/** The baseline: what it lets pass, and that git joins branches that each take lines out of it. */

import { describe, expect, it } from 'vitest';
import { baselineText, compared, parseBaseline, withoutEntries } from '../../src/gate/baseline.js';
import type { Violation } from '../../src/model/gate.js';
import { commit, git, repository, textIn, write } from './repository.js';

function violation(id: string, code: Violation['code'] = 'opening'): Violation {
  const place = { file: `src/${id}.ts`, line: 3, column: 1, endLine: 3, endColumn: 9 };
  return { id, code, ...place, message: 'opens', verdict: 'rewrite', why: null };
}

const IDS = ['0a11aaaa', '1b22bbbb', '2c33cccc', '3d44dddd', '4e55eeee'];
const ALL = IDS.map((id) => violation(id));

describe('a baseline', () => {
  it('has a line for each violation, sorted, and can be read again', () => {
    const text = baselineText([...ALL].reverse());
    expect(parseBaseline(text, 'b').map(({ id }) => id)).toEqual(IDS);
    expect(text).toContain('\n2c33cccc opening src/2c33cccc.ts\n\n3d44dddd');
    expect(text).toMatch(/[^\n]\n$/);
  });

  it('knows violations by their id, never by their number', () => {
    const entries = parseBaseline(baselineText(ALL), 'b');
    const now = [...ALL.slice(1), violation('ffff0000')];
    const { fresh, known, fixed } = compared(now, entries);
    expect(fresh.map(({ id }) => id)).toEqual(['ffff0000']);
    expect(known).toHaveLength(4);
    expect(fixed.map(({ id }) => id)).toEqual(['0a11aaaa']);
  });

  it('does not know a site for another fault, nor one that came back', () => {
    const entries = parseBaseline(baselineText([violation('0a11aaaa'), violation('1b22bbbb', 'came-back')]), 'b');
    const { fresh } = compared(
      [violation('0a11aaaa', 'exemption-expired'), violation('1b22bbbb', 'came-back')],
      entries,
    );
    expect(fresh).toHaveLength(2);
  });

  it('loses only the lines of what is fixed: comments, order and line ends stay', () => {
    const text = baselineText(ALL).replaceAll('\n', '\r\n').replace('2c33', '# by hand\r\n2c33');
    const left = withoutEntries(text, [{ id: '1b22bbbb', code: 'opening', file: '' }]);
    expect(left).toBe(text.replace('1b22bbbb opening src/1b22bbbb.ts\r\n', ''));
  });

  it('refuses what is left of a merge conflict, naming the line', () => {
    expect(() => parseBaseline('\n<<<<<<< ours\n', 'b.txt')).toThrow('b.txt:2 is no line of a baseline');
  });
});

describe('git', () => {
  it('joins branches that take out neighbouring lines, in any split', () => {
    for (let mask = 1; mask < 2 ** IDS.length - 1; mask += 1) {
      const ours = ALL.filter((_, index) => (mask >> index) & 1);
      const theirs = ALL.filter((one) => !ours.includes(one));
      expect(merged(ours, theirs), `ours ${mask}`).toEqual([]);
    }
  });
});

let root: string | null = null;

/** Ids in the baseline after one branch has taken out some lines and another one the others. */
function merged(ours: readonly Violation[], theirs: readonly Violation[]): string[] {
  root ??= repository({ 'baseline.txt': '' });
  write(root, 'baseline.txt', baselineText(ALL));
  write(root, 'salt', String(Math.random()));
  commit(root, 'before');
  const base = git(root, 'rev-parse', 'HEAD').trim();
  for (const [branch, gone] of [
    ['ours', ours],
    ['theirs', theirs],
  ] as const) {
    git(root, 'checkout', '--quiet', '-B', branch, base);
    write(root, 'baseline.txt', withoutEntries(baselineText(ALL), gone));
    commit(root, branch);
  }
  git(root, 'merge', '--quiet', '--no-edit', 'ours');
  return parseBaseline(textIn(root, 'baseline.txt'), 'b').map(({ id }) => id);
}
