/** Values of Python's literals. */

import { field, type Node, namedChildren, parts } from './tree.js';

/** A piece of a string: text, or the expression of an f-string. */
export type Piece = string | Node;

/** Pieces of a string or of adjacent strings; neighbouring texts are joined. */
export function piecesOf(node: Node): Piece[] {
  const pieces = node.type === 'concatenated_string' ? parts(node).flatMap(stringPieces) : stringPieces(node);
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

function stringPieces(node: Node): Piece[] {
  const raw = /^[a-z]*r[a-z]*["']/i.test(node.children[0]?.text ?? '');
  return namedChildren(node).flatMap((child): Piece[] => {
    if (child.type === 'string_content') return [raw ? child.text : unescapeText(child.text, isFormat(node))];
    if (child.type !== 'interpolation') return [];
    const expression = field(child, 'expression');
    return expression === null ? [] : [expression];
  });
}

function isFormat(node: Node): boolean {
  return /^[a-z]*[ft][a-z]*["']/i.test(node.children[0]?.text ?? '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Replaces the escapes of Python; `\N{…}` stays as written, nothing here depends on it. */
function unescapeText(text: string, format: boolean): string {
  const plain = format ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text;
  return plain.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|([\s\S]))/gi,
    (all, x: string, u: string, long: string, octal: string, other: string) => {
      const code = x ?? u ?? long;
      if (code !== undefined) return fromCode(Number.parseInt(code, 16), all);
      if (octal !== undefined) return fromCode(Number.parseInt(octal, 8), all);
      return ESCAPES[other] ?? (/['"\\]/.test(other) ? other : all);
    },
  );
}

function fromCode(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** Number of an integer or float literal; null when JavaScript has no such number (complex, beyond 2^53). */
export function numberOf(text: string): number | null {
  const clean = text.replaceAll('_', '').replace(/^0o/i, '0o').replace(/[lL]$/, '');
  if (/j$/i.test(clean)) return null;
  const value = Number(clean);
  return Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? null : value;
}
