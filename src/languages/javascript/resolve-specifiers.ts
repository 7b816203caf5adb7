/** Specifiers of a text, found without parsing it. */

const IMPORT =
  /(?:\bfrom|\bimport|\brequire|\brequireActual|\bresolve|\bimportActual)\s*(?:<[^<>()'"`]*>)?\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?(['"`])([^'"`\n\\$]+)\1/g;

/**
 * Specifiers that a text may import: more than there are when strings or comments look like imports, never fewer, but
 * for specifiers that are computed or written with escapes.
 */
export function importsIn(text: string): string[] {
  return Array.from(text.matchAll(IMPORT), (match) => match[2] ?? '');
}
