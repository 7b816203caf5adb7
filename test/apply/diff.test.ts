import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffOf } from '../../src/apply/diff.js';
import { commitAll, dropTree, git, makeTree, put, snapshot } from './workshop.js';

const LINES = Array.from({ length: 30 }, (_, number) => `const line${number} = ${number};`);
const long = (end: string) => `${LINES.join(end)}${end}`;

const CASES: { name: string; file: string; before: string; after: string; created?: true }[] = [
  { name: 'a plain change', file: 'src/a.ts', before: long('\n'), after: long('\n').replace('line4', 'changed') },
  { name: 'two hunks', file: 'a.ts', before: long('\n'), after: long('\n').replace(/line(2|25)\b/g, 'x$1') },
  { name: 'CRLF', file: 'a.ts', before: long('\r\n'), after: long('\r\n').replace('line9 = 9;\r\n', '') },
  { name: 'mixed line ends', file: 'a.ts', before: 'a\r\nb\nc\r\n', after: 'a\r\nB\nc\r\n' },
  { name: 'a bare CR', file: 'a.ts', before: 'a\rb\nc\n', after: 'a\rB\nc\n' },
  { name: 'a BOM', file: 'a.ts', before: `\uFEFF${long('\n')}`, after: `\uFEFF${long('\n').replace('line0', 'x')}` },
  { name: 'no line break at the end of both', file: 'a.ts', before: 'a\nb', after: 'a\nc' },
  { name: 'a line break gained', file: 'a.ts', before: 'a\nb', after: 'a\nb\n' },
  { name: 'a line break lost', file: 'a.ts', before: 'a\nb\n', after: 'a\nb' },
  { name: 'a file without a line break, one line', file: 'a.ts', before: 'new Redis()', after: 'getRedis()' },
  { name: 'a file that becomes empty', file: 'a.ts', before: 'a\n', after: '' },
  { name: 'a file that was empty', file: 'a.ts', before: '', after: 'a\n' },
  { name: 'a created file', file: 'new/folder/a.ts', before: '', after: 'a\nb\n', created: true },
  { name: 'a created file without line break', file: 'a.ts', before: '', after: 'a', created: true },
  { name: 'a created empty file', file: 'a.ts', before: '', after: '', created: true },
  { name: 'a space in the name', file: 'src/my file.ts', before: 'a\n', after: 'b\n' },
  { name: 'a created file with a space', file: 'src/my file.ts', before: '', after: 'b\n', created: true },
  { name: 'a space at the end of the name', file: 'src/file ', before: 'a\n', after: 'b\n' },
  { name: 'a quote in the name', file: 'src/"x".ts', before: 'a\n', after: 'b\n' },
  { name: 'a backslash in the name', file: 'src/a\\b.ts', before: 'a\n', after: 'b\n' },
  { name: 'a tab in the name', file: 'src/a\tb.ts', before: 'a\n', after: 'b\n' },
  { name: 'a name that is not ASCII', file: 'src/größe-日本-😀.ts', before: 'ä\n', after: 'ö\n' },
  { name: 'brackets in the name', file: 'app/[id]/(x)/page.tsx', before: 'a\n', after: 'b\n' },
  { name: 'lines that look like headers', file: 'a.sql', before: '-- a\n++ b\nx\n', after: '-- a\n++ c\n' },
];

describe('diffs', () => {
  for (const { name, file, before, after, created } of CASES) {
    it(`git applies ${name}`, () => {
      const tree = makeTree({ keep: 'x\n', ...(created ? {} : { [file]: before }) });
      const patch = diffOf(file, before, after, created === true);
      apply(tree.root, patch.text);
      const applied = snapshot(tree.root);
      put(tree.root, file, after);
      expect(applied).toEqual(snapshot(tree.root));
      dropTree(tree);
    });
  }

  it('git applies several of them as one patch', () => {
    const tree = makeTree({ 'a.ts': 'a\nb', 'b.ts': long('\r\n') });
    const changed = long('\r\n').replace('line3', 'x');
    apply(tree.root, diffOf('a.ts', 'a\nb', 'a\nc', false).text + diffOf('b.ts', long('\r\n'), changed, false).text);
    const applied = snapshot(tree.root);
    put(tree.root, 'a.ts', 'a\nc');
    put(tree.root, 'b.ts', changed);
    expect(applied).toEqual(snapshot(tree.root));
    dropTree(tree);
  });

  it('has the names and line counts that git has', () => {
    for (const { file, before, after, created } of CASES) {
      const tree = makeTree({ keep: 'x\n', ...(created ? {} : { [file]: before }) });
      put(tree.root, file, after);
      git(tree.root, 'add', '-A');
      const theirs = git(tree.root, 'diff', '--cached');
      const ours = diffOf(file, before, after, created === true);
      expect(ours.text.split('\n')[0], file).toBe(theirs.split('\n')[0]);
      const [added, removed] = git(tree.root, 'diff', '--cached', '--numstat').split('\t');
      expect([ours.linesAdded, ours.linesRemoved], file).toEqual([Number(added), Number(removed)]);
      dropTree(tree);
    }
  });

  it('git applies any change of any text', () => {
    const tree = makeTree({ 'a.ts': '' });
    const line = fc.constantFrom(
      'a',
      'b',
      '',
      ' ',
      '+x',
      '-x',
      '\\ x',
      '\uFEFF',
      'ü',
      '@@ -1 +1 @@',
      'diff --git a/x b/x',
    );
    const content = fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\r\n', '\r')), { maxLength: 12 });
    const text = fc.tuple(content, line).map(([parts, last]) => parts.flat().join('') + last);
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        put(tree.root, 'a.ts', before);
        applyText(tree.root, diffOf('a.ts', before, after, false).text);
        expect(Buffer.from(snapshot(tree.root)['a.ts']?.split(' ')[1] ?? '', 'base64').toString()).toBe(after);
      }),
      { numRuns: 150 },
    );
    commitAll(tree.root);
    dropTree(tree);
  });
});

function applyText(root: string, patch: string): void {
  execFileSync('git', ['apply', '-'], { cwd: root, input: patch, stdio: ['pipe', 'ignore', 'pipe'] });
}

function apply(root: string, patch: string): void {
  const file = join(root, '.git', 'x.patch');
  writeFileSync(file, patch);
  git(root, 'apply', '--check', '--whitespace=nowarn', file);
  git(root, 'apply', '--whitespace=nowarn', file);
}
