/** Security findings of what is done with the data of a database, and of what a migration would bring together. */

import { LIBRARIES } from '../libraries/index.js';
import type { Finding, Site } from '../model/site.js';
import type { Opening, Trace } from '../model/traced.js';
import { compare } from './order.js';

/** Commands that empty a server, read all of it or change how it runs, with the rights of the application. */
const DANGEROUS = new Set(['flushall', 'flushdb', 'keys', 'debug', 'config', 'configset', 'shutdown']);

/** One finding for each dangerous command in production code, in the order of files and lines. */
export function commandFindings({ openings }: Trace, isProduction: (file: string) => boolean): Finding[] {
  const found = new Map<string, Finding>();
  for (const { file, at, kind, member } of openings.flatMap(({ uses }) => uses)) {
    const name = member?.toLowerCase().replace(/_/g, '') ?? '';
    if (kind !== 'call' || !DANGEROUS.has(name) || !isProduction(file)) continue;
    const message = `\`${member}\` runs with the rights of the application: on a shared database it reaches the data of all.`;
    found.set(`${file}\0${String(at.line).padStart(8, '0')}\0${name}`, {
      code: 'dangerous-command',
      severity: 'medium',
      file,
      line: at.line,
      message,
    });
  }
  return [...found].sort(([a], [b]) => compare(a, b)).map(([, finding]) => finding);
}

/** Consumers that store objects of Python as they are, by the names of their packages. */
const PICKLING = new Set(
  LIBRARIES.flatMap((library) =>
    library.kind === 'consumer' && library.pickles ? [library.name, ...library.packages] : [],
  ),
);

/**
 * Data of different trust in one database: pickled values beside those of others (whoever can write there runs code in
 * whoever reads), and sites that a migration would move to another user or to the keys of another database.
 */
export function mergeFindings(sites: readonly Site[], openings: readonly Opening[]): Finding[] {
  const rows = sites.filter(({ category, zone }) => zone === 'production' && isOpening(category));
  const pickling = rows.filter((site) => isPickling(site, openings));
  const pickled = pickling.flatMap((site): Finding[] => {
    const key = site.identity?.key ?? null;
    const others = rows.filter((other) => key !== null && other !== site && dataOf(other) === dataOf(site));
    const [other] = others.filter((one) => !pickling.includes(one));
    if (!other) return [];
    const message = `Pickled objects lie in one database with the data of ${other.file}:${other.line}: who can write there runs code here.`;
    return [{ code: 'pickled-data', severity: 'high', file: site.file, line: site.line, message }];
  });
  const merged = rows.flatMap((site): Finding[] => {
    const { file, line, database: into, verdict } = site;
    const differs = (...codes: string[]) => site.reasons.some(({ code }) => codes.includes(code));
    // It stays, so this warns of doing it by hand: the number alone says that both are one database.
    if (into !== null && differs('user-differs')) {
      const message = `\`${into}\` is opened as another user: moved there by hand, this client has the rights of that one.`;
      return [{ code: 'merges-users', severity: 'high', file, line, message }];
    }
    if (into === null || verdict !== 'review') return [];
    if (differs('password-differs')) {
      const message = `Moved to \`${into}\`, this client logs in with another password: it may get the rights of another user.`;
      return [{ code: 'merges-users', severity: 'high', file, line, message }];
    }
    if (!differs('database-differs', 'server-differs')) return [];
    const message = `Moved to \`${into}\`, this client reads and writes the keys of another database: two sets of data become one.`;
    return [{ code: 'merges-data', severity: 'high', file, line, message }];
  });
  return [...pickled, ...merged].sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.code, b.code));
}

function isOpening(category: Site['category']): boolean {
  return category === 'client' || category === 'consumer-options';
}

function isPickling(site: Site, openings: readonly Opening[]): boolean {
  if (site.category === 'consumer-options') return PICKLING.has(site.library ?? '');
  return openings.some(
    ({ file, at, handed }) =>
      file === site.file && at.line === site.line && handed.some(({ library }) => PICKLING.has(library)),
  );
}

/** Where the data of a site lies: what else its connection has makes no difference. */
function dataOf({ identity }: Site): string {
  return identity === null ? '' : `${identity.terms.server} ${identity.terms.database}`;
}
