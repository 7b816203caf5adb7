/** Tokens of a file without white space: digests of its calls in linear time, and its comments. */

import type { ts as t } from 'ts-morph';
import { ts } from './compiler.js';

export interface Tokens {
  /** Start of each token, ascending. */
  starts: number[];
  /** `prefix[n]` is the hash of the first n tokens. */
  prefix: number[];
  /** Powers of the base that the hash is made with. */
  powers: number[];
  comments: { start: number; end: number }[];
}

const BASE = 0x01000193;

/** FNV-1a over the UTF-16 units of [start, end). */
function hashText(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Tokens that a scanner alone takes for something else: regular expressions, pieces of templates, text of JSX. */
function ambiguous(source: t.SourceFile): t.Node[] {
  const found: t.Node[] = [];
  const stack: t.Node[] = [source];
  const push = (child: t.Node) => void stack.push(child);
  const K = ts.SyntaxKind;
  for (let node = stack.pop(); node; node = stack.pop()) {
    const kind = node.kind;
    const inJsx = kind === K.JsxText || (kind === K.StringLiteral && ts.isJsxAttribute(node.parent));
    const piece = kind >= K.NoSubstitutionTemplateLiteral && kind <= K.TemplateTail;
    if (inJsx || piece || kind === K.RegularExpressionLiteral) {
      if (node.end > node.pos) found.push(node);
    } else ts.forEachChild(node, push);
  }
  return found.sort((a, b) => a.end - b.end);
}

/** A comma before a closing bracket and a semicolon come and go with formatting. */
function isFormatting(kind: t.SyntaxKind, next: t.SyntaxKind | null): boolean {
  const K = ts.SyntaxKind;
  if (kind === K.SemicolonToken) return true;
  const closes = next === K.CloseParenToken || next === K.CloseBracketToken || next === K.CloseBraceToken;
  return kind === K.CommaToken && closes;
}

type Each = (kind: t.SyntaxKind, start: number, hash: number) => void;

/** Calls `each` with every token and the hash of its text, and collects the comments. */
function scan(source: t.SourceFile, comments: Tokens['comments'], each: Each): void {
  const { text } = source;
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, source.languageVariant, text);
  const { EndOfFileToken, JsxText, StringLiteral, LastTriviaToken } = ts.SyntaxKind;
  const { SingleLineCommentTrivia, MultiLineCommentTrivia } = ts.SyntaxKind;
  const opaque = ambiguous(source);
  let next = 0;
  const startOf = (node: t.Node | undefined) => {
    if (!node) return Number.POSITIVE_INFINITY;
    return node.kind === JsxText ? node.pos : node.getStart(source);
  };
  let from = startOf(opaque[0]);
  for (let kind = scanner.scan(); kind !== EndOfFileToken; kind = scanner.scan()) {
    const start = scanner.getTokenStart();
    const end = scanner.getTokenEnd();
    const node = end > from ? opaque[next] : undefined;
    if (node) {
      each(node.kind, from, hashText(text, from, node.end));
      scanner.resetTokenState(node.end);
      next++;
      from = startOf(opaque[next]);
    } else if (kind === SingleLineCommentTrivia || kind === MultiLineCommentTrivia) {
      comments.push({ start, end });
    } else if (kind === StringLiteral) {
      const value = `"${scanner.getTokenValue()}`;
      each(kind, start, hashText(value, 0, value.length));
    } else if (kind > LastTriviaToken) each(kind, start, hashText(text, start, end));
  }
}

/** Reads the tokens of a file once. */
export function readTokens(source: t.SourceFile): Tokens {
  const tokens: Tokens = { starts: [], prefix: [0], powers: [1], comments: [] };
  const held = { kind: null as t.SyntaxKind | null, start: 0, hash: 0 };
  let sum = 0;
  let power = 1;
  const take = (kind: t.SyntaxKind | null, start: number, hash: number) => {
    if (held.kind !== null && !isFormatting(held.kind, kind)) {
      sum = (Math.imul(sum, BASE) + held.hash) >>> 0;
      power = Math.imul(power, BASE) >>> 0;
      tokens.starts.push(held.start);
      tokens.prefix.push(sum);
      tokens.powers.push(power);
    }
    held.kind = kind;
    held.start = start;
    held.hash = hash;
  };
  scan(source, tokens.comments, take);
  take(null, 0, 0);
  return tokens;
}

/** Index of the first token that starts at or behind `offset`. */
function firstFrom(starts: number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Eight hexadecimal digits for the tokens that start in [start, end): equal whatever the layout, quotes or comments. */
export function digest(tokens: Tokens, start: number, end: number): string {
  const from = firstFrom(tokens.starts, start);
  const to = firstFrom(tokens.starts, end);
  const before = Math.imul(tokens.prefix[from] ?? 0, tokens.powers[to - from] ?? 1);
  let hash = ((tokens.prefix[to] ?? 0) - before) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
