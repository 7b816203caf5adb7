/** Tests whose stand-ins a batch leaves behind, as all reports write them. */

import type { LostMock } from '../model/mock.js';
import { type View, wrap } from './layout.js';
import { code, list, text } from './markdown.js';

/** Title of the list. */
export const TITLE = 'Tests to look at';

/** `Tests to look at:` and a paragraph for each mock, under an indent; nothing when there are none. */
export function mockLines(mocks: readonly LostMock[] | undefined, view: View, indent: string): string[] {
  if (!mocks || mocks.length === 0) return [];
  const under = `${indent}  `;
  const lines = mocks.map((mock) => under + wrap(mockText(mock), view.width - under.length, `${under}  `));
  return [`${indent}${TITLE}:`, ...lines];
}

/** `test/cache.test.ts:5 mocks `ioredis`: src/cache.ts no longer …. Mock … instead.` */
export function mockText({ file, line, target, why, instead }: LostMock): string {
  return `${file}:${line} mocks \`${target}\`: ${why}. ${instead}`;
}

/** The list as Markdown; nothing when there are none. */
export function mocksMarkdown(mocks: readonly LostMock[] | undefined): string {
  if (!mocks || mocks.length === 0) return '';
  const items = mocks.map(
    ({ file, line, target, why, instead }) =>
      `[ ] ${code(`${file}:${line}`)} mocks ${code(target)}: ${text(`${why}. ${instead}`)}`,
  );
  return `**${TITLE}**\n\n${list(items)}`;
}
