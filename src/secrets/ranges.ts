/** Where a secret stands, and which parts of a text are references and not secrets. */

export const MASK = '***';

/** Half-open range of UTF-16 offsets. */
export interface Range {
  start: number;
  end: number;
}

/** End of a `${…}` that begins at `open`, braces balanced; null when it is not closed before `limit`. */
export function endOfReference(text: string, open: number, limit: number): number | null {
  let depth = 0;
  for (let i = open + 1; i < limit; i++) {
    const char = text[i];
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i + 1;
  }
  return null;
}

/** `{name}`, `{{ name }}`, `$NAME`, `%s`, `%(name)s` alone: a place that is filled in later. */
const FILLED_LATER = /^(?:\{\{?[^{}]*\}\}?|\$[A-Za-z_]\w*|%[sr]|%\([\w.]+\)s)+$/;
const SHELL_DEFAULT = /^\$\{\w+:?-/;

/**
 * Ranges of `[start, end)` that are literal, so a secret: everything but `${…}`. A shell default (`${PW:-x}`) is literal
 * again. `braces` says that a lone `{…}` is a reference as well (Python's f-strings).
 */
export function literalParts(text: string, start: number, end: number, braces = false): Range[] {
  if (end - start < 200 && FILLED_LATER.test(text.slice(start, end))) return [];
  const parts: Range[] = [];
  let from = start;
  const close = (to: number) => {
    if (to > from) parts.push({ start: from, end: to });
  };
  for (let i = start; i < end; ) {
    const dollar = text[i] === '$' && text[i + 1] === '{';
    if (!dollar && !(braces && text[i] === '{')) {
      i++;
      continue;
    }
    const stop = endOfReference(text, dollar ? i : i - 1, end);
    if (stop === null) break;
    close(i);
    const fallback = dollar ? SHELL_DEFAULT.exec(text.slice(i, Math.min(stop, i + 80))) : null;
    if (fallback && i + fallback[0].length < stop - 1) parts.push({ start: i + fallback[0].length, end: stop - 1 });
    i = stop;
    from = stop;
  }
  close(end);
  return parts;
}
