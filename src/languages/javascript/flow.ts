/** Files with types of Flow: the same text with blanks in their place, as far as they stop our parser. */

import { createRequire } from 'node:module';

type Remove = (text: string, options: { all: boolean }) => { toString(): string };

const load = createRequire(import.meta.url);
let remove: Remove | null = null;

/** Whether types of Flow can stand in a file of that name. */
export function mayHoldFlow(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

/**
 * The text with blanks instead of its types, as long as it was; null when Flow cannot parse it either. Not asked of texts
 * that parse without it: the parser of Flow takes half a second to begin.
 */
export function withoutFlowTypes(text: string): string | null {
  remove ??= load('flow-remove-types') as Remove;
  try {
    const blanked = remove(text, { all: true }).toString();
    return blanked.length === text.length ? blanked : null;
  } catch (error) {
    // The text is no Flow either: what our own parser says of it is told.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
