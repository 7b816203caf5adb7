/** Hides credentials in any text before it is shown, logged or stored. Works in one pass over the text, whatever is in it. */

import { commandSecrets } from './secrets/commands.js';
import { keySecrets } from './secrets/keys.js';
import { MASK, type Range } from './secrets/ranges.js';
import { urlSecrets } from './secrets/urls.js';

/**
 * The text with each secret replaced by `***`: passwords in URLs, literals given to keys that name a secret (`password`,
 * `apiKey`, `REDIS_PASSWORD=`), and arguments of commands (`AUTH`, `--requirepass`). References to where a secret is kept
 * (`process.env.X`, `${x}`) are no secrets and stay. Masking twice changes nothing more. Never throws.
 */
export function mask(text: string): string {
  return maskReport(text).text;
}

/** Without one of these no rule can find anything: most texts are done after this look. */
const MAY_HOLD_SECRET = /:\/\/|pass|pwd|pw|secret|token|auth|key|cred|bearer|redis\(|redis-cli/i;

/** Like `mask`, and says whether anything was hidden: a masked diff cannot be applied. */
export function maskReport(text: string): { text: string; masked: boolean } {
  if (!MAY_HOLD_SECRET.test(text)) return { text, masked: false };
  const ranges = merged([...urlSecrets(text), ...keySecrets(text), ...commandSecrets(text)]);
  let out = '';
  let at = 0;
  let masked = false;
  for (const { start, end } of ranges) {
    if (text.slice(start, end) === MASK) continue;
    out += text.slice(at, start) + MASK;
    at = end;
    masked = true;
  }
  return { text: out + text.slice(at), masked };
}

/** The same value with every string in it masked, keys left alone: for reports that are printed as JSON. */
export function maskDeep<T>(value: T, except: ReadonlySet<string> = new Set()): T {
  return deep(value, except) as T;
}

function deep(value: unknown, except: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, except));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, except.has(key) ? item : deep(item, except)]),
  );
}

/** In order, without overlap: what two rules found becomes one. */
function merged(ranges: Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1);
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end);
    else out.push({ ...range });
  }
  return out;
}
