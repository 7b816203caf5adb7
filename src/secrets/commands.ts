/** Secrets that a position gives away: arguments of Redis commands, of command lines and of calls. */

import { literalParts, type Range } from './ranges.js';

interface Rule {
  /** The last group is the secret. */
  find: RegExp;
  /** What only looks like a secret. */
  unless?: RegExp;
}

const PROSE =
  /^(?:is|was|failed|failure|errors?|required|command|called|needed|not|must|with|without|to|and|or|for|the|an?|mode|token)\b/i;
const STRING = String.raw`(?:[rRbBuUfF]{0,2}["'\`]([^"'\`\n]*)["'\`])`;

/** Each expression is linear: no two neighbouring parts of it can match the same character, and gaps are bounded. */
const RULES: Rule[] = [
  // AUTH pw · AUTH user pw, as a line, a quoted command or after a prompt
  {
    find: /(?:^|["'`>])[ \t]{0,20}AUTH[ \t]{1,20}([^\s"'`\\]{1,500})(?![^\s"'`\\])(?![ \t]+[^\s"'`\\])/gm,
    unless: PROSE,
  },
  { find: /(?:^|["'`>])[ \t]{0,20}AUTH[ \t]{1,20}[^\s"'`\\]{1,500}[ \t]{1,20}([^\s"'`\\]{1,500})/gm, unless: PROSE },
  // ['AUTH', 'pw'] · call('AUTH', 'user', 'pw')
  { find: new RegExp(String.raw`["'\`]AUTH["'\`]\s{0,20},\s{0,20}(?:${STRING}\s{0,20},\s{0,20})?${STRING}`, 'gi') },
  // client.auth('pw') · client.auth('user', 'pw')
  {
    find: new RegExp(
      String.raw`\.(?:auth|setPassword|set_password)\s{0,20}\(\s{0,20}(?:${STRING}\s{0,20},\s{0,20})?${STRING}`,
      'g',
    ),
  },
  // redis-server --requirepass pw, also as an array of arguments
  {
    find: /--(?:pass|password|requirepass|masterauth|auth|token|secret|api-key)["']?(?:=|[\s,]{1,20})["']?([^\s"',\]-][^\s"',\]]{0,500})/g,
    unless: PROSE,
  },
  { find: /redis-cli\b[^\n]{0,120}?[ \t]-a[ \t]{1,20}["']?([^\s"']{1,500})/g },
  { find: /^[ \t+-]{0,40}(?:requirepass|masterauth)[ \t]{1,20}["']?([^\s"':=][^\s"']{0,500})/gm },
  { find: /\bBearer[ \t]{1,20}(?=[^\s"'`]{0,60}\d)([\w.~+/=-]{8,2000})/g },
];

/** Ranges of those secrets; the last argument when there are several. */
export function commandSecrets(text: string): Range[] {
  const found: Range[] = [];
  for (const { find, unless } of RULES) {
    for (const match of text.matchAll(find)) {
      const secret = match.at(-1);
      if (secret === undefined || secret === '' || unless?.test(secret)) continue;
      const start = match.index + match[0].lastIndexOf(secret);
      found.push(...literalParts(text, start, start + secret.length));
    }
  }
  return [...found, ...positionalSecrets(text)];
}

/** Fourth positional argument of redis-py's constructor: `Redis('host', 6379, 0, 'pw')`. */
function positionalSecrets(text: string): Range[] {
  const found: Range[] = [];
  const fourth =
    /\bRedis\(\s{0,40}[^,()=\n'"]{0,20}["']?[^,()=\n'"]{0,80}["']?\s{0,20},[^,()=\n]{1,80},[^,()=\n]{1,80},\s{0,40}["']([^"'\n]{1,500})["']/g;
  for (const match of text.matchAll(fourth)) {
    const secret = match[1] ?? '';
    const start = match.index + match[0].length - 1 - secret.length;
    found.push(...literalParts(text, start, start + secret.length));
  }
  return found;
}
