/** Secrets without quotes: `.env` lines, YAML, query and connection strings. The same shape may be code: then it stays. */

import { literalParts, type Range } from './ranges.js';

/** What stands before a key at the start of a line: a diff mark, a list mark, `export`, `ENV`, a quote, a dotted prefix. */
const LINE_START = /\n[ \t]*[+-]?[ \t]*(?:-[ \t]+)?(?:(?:export|ENV|ARG|set)[ \t]+)?\\?["']?[\w.$-]*$/;
/** Types, constants and words that begin an expression: code, not a secret. */
const CODE_WORD =
  /^(?:string|str|number|int|boolean|bool|bytes|buffer|uint8array|any|unknown|object|none|null|undefined|true|false|void|never|await|new|not|lambda|function|async|self|this|yes|no|~)\b/i;
const REFERENCE = /^(?:process\.env|import\.meta|os\.(?:environ|getenv)|\$[\w(]|%\(|\{\{|<%)/;
const CHAIN = /^!*[A-Za-z_$][\w$]*(?:(?:\?\.|\.|\[)[\w$'"\]]+)*!?$/;
const SETTINGS =
  /^(?:process|settings|config|conf|cfg|env|opts?|options|args|params|props|ctx|context|app|os|req|url|parsed)\b/;
const SECRET_WORD = /pass|pwd|secret|token|auth|key|cred/i;
/** A value without quotes is read no further than this. */
const LONGEST = 1000;

/** Ranges of an unquoted secret behind `key`; its separator lies between `at` and `after`. */
export function bareSecrets(text: string, key: Range, at: number, after: number): Range[] {
  const separator = text.slice(at, after).trim();
  const begin = Math.max(0, key.start - 60);
  const lead = (begin === 0 ? '\n' : '') + text.slice(begin, key.start);
  const lineStart = LINE_START.test(lead);
  if (separator === ':') return lineStart && /[ \t]/.test(text[after] ?? '') ? settingLine(text, after) : [];
  if (separator !== '=' || after !== at + 1) return [];
  const upper = /^[A-Z0-9_]+$/.test(text.slice(key.start, key.end));
  if (/[?&;][\w.-]*$/.test(lead)) return value(text, after, /[&;\s"'`#]/g);
  if (upper) return value(text, after, lineStart ? /[\n"'`]|[ \t]#/g : /[\s"'`,;)]/g);
  return lineStart ? settingLine(text, after) : connectionString(text, after);
}

/** `password: hunter2` or `password=hunter2` as a line of its own. */
function settingLine(text: string, after: number): Range[] {
  const start = skipBlanks(text, after);
  let end = endAt(text, start, /\n|[ \t]#/g);
  while (end > start && /[\s,]/.test(text[end - 1] ?? '')) end--;
  const words = text.slice(start, end);
  if (/^[{[&*|>!"'`(]/.test(words) || /[;{([]$|=>/.test(words)) return [];
  if (text[end] === ',' && !/^\d+$/.test(words)) return [];
  return isCode(words) ? [] : literal(text, start, end);
}

/** `host=h password=x`; a keyword argument of code is followed by `,`, `)` or `;`. */
function connectionString(text: string, after: number): Range[] {
  const end = endAt(text, after, /[\s"'`,;)&]/g);
  const word = text.slice(after, end);
  if (isCode(word) || /[([{]/.test(word) || (/[,;)]/.test(text[end] ?? '') && CHAIN.test(word))) return [];
  return literal(text, after, end);
}

/** A reference: it begins as one, or one of its names says that the value comes from elsewhere. */
function isCode(words: string): boolean {
  if (CODE_WORD.test(words)) return true;
  const chain = words.replace(/[)\]}]+$/, '');
  return CHAIN.test(chain) && (SECRET_WORD.test(chain) || (SETTINGS.test(chain) && /[.[]/.test(chain)));
}

function value(text: string, start: number, stop: RegExp): Range[] {
  return literal(text, start, endAt(text, start, stop));
}

function literal(text: string, start: number, end: number): Range[] {
  const begins = text.slice(start, Math.min(end, start + 20));
  if (begins.startsWith('${')) return literalParts(text, start, end);
  return end <= start || REFERENCE.test(begins) ? [] : literalParts(text, start, end);
}

function skipBlanks(text: string, at: number): number {
  let i = at;
  while (text[i] === ' ' || text[i] === '\t') i++;
  return i;
}

function endAt(text: string, from: number, stop: RegExp): number {
  const found = stop.exec(text.slice(from, from + LONGEST));
  return found ? from + found.index : Math.min(text.length, from + LONGEST);
}
