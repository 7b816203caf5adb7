/**
 * Security findings of where and how clients connect (redis-semantics 6): what the arguments of openings in production
 * code say. Hosts are named, credentials never.
 */

import type { Finding, Severity } from '../model/site.js';
import type { At, Known, Opening, Trace } from '../model/traced.js';
import { type Effective, effectiveOptions, settingOf } from './arguments.js';
import { alternatives, isAbsent, textOf, unconverted } from './known.js';
import { compare } from './order.js';
import { urlParts } from './urls.js';

/** Findings of the openings for which `isProduction` holds, in the order of files and lines. */
export function addressFindings({ openings }: Trace, isProduction: (file: string) => boolean): Finding[] {
  const found = new Map<string, Finding>();
  for (const opening of openings) {
    if (!isProduction(opening.file) || opening.duplicates !== null) continue;
    for (const way of effectiveOptions(opening, openings)) {
      if (way.unresolved !== null) continue;
      for (const one of [...unchecked(opening, way), ...hostsOf(opening, way).flatMap(ofHost)]) {
        const key = `${one.file}\0${String(one.line).padStart(8, '0')}\0${one.code}`;
        if (!found.has(key)) found.set(key, one);
      }
    }
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, finding]) => finding);
}

function finding(code: string, severity: Severity, { file, line }: At, message: string): Finding {
  return { code, severity, file, line, message };
}

/** Options that say whether the server's certificate is looked at, and the values with which it is not. */
const CHECKS: Readonly<Record<string, (value: Known) => boolean>> = {
  rejectUnauthorized: (value) => value.kind === 'literal' && value.value === false,
  checkServerIdentity: (value) => value.kind === 'function',
  ssl_cert_reqs: (value) =>
    (value.kind === 'literal' && (value.value === null || value.value === 'none')) ||
    (value.kind === 'config' && value.path.endsWith('CERT_NONE')),
  ssl_check_hostname: (value) => value.kind === 'literal' && value.value === false,
};

function unchecked(opening: Opening, way: Effective): Finding[] {
  const tls = settingOf(opening, way, 'tls')?.value;
  const inside = tls ? alternatives(tls).flatMap((one) => (one.kind === 'object' ? one.entries : [])) : [];
  const beside = Object.entries(way.settings).map(([key, { value }]) => ({ key, value, at: value.at }));
  return [...inside, ...beside].flatMap(({ key, value, at }) => {
    const isOff = CHECKS[key.replace(/^socket\./, '')];
    if (!isOff || !alternatives(value).some(isOff)) return [];
    const name = key.replace(/^socket\./, '');
    const message = `\`${name}\` turns a check of the server’s certificate off: whoever is between can read and answer.`;
    return [finding('tls-unchecked', 'high', at.line > 0 ? at : opening.at, message)];
  });
}

/** A host that an opening may lead to. */
interface Host {
  name: string;
  at: At;
  /** What the host stands in for, when that is not set: `$REDIS_URL`. */
  insteadOf: string | null;
  tls: boolean;
  password: boolean;
}

function ofHost({ name, at, insteadOf, tls, password }: Host): Finding[] {
  if (isLoopback(name)) {
    if (insteadOf === null) return [];
    const message = `Where ${insteadOf} is not set, the client goes to ${name} without a word.`;
    return [finding('localhost-fallback', 'medium', at, message)];
  }
  // A name without a dot is a service of a private network: it says nothing of where that is.
  if (!/[.:]/.test(name)) return [];
  const found: Finding[] = [];
  if (!tls) {
    const severity = CLOUD.test(name) ? 'high' : 'medium';
    found.push(finding('plain-connection', severity, at, `The connection to ${name} is not encrypted.`));
  }
  if (!password) found.push(finding('no-credentials', 'medium', at, `The connection to ${name} has no password.`));
  if (PRIVATE.test(name)) {
    found.push(
      finding('private-address', 'low', at, `${name} is an address of a private network, written in the code.`),
    );
  }
  return found;
}

const CLOUD =
  /\.(?:cache\.amazonaws\.com|redis\.cache\.windows\.net|upstash\.io|redislabs\.com|redis-cloud\.com|redns\.redis-cloud\.com|db\.ondigitalocean\.com|render\.com|aivencloud\.com)$/i;
const PRIVATE = /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)|\.(?:internal|local)$/i;

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i.test(host);
}

function hostsOf(opening: Opening, way: Effective): Host[] {
  const given = (part: 'user' | 'password') => {
    const value = settingOf(opening, way, part)?.value;
    return !isAbsent(value) && textOf(value) !== '' && !(value?.kind === 'literal' && value.value === null);
  };
  const tls = settingOf(opening, way, 'tls')?.value;
  const encrypted = way.tlsScheme || (!isAbsent(tls) && !(tls?.kind === 'literal' && !tls.value));
  const common = { tls: encrypted, password: given('user') || given('password') };
  const host = settingOf(opening, way, 'host')?.value;
  const named = host ? texts(host).map((one) => ({ ...one, name: one.text, ...common })) : [];
  const urls = way.url ? texts(way.url) : [];
  return [
    ...named,
    ...urls.flatMap(({ text, at, insteadOf }): Host[] => {
      const parts = urlParts({ kind: 'literal', value: text, at });
      const name = textOf(parts?.host);
      if (!parts || name === null) return [];
      const password = common.password || (parts.password !== undefined && textOf(parts.password) !== '');
      return [{ name, at, insteadOf, tls: parts.tls || encrypted, password }];
    }),
  ];
}

/** Texts that a value can be, defaults of variables among them. */
function texts(known: Known, insteadOf: string | null = null): { text: string; at: At; insteadOf: string | null }[] {
  return alternatives(known).flatMap((one) => {
    const inner = unconverted(one);
    if (inner?.kind === 'env' || inner?.kind === 'config') {
      const name = inner.kind === 'env' ? `$${inner.name}` : inner.path;
      return inner.fallback ? texts(inner.fallback, insteadOf ?? name) : [];
    }
    const text = textOf(one);
    return text === null || text === '' ? [] : [{ text, at: one.at, insteadOf }];
  });
}
