/**
 * How node-redis 4 to 6 reads its arguments (@redis/client 1.6.1, 5.12.1, 6.3.1 dist/lib/client/index.js): one options
 * object; what its `url` says beats `socket`, `username`, `password` and `database`; every other argument, and options
 * of redis 3 at its top, are ignored: the client then opens localhost:6379 (redis-semantics fact 3). Up to 3:
 * `arguments-node-redis-3.ts`.
 */

import { does, redisLibrary, within } from '../libraries/index.js';
import type { RedisLibrary } from '../model/library.js';
import type { Known } from '../model/traced.js';
import { branches, type Effective, emptyOptions, unresolved } from './arguments.js';
import { oldNodeRedisOptions } from './arguments-node-redis-3.js';
import { given, isAbsent, textOf, unconverted } from './known.js';
import { socketParts, urlParts } from './urls.js';

type Row = Extract<Known, { kind: 'object' }>;

/** Every way that the options of a row of arguments (without choices) can turn out: two when the version decides. */
export function nodeRedisOptions(name: string, args: readonly Known[], version: string | null): Effective[] {
  const library = redisLibrary(name);
  if (!library) return [unresolved('the library is not known')];
  const modern = does(library, 'one-options-object', version);
  const ways: Effective[] = [];
  if (modern !== 'never') {
    // Where the version is not known, this reading supposes one that reads so.
    const supposed = library.habits['one-options-object']?.versions ?? null;
    const read = (row: Known | undefined, when: Effective['when']): Effective =>
      modern === 'always' || supposed === null
        ? { ...fromOptions(library, row, version), when }
        : { ...fromOptions(library, row, supposed), when: null, version: supposed };
    ways.push(...forms(args[0]).map(({ row, when }) => read(row, when)));
  }
  if (modern !== 'always') {
    const old = oldNodeRedisOptions(library, args, version);
    ways.push(modern === 'never' ? old : { ...old, version: '<4.0.0' });
  }
  return ways;
}

/** The options once for each URL and socket that can be in them, and when they are so. */
function forms(first: Known | undefined): { row: Known | undefined; when: Effective['when'] }[] {
  if (first?.kind !== 'object') return [{ row: first, when: [] }];
  let rows: { row: Row; when: Effective['when'] }[] = [{ row: { ...first, entries: [] }, when: [] }];
  for (const entry of first.entries) {
    const decides = entry.key === 'url' || entry.key === 'socket';
    rows = rows.flatMap(({ row, when }) => {
      const values = decides ? branches(entry.value, when) : [{ value: given(entry.value), when }];
      return values.map((one) => ({
        row: { ...row, entries: [...row.entries, { ...entry, value: one.value }] },
        when: one.when,
      }));
    });
  }
  return rows;
}

/** Options of a duplicate: those of its source, as given, with the overrides on top, read once more. */
export function duplicatedNodeRedis(name: string, given: Row, override: Row, version: string | null): Effective[] {
  return nodeRedisOptions(name, [{ ...given, entries: [...given.entries, ...override.entries] }], version);
}

function fromOptions(library: RedisLibrary, first: Known | undefined, version: string | null): Effective {
  if (first === undefined || isAbsent(first)) {
    return { ...emptyOptions(), given: { kind: 'object', entries: [], open: false, at: first?.at ?? NOWHERE } };
  }
  const named = unconverted(first);
  const text = ['literal', 'template', 'env', 'converted'].includes(first.kind);
  if (text || named?.kind === 'env') {
    return ignored(library, 'one options object is read, what is given is ignored', first);
  }
  if (first.kind !== 'object') return unresolved(notKnown(first));
  if (first.open) return unresolved('something unknown is spread into the options');
  return { ...readOptions(library, first, version), given: first };
}

const NOWHERE = { file: '', line: 0, column: 0 };

function notKnown(known: Known): string {
  if (known.kind === 'parameter') return `parameter ${known.name} of ${known.of} decides`;
  return known.kind === 'unknown' ? known.why : 'the options are not known';
}

/** What looks like an address and is none: it opens the default address instead. */
function ignored(library: RedisLibrary, what: string, known: Known): Effective {
  const why = `in this version of ${library.name} ${what}: it opens localhost:6379`;
  return { ...unresolved(why), ignored: { what, at: known.at } };
}

function readOptions(library: RedisLibrary, row: Row, version: string | null): Effective {
  const options = emptyOptions();
  const last = new Map(row.entries.filter(({ value }) => value.kind !== 'undefined').map((e) => [e.key, e]));
  const lost = [...last.values()].filter(({ key }) => {
    const fact = library.options[key];
    return fact?.term !== undefined && fact.term !== 'prefix' && within(version, fact.versions) === 'never';
  });
  const [first] = lost;
  if (first) {
    const names = lost.map(({ key }) => `\`${key}\``).join(', ');
    return ignored(library, `${names} at the top of the options ${lost.length > 1 ? 'are' : 'is'} ignored`, {
      ...first.value,
      at: first.at,
    });
  }
  for (const [key, { value }] of last) {
    if (key !== 'url' && key !== 'socket') options.settings[key] = { value, beatsUrl: false };
  }
  const socket = last.get('socket')?.value;
  if (socket && !(socket.kind === 'literal' && !socket.value)) {
    if (socket.kind !== 'object' || socket.open) return unresolved('the options of the socket are not known');
    for (const { key, value: own } of socket.entries) {
      const value = given(own);
      if (value.kind !== 'undefined') options.settings[`socket.${key}`] = { value, beatsUrl: false };
    }
  }
  const url = last.get('url')?.value;
  const why = url && !isNothing(url) ? readUrl(options, url, library, version) : null;
  if (why !== null) return unresolved(why);
  const decides = does(library, 'url-decides-tls', version) === 'always';
  return settleTls(options, library, decides);
}

function isLiteral(known: Known, value: boolean): boolean {
  return known.kind === 'literal' && known.value === value;
}

function isNothing(known: Known): boolean {
  return known.kind === 'literal' && !known.value;
}

/** What the URL says stands instead of what the options say; says why it cannot be read, or null. */
function readUrl(options: Effective, url: Known, library: RedisLibrary, version: string | null): string | null {
  const named = unconverted(url);
  if (named?.kind === 'env' || named?.kind === 'config') {
    options.url = named;
    return null;
  }
  if (textOf(url) === null && url.kind !== 'template') return notKnown(url);
  const socket = does(library, 'unix-scheme', version) === 'always' ? socketParts(url) : null;
  const parts = socket ?? urlParts(url);
  if (!parts?.scheme) return 'this text is no URL that every version reads';
  const set = (name: string, value: Known | undefined) => {
    if (value) options.settings[name] = { value, beatsUrl: true };
  };
  set('socket.path', socket?.socket);
  set('socket.host', parts.host);
  set('socket.port', parts.port);
  const credentials = [
    ['username', parts.user],
    ['password', parts.password],
  ] as const;
  const said = credentials.filter(([, value]) => value !== undefined && textOf(value) !== '');
  if (said.length > 0) {
    const replaces = does(library, 'url-replaces-credentials', version);
    const beside = ['username', 'password', 'credentialsProvider'].filter(
      (name) => options.settings[name] && !said.some(([own]) => own === name),
    );
    if (replaces === 'perhaps' && beside.length > 0)
      return 'whether credentials beside those of the URL count depends on the version';
    if (replaces === 'always') for (const name of beside) delete options.settings[name];
  }
  for (const [name, value] of said) set(name, value);
  set('database', socket ? parts.query.find(({ key }) => key === 'db')?.value : parts.path);
  const own = options.settings['socket.tls']?.value;
  if (own && does(library, 'url-decides-tls', version) !== 'never' && !isLiteral(own, parts.tls)) {
    return 'this version throws when `socket.tls` and the scheme of the URL disagree';
  }
  if (parts.tls) delete options.settings['socket.tls'];
  options.tlsScheme = parts.tls;
  return null;
}

/** Brings `socket.tls` and what stands beside it into one value; a scheme that the environment holds decides by itself. */
export function settleTls(options: Effective, library: RedisLibrary | null, urlDecides = false): Effective {
  const { settings } = options;
  const prefix = 'socket.';
  const details = Object.entries(settings).filter(
    ([name]) => name !== 'socket.tls' && library?.options[name]?.term === 'tls' && name.startsWith(prefix),
  );
  const own = settings['socket.tls']?.value;
  const plain = own?.kind === 'literal' ? Boolean(own.value) : null;
  if (options.url !== null && (plain === false || urlDecides)) {
    delete settings['socket.tls'];
  } else if (plain === false) delete settings['socket.tls'];
  const on = plain === true || options.tlsScheme || options.url !== null;
  const [first] = details;
  if (on && first) {
    const entries = details.map(([name, { value }]) => ({ key: name.slice(prefix.length), value, at: value.at }));
    settings['socket.tls'] = { value: { kind: 'object', entries, open: false, at: first[1].value.at }, beatsUrl: true };
  }
  return options;
}
