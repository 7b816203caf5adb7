/**
 * What CPython reads and the grammar does not yet. It is written in another way of the same length, so that every offset
 * stays what it is in the file; used only for texts in which the grammar finds errors.
 */

/** Head of a type parameter list. */
const PARAMETERS = /\b(?:class|def|type)[ \t]+\w+[ \t]*\[/g;
/** `type(x).attribute = …` at the begin of a statement is taken for a `type` statement. */
const CALL_OF_TYPE = /^([ \t]*)type(?=[ \t]*\()/gm;
/** A set that begins with what is spread into it is taken for something else. */
const SPREAD_IN_SET = /\{(\s*)\*(?=[^*])/g;

/** The text with the grammar's own words; the same text when nothing of this is in it. */
export function inGrammar(text: string): string {
  const plain = text.replace(CALL_OF_TYPE, '$1typ_').replace(SPREAD_IN_SET, '{$1 ');
  let made = '';
  let at = 0;
  for (const { index, 0: head } of plain.matchAll(PARAMETERS)) {
    for (const { start, end } of defaultsIn(plain, index + head.length)) {
      if (start < at) continue;
      made += plain.slice(at, start) + plain.slice(start, end).replace(/[^\r\n]/g, ' ');
      at = end;
    }
  }
  return made + plain.slice(at);
}

/** Defaults in a list of type parameters (PEP 696), from each `=` to the next comma or the end of the list. */
function defaultsIn(text: string, from: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let depth = 1;
  let start: number | null = null;
  for (let at = from; at < text.length && depth > 0; at += 1) {
    const character = text[at] ?? '';
    if (/[([{]/.test(character)) depth += 1;
    if (/[)\]}]/.test(character)) depth -= 1;
    const ends = depth === 0 || (depth === 1 && character === ',');
    if (ends && start !== null) {
      found.push({ start, end: at });
      start = null;
    } else if (depth === 1 && character === '=') start ??= at;
  }
  return found;
}
