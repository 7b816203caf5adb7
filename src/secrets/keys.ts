/** Literals given to a key that names a secret, in JavaScript, Python, JSON, YAML, TOML, `.env` and query strings. */

import { bareSecrets } from './bare.js';
import { namesSecret } from './names.js';
import { literalParts, type Range } from './ranges.js';

/** How far the expression behind a key is read. */
const REACH = 400;

/** Ranges of literals behind keys that name a secret; a reference (`process.env.X`, `settings.password`) is none. */
export function keySecrets(text: string): Range[] {
  const found: Range[] = [];
  const names = /[A-Za-z_$][\w$-]*/g;
  for (let match = names.exec(text); match; match = names.exec(text)) {
    if (!namesSecret(match[0])) continue;
    const key = { start: match.index, end: names.lastIndex };
    const ranges = secretsAfter(text, key);
    found.push(...ranges);
    const last = ranges.at(-1);
    if (last) names.lastIndex = Math.max(names.lastIndex, last.end);
  }
  return found;
}

/** A TypeScript or Python annotation between the name and `=`: `: string | undefined =`. */
const ANNOTATION = /\s*:\s*[A-Za-z][\w .|[\]<>]{0,60}?\s?=(?![=>])/y;
const SEPARATOR = /\s*(?:(?::|=>|===?|!==?|\|\|=?|\?\?=?|=)|(?:or|else)\b)/y;

function secretsAfter(text: string, key: Range): Range[] {
  let at = key.end;
  if (text[at] === '\\') at++;
  const quoted = /["'`]/.test(text[at] ?? '');
  if (quoted) at++;
  if (text[at] === ',' && quoted) return fallbackOfLookup(text, key, at);
  if (text[at] === ']' || text[at] === ')') at++;
  if (text[at] === '?' && text[at + 1] !== '?') at++;
  if (text[at] === '!' && text[at + 1] !== '=') at++;
  const annotation = sticky(ANNOTATION, text, at);
  const annotated = annotation === null ? [] : literalsOf(text, annotation);
  if (annotated.length > 0) return annotated;
  const separator = sticky(SEPARATOR, text, at);
  if (separator === null) return [];
  const literals = literalsOf(text, separator);
  return literals.length > 0 ? literals : bareSecrets(text, key, at, separator);
}

/** `os.getenv("REDIS_PASSWORD", "x")`, `config.get('redis.password', 'x')`: the second argument is a literal secret. */
function fallbackOfLookup(text: string, key: Range, comma: number): Range[] {
  const before = text.slice(Math.max(0, key.start - 60), key.start);
  if (!/(?:env|get|default|config|settings?|str|environ)\w*\(\s*\\?["'`][\w.:/-]*$/i.test(before)) return [];
  return literalsOf(text, comma + 1);
}

/** Wrappers whose argument is the value itself, not the name under which it is kept. */
const CONVERTS =
  /(?:^|[^\w])(?:String|str|bytes|Secret\w*|from|encodeURIComponent|quote|quote_plus|unquote|b64decode|atob|btoa)$/;
const LOOKUP = /(?:env|get|default|config|settings?|str|environ)\w*$/i;
const KEYWORD_ARGUMENT = /(?:default|fallback)\s*[:=]\s*$/;

/**
 * Literals that can be the value of the expression at `from`: its first literal, alternatives (`a || 'x'`,
 * `c ? 'x' : 'y'`, `'x' if c else 'y'`), parts of a sum, arguments of a conversion and defaults of a lookup.
 */
function literalsOf(text: string, from: number): Range[] {
  const found: Range[] = [];
  const limit = Math.min(text.length, from + REACH);
  const calls: ('lookup' | 'converts' | 'other')[] = [];
  let expected = true;
  for (let i = skipSpace(text, from); i < limit; ) {
    const char = text[i] ?? '';
    const literal = literalAt(text, i, expected ? text.length : limit);
    if (literal) {
      if (expected) found.push(...literal.secrets);
      expected = false;
      i = literal.end;
      if (i >= limit) break;
    } else if (char === '(') {
      const callee = text.slice(Math.max(from, i - 30), i);
      calls.push(CONVERTS.test(callee) ? 'converts' : LOOKUP.test(callee) ? 'lookup' : 'other');
      expected = calls.at(-1) === 'converts' || i === skipSpace(text, from);
      i++;
    } else if (char === ')') {
      if (calls.pop() === undefined) break;
      expected = false;
      i++;
    } else if (char === ',' && calls.length > 0) {
      expected = calls.at(-1) === 'lookup';
      i = skipSpace(text, i + 1);
    } else if (/[,;{}\]\n]/.test(char)) {
      if (char !== '\n' || !continues(text, i)) break;
      i = skipSpace(text, i);
    } else {
      const step = operatorOrWord(text, i);
      expected = step.expects ?? (KEYWORD_ARGUMENT.test(text.slice(Math.max(from, i - 12), i + 1)) || expected);
      i = step.end;
    }
  }
  return found;
}

const OPERATOR = /(?:\|\||\?\?|&&|[?:+])\s*/y;
const WORD = /[A-Za-z_$][\w$]*/y;

/** One operator (a value may follow), one word (none follows, but for `or`, `else`), or one other character. */
function operatorOrWord(text: string, at: number): { end: number; expects: boolean | null } {
  const operator = sticky(OPERATOR, text, at);
  if (operator !== null) return { end: operator, expects: true };
  const word = sticky(WORD, text, at);
  if (word !== null) return { end: word, expects: /^(?:or|else|await|return)$/.test(text.slice(at, word)) };
  return { end: at + 1, expects: null };
}

/** A line break inside an expression: the next line begins with an operator. Diff marks at its start are passed over. */
function continues(text: string, at: number): boolean {
  return /^\n[ \t+-]*(?:\|\||\?\?|[?:]\s|or\b|else\b)/.test(text.slice(at, at + 120));
}

const SPACE = /\s*(?:\n[+-][ \t]*)?/y;

function skipSpace(text: string, at: number): number {
  return sticky(SPACE, text, at) ?? at;
}

const OPEN = /([rRbBuUfF]{0,2})(\\?)("""|'''|["'`])/y;

/** The string literal that begins at `at`, its secret parts and its end; an unclosed one ends with its line. */
function literalAt(text: string, at: number, limit: number): { secrets: Range[]; end: number } | null {
  OPEN.lastIndex = at;
  const open = OPEN.exec(text);
  if (!open) return null;
  const [, prefix = '', backslash = '', quote = ''] = open;
  const start = OPEN.lastIndex;
  const end = endOfLiteral(text, start, backslash + quote, limit);
  const braces = /f/i.test(prefix);
  return {
    secrets: literalParts(text, start, end, braces),
    end: Math.min(end + backslash.length + quote.length, text.length),
  };
}

function endOfLiteral(text: string, start: number, quote: string, limit: number): number {
  const manyLines = quote.length === 3 || quote === '`';
  for (let i = start; i < limit; i++) {
    if (text.startsWith(quote, i)) return i;
    if (text[i] === '\\') i++;
    else if (text[i] === '\n' && !manyLines) return i;
  }
  return limit;
}

/** End of a match of a sticky expression at `at`; null when there is none. */
function sticky(expression: RegExp, text: string, at: number): number | null {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : null;
}
