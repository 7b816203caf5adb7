/** TLS of a database as code: on, off, by a condition, with settings that the environment holds. */

import { conditionCode, quote, type Written } from './conditions.js';

/** The value of the option `tls` for an identity term; null when one of its parts cannot be written down. */
export function tlsCode(term: string, written: Written): string | null {
  return choiceCode(term, written, plainCode) ?? plainCode(term, written);
}

/** Whether the term is one of those that `tlsCode` can write, whatever reads are written like. */
export function isWritableTls(term: string): boolean {
  return tlsCode(term, (read) => read) !== null;
}

/** The value of node-redis' `socket.tls`, which is only on or off; null when it has settings of its own or cannot be written. */
export function tlsFlagCode(term: string, written: Written): string | null {
  return choiceCode(term, written, flagCode) ?? flagCode(term);
}

/** Whether `tlsFlagCode` can write the term, whatever reads are written like. */
export function isWritableTlsFlag(term: string): boolean {
  return tlsFlagCode(term, (read) => read) !== null;
}

function flagCode(term: string): string | null {
  return term === 'default' ? 'undefined' : term === 'literal:true' ? 'true' : null;
}

function plainCode(term: string, written: Written): string | null {
  if (term === 'default') return 'undefined';
  if (term === 'literal:true') return '{}';
  const inside = settingsText(term);
  if (inside === null) return null;
  const settings = split(inside, ',').map((setting) => settingCode(setting, written));
  return settings.includes(null) ? null : `{ ${settings.join(', ')} }`;
}

/** `{ca=…,cert=…}` of `literal:{…}`, which is quoted as a branch of a condition; null when it is something else. */
function settingsText(term: string): string | null {
  const literal = /^literal:(.*)$/s.exec(term)?.[1] ?? '';
  const text: unknown = /^"(?:[^"\\]|\\.)*"$/s.test(literal) ? JSON.parse(literal) : literal;
  return typeof text === 'string' ? (/^\{(.*)\}$/s.exec(text)?.[1] ?? null) : null;
}

function settingCode(setting: string, written: Written): string | null {
  const [, key = '', term = ''] = /^([A-Za-z]+)=(.*)$/s.exec(setting) ?? [];
  const value = key === '' ? null : valueCode(term, written);
  return value === null ? null : `${key}: ${value}`;
}

/**
 * `env:CA`, `Buffer.from(env:CA,"base64")`, `if(env:CA)?…:default`. What is written in the code, such as checks that are
 * off, is for a person.
 */
function valueCode(term: string, written: Written): string | null {
  if (term === 'default') return 'undefined';
  const decoded = /^Buffer\.from\(([^(),]+),"(base64|base64url|hex|utf8|utf-8)"\)$/.exec(term);
  if (decoded) {
    const read = readCode(decoded[1] ?? '', written);
    return read === null ? null : `Buffer.from(${read}, ${quote(decoded[2] ?? '')})`;
  }
  return choiceCode(term, written, valueCode) ?? readCode(term, written);
}

/** A conditional term as code, its branches as `branch` writes them; null: it is no condition, or not writable. */
function choiceCode(term: string, written: Written, branch: (term: string, written: Written) => string | null) {
  const chosen = choiceOf(term);
  if (chosen === null) return null;
  const condition = conditionCode(chosen.condition, written);
  const then = branch(chosen.yes, written);
  const other = branch(chosen.no, written);
  return condition === null || then === null || other === null ? null : `${condition} ? ${then} : ${other}`;
}

function readCode(term: string, written: Written): string | null {
  return /^(?:env|config):[^|()=<>&!,]+$/.test(term) ? written(term) : null;
}

/** `if(condition)?then:default` or `if(condition)?default:other` taken apart; null for any other term. */
function choiceOf(term: string): { condition: string; yes: string; no: string } | null {
  const end = term.startsWith('if(') ? endOf(term, 'if('.length, ')') : -1;
  if (end < 0 || term[end + 1] !== '?') return null;
  const condition = term.slice('if('.length, end);
  const rest = term.slice(end + 2);
  const [off, on] = ['default:', ':default'];
  if (rest.startsWith(off)) return { condition, yes: 'default', no: rest.slice(off.length) };
  return rest.endsWith(on) ? { condition, yes: rest.slice(0, -on.length), no: 'default' } : null;
}

/** Pieces between separators that stand outside of brackets and quotes. */
function split(text: string, separator: string): string[] {
  const end = endOf(text, 0, separator);
  return end < 0 ? [text] : [text.slice(0, end), ...split(text.slice(end + 1), separator)];
}

/** Where `sign` stands first from `start` on, outside of brackets and quotes; -1: nowhere. */
function endOf(text: string, start: number, sign: string): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    const here = text[index];
    if (depth === 0 && here === sign) return index;
    if (here === '"') index = closingQuote(text, index);
    else if (here === '(' || here === '{') depth += 1;
    else if (here === ')' || here === '}') depth -= 1;
  }
  return -1;
}

function closingQuote(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}
