/** Files are read and written as UTF-8: one that says otherwise is left alone. */

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** The encoding that a coding line declares when it is neither UTF-8 nor a part of it; null when it is. */
export function foreignEncoding(text: string): string | null {
  for (const line of text.replace(/^\uFEFF/, '').split('\n', 2)) {
    const found = COOKIE.exec(line)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (found !== undefined) return /^(?:utf-?8(?:-.*)?|u8|ascii|us-ascii)$/.test(found) ? null : found;
    if (!/^[ \t\f]*(?:#.*)?\r?$/.test(line)) return null;
  }
  return null;
}
