/**
 * Which database an opening leads to. A URL that only the environment (or a settings object) holds gives all of server,
 * user, TLS and database at once: each of these terms is then the name of the URL. An option beside such a URL counts
 * only where the URL says nothing, which is unknown until it runs: the term is `env:REDIS_URL|literal:2`, "the URL's,
 * else 2". Two sites with the same such term open the same thing, so they can still be compared.
 * `tls` is the exception: ioredis applies the scheme last, so an explicit option always wins over the URL.
 */

import type { AddressPart } from '../model/library.js';
import type { Identity, IdentityTerms } from '../model/site.js';
import type { Known, Opening } from '../model/traced.js';
import { type Effective, effectiveOptions, type Setting, settingOf } from './arguments.js';
import { DEFAULT_HOST, keyOf } from './identity-keys.js';
import { alternatives, isAbsent, isNumeric, mayBe, textOf, unconverted } from './known.js';
import {
  chosenTerm,
  commonTerm,
  DEFAULT,
  isUnknown,
  passwordTerm,
  termBy,
  termOf,
  tlsTerm,
  truthTerm,
  UNKNOWN,
} from './terms.js';
import { nodesTerm } from './topology.js';

const DEFAULT_PORT = 'literal:6379';

const NOTHING: Omit<IdentityTerms, 'library'> = {
  server: UNKNOWN,
  user: UNKNOWN,
  password: UNKNOWN,
  tls: UNKNOWN,
  database: UNKNOWN,
  prefix: UNKNOWN,
  decode: UNKNOWN,
};

/** Identity of an opening. The key is null when one of the terms is unknown. */
export function identityOf(opening: Opening, openings: readonly Opening[]): Identity {
  const ways = opening.makes === 'unknown' ? [] : effectiveOptions(opening, openings);
  const secrets = secretsOf(opening, openings);
  const all = ways.map((way) => ({ when: way.when, terms: termsOf(opening, way, secrets) }));
  const term = (name: Exclude<keyof IdentityTerms, 'library'>) =>
    termOfWays(all.map(({ when, terms }) => ({ when, term: terms[name] })));
  const terms: IdentityTerms = {
    server: term('server'),
    user: term('user'),
    password: term('password'),
    tls: term('tls'),
    database: term('database'),
    prefix: term('prefix'),
    decode: term('decode'),
    library: opening.library,
  };
  return { key: keyOf(terms), terms };
}

/** One term of all ways: the one that they share, else the one that their conditions choose. */
function termOfWays(ways: readonly { when: Effective['when']; term: string }[]): string {
  const common = commonTerm(ways.map(({ term }) => term));
  const text = ways[0]?.when?.[0]?.text;
  if (common !== UNKNOWN || text === undefined || ways.some(({ term }) => isUnknown(term))) return common;
  const where = (holds: boolean) =>
    ways
      .filter(({ when }) => when?.some((one) => one.text === text && one.holds === holds))
      .map(({ when, term }) => ({ when: when?.filter((one) => one.text !== text) ?? null, term }));
  const [yes, no] = [where(true), where(false)];
  if (yes.length + no.length !== ways.length) return UNKNOWN;
  return chosenTerm({ text, holds: true }, termOfWays(yes), termOfWays(no));
}

/**
 * Where the password of an opening is from, as a term without any secret: beside a URL that only the environment knows,
 * what counts where that URL has none. Hidden (`literal:***`) when one of several ways has it written in the code.
 */
export function passwordOf(opening: Opening, openings: readonly Opening[]): string {
  const terms = effectiveOptions(opening, openings).map((way) => ({
    when: way.when,
    term: passwordTerm(settingOf(opening, way, 'password')?.value),
  }));
  return terms.find(({ term }) => term.includes('***'))?.term ?? termOfWays(terms);
}

/** Passwords that are written in the code, in the order of the openings: what `secret:<n>` counts. */
function secretsOf(opening: Opening, openings: readonly Opening[]): readonly string[] {
  const known = SECRETS.get(openings);
  if (known) return known;
  const all = openings.length === 0 ? [opening] : openings;
  const found = new Set(
    all.flatMap((one) =>
      effectiveOptions(one, openings).flatMap(({ settings }) => {
        const password = settings.password?.value;
        return password ? alternatives(password).flatMap(writtenTexts) : [];
      }),
    ),
  );
  if (openings.length > 0) SECRETS.set(openings, [...found]);
  return [...found];
}

const SECRETS = new WeakMap<readonly Opening[], readonly string[]>();

function writtenTexts(known: Known): string[] {
  if (known.kind === 'env' || known.kind === 'config') {
    return known.fallback ? alternatives(known.fallback).flatMap(writtenTexts) : [];
  }
  const text = known.kind === 'literal' ? String(known.value) : textOf(known);
  return text === null ? [] : [text];
}

function termsOf(opening: Opening, way: Effective, secrets: readonly string[]): Omit<IdentityTerms, 'library'> {
  if (way.unresolved !== null) return NOTHING;
  const of = (part: AddressPart) => settingOf(opening, way, part);
  return {
    server: serverTerm(way, of),
    user: urlTerm(way, of('user'), userTerm),
    password: urlTerm(way, way.settings.password ?? way.settings.auth_pass, (known) => passwordTerm(known, secrets)),
    tls: tlsOf(way, of('tls')?.value),
    database: databaseOf(way, of('database')),
    prefix: prefixTerm(of('prefix')?.value),
    decode: truthTerm(of('decode')?.value),
  };
}

function serverTerm(way: Effective, of: (part: AddressPart) => Setting | undefined): string {
  const [host, port, path] = [of('host'), of('port'), of('path')?.value];
  if (way.nodes) return nodesTerm(way.nodes);
  const { sentinels } = way.settings;
  if (sentinels && termOf(sentinels.value) !== DEFAULT) return UNKNOWN;
  if (way.url !== null) {
    const overridden = [host, port].some((setting) => setting?.beatsUrl) || path !== undefined;
    return overridden ? UNKNOWN : termOf(way.url);
  }
  if (path !== undefined && termOf(path) !== DEFAULT) return prefixed('unix:', termOf(path));
  const portValue = port && orElse(port.value);
  return termBy(host?.value, (one, assumed) => {
    const hostTerm = termOf(one);
    return termBy(portValue, (other) => addressTerm(hostTerm, termOf(other)), assumed);
  });
}

function addressTerm(host: string, port: string): string {
  if (host === DEFAULT && port === DEFAULT) return DEFAULT;
  return joined(host === DEFAULT ? DEFAULT_HOST : host, port === DEFAULT ? DEFAULT_PORT : port);
}

/** `literal:localhost:6379` for two literals, else both terms: `env:REDIS_HOST:env:REDIS_PORT`. */
function joined(host: string, port: string): string {
  if (isUnknown(host) || isUnknown(port)) return UNKNOWN;
  const bothLiteral = host.startsWith('literal:') && port.startsWith('literal:');
  return `${host}:${bothLiteral ? port.slice('literal:'.length) : port}`;
}

/** `Number(x) || 6379` is `Number(x || 6379)` but for zero, which is no port; of databases the default must be zero. */
function orElse(known: Known): Known {
  const [read, fallback] = known.kind === 'choice' && known.test === known.of[0] ? known.of : [];
  const inner = read?.kind === 'converted' && isNumeric(read) ? unconverted(read) : null;
  if (inner?.kind !== 'env' && inner?.kind !== 'config') return known;
  return inner.fallback === null && fallback?.kind === 'literal' ? { ...inner, fallback, or: true } : known;
}

function prefixed(prefix: string, term: string): string {
  return term.startsWith('literal:') ? `literal:${prefix}${term.slice('literal:'.length)}` : `${prefix}${term}`;
}

/** Term of an option that a URL can give as well. */
function urlTerm(way: Effective, setting: Setting | undefined, own: (known: Known | undefined) => string): string {
  const term = own(setting?.value);
  if (way.url === null) return term;
  if (setting?.beatsUrl) return mayBe(setting.value, isAbsent) ? UNKNOWN : term;
  const url = termOf(way.url);
  return term === DEFAULT ? url : `${url}|${term}`;
}

/** The user `default` is the one that a connection without a name has. */
function userTerm(known: Known | undefined): string {
  return termBy(known, (one) => {
    const term = termOf(one);
    return term === 'literal:' || term === 'literal:default' ? DEFAULT : term;
  });
}

/** A cluster has one database: another number is refused when the client is made or at its first command. */
function databaseOf(way: Effective, setting: Setting | undefined): string {
  const term = urlTerm(way, setting, databaseTerm);
  return way.nodes?.kind === 'cluster' && term !== DEFAULT ? UNKNOWN : term;
}

function databaseTerm(known: Known | undefined): string {
  const [, fallback] = known?.kind === 'choice' ? known.of : [];
  const zero = fallback?.kind === 'literal' && Number(fallback.value) === 0;
  return termBy(known && zero ? orElse(known) : known, databaseLeaf);
}

function databaseLeaf(known: Known | undefined): string {
  const text = textOf(known);
  if (text !== null && !/^\d+$/.test(text)) return UNKNOWN;
  const term = text === null ? termOf(known) : `literal:${Number(text)}`;
  return term === 'literal:0' ? DEFAULT : term;
}

function prefixTerm(known: Known | undefined): string {
  return termBy(known, (one) => {
    const term = termOf(one);
    return term === 'literal:' ? DEFAULT : term;
  });
}

function tlsOf(way: Effective, option: Known | undefined): string {
  const base = way.url !== null ? termOf(way.url) : way.tlsScheme ? 'literal:true' : DEFAULT;
  return termBy(option, (one) => (isAbsent(one) ? base : tlsTerm(one)));
}
