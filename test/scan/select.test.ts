import { describe, expect, it } from 'vitest';
import { select } from '../../src/scan/select.js';

const FILES = ['.hidden/h.ts', 'a.ts', 'archives/old/b.ts', 'src/[id].ts', 'src/c.gen.ts', 'src/deep/d.ts', 'src/e.py'];

describe('select', () => {
  it('keeps everything by default', () => {
    expect(select(FILES, ['**/*'], [])).toEqual(FILES);
    expect(select(FILES, [], [])).toEqual(FILES);
  });

  it('takes what include names and drops what exclude names', () => {
    expect(select(FILES, ['src/**'], ['**/*.gen.ts'])).toEqual(['src/[id].ts', 'src/deep/d.ts', 'src/e.py']);
    expect(select(FILES, ['**/*.{ts,py}'], ['src', 'archives/**', '.hidden/'])).toEqual(['a.ts']);
    expect(select(FILES, ['./src/*.py'], [])).toEqual(['src/e.py']);
    expect(select(FILES, ['src/\\[id\\].ts'], [])).toEqual(['src/[id].ts']);
  });

  it('means all below a directory by its name', () => {
    expect(select(FILES, ['**/*'], ['archives'])).not.toContain('archives/old/b.ts');
    expect(select(FILES, ['archives'], [])).toEqual(['archives/old/b.ts']);
  });

  it('does not look at the disk', () => {
    expect(select(['no/such/file.ts'], ['no/**'], [])).toEqual(['no/such/file.ts']);
  });
});
