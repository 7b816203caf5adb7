/** Unified diffs that `git apply` takes. */

import { formatPatch, type StructuredPatch, structuredPatch } from 'diff';

export interface FileDiff {
  text: string;
  linesAdded: number;
  linesRemoved: number;
}

/** Lines of context, as git has it. */
const CONTEXT = 3;

/**
 * The change of one file as git writes it: `diff --git` header, `a/` and `b/` names quoted where git quotes them, every
 * byte of a line kept (CR, BOM), a marker for a missing last line break. `created` says that there was no file before.
 */
export function diffOf(file: string, before: string, after: string, created: boolean): FileDiff {
  const patch = structuredPatch(created ? '/dev/null' : `a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: CONTEXT,
  });
  const lines = patch.hunks.flatMap((hunk) => hunk.lines);
  const git: StructuredPatch = { ...patch, isGit: true, ...(created ? { isCreate: true, newMode: '100644' } : {}) };
  return {
    text: formatPatch(git),
    linesAdded: lines.filter((line) => line.startsWith('+')).length,
    linesRemoved: lines.filter((line) => line.startsWith('-')).length,
  };
}
