/** Runs a sample program through scan, trace and assess, and says of its clients what a fixture can say. */

import { takeInventory } from '../../src/migrate.js';
import type { Finding, Site } from '../../src/model/site.js';
import type { Opening } from '../../src/model/traced.js';
import { makeTree } from '../scan/tree.js';
import type { ExpectedClient, ExpectedOthers, Key, SampleProgram } from './program-files.js';

/** Where every program finds its accessor. */
const ACCESSOR = 'src/lib/redis.ts';
const CONFIG = 'redis-migrate.config.json';
const SETTINGS = {
  accessors: { javascript: { file: ACCESSOR, name: 'getRedis', library: 'ioredis' } },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};
const MANIFEST = {
  name: 'app',
  private: true,
  dependencies: { ioredis: '5.4.1', bullmq: '5.30.0', 'connect-redis': '7.1.1', redlock: '5.0.0-beta.2' },
};

const REQUIREMENTS = 'redis==5.0.8\nvalkey==6.1.0\naioredis==1.3.1\n';

/** A client as it was found: its opening and its site. */
export interface FoundClient {
  opening: Opening;
  site: Site;
}

/** What was found in a program. */
export interface FoundProgram {
  /** Every client site outside of the accessor, in the order of file and place. */
  clients: FoundClient[];
  sites: Site[];
  findings: Finding[];
}

/** Runs a program, with its accessor and its manifest, as far as the inventory. */
export async function runProgram(
  { files, dependencies }: Pick<SampleProgram, 'files' | 'dependencies'>,
  accessor: string,
): Promise<FoundProgram> {
  const root = makeTree({
    'package.json': JSON.stringify({ ...MANIFEST, dependencies: { ...MANIFEST.dependencies, ...dependencies } }),
    'requirements.txt': REQUIREMENTS,
    [CONFIG]: JSON.stringify(SETTINGS),
    [ACCESSOR]: accessor,
    ...files,
  });
  const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  const { project, trace, sites, findings } = await takeInventory(options);
  if (project.failed.length > 0)
    throw new Error(project.failed.map(({ file, message }) => `${file}: ${message}`).join());
  const clients = sites.flatMap((site) => {
    if (site.category !== 'client' || site.file === ACCESSOR) return [];
    const opening = trace.openings.find(
      ({ file, at }) => file === site.file && at.line === site.line && at.column === site.column,
    );
    if (!opening) throw new Error(`${site.file}:${site.line} has no opening`);
    return [{ opening, site }];
  });
  return { clients, sites, findings };
}

/** Rows and findings of the kinds that a program speaks of, with those of `at`, `verdict` that its lines name. */
export function describeOthers({ sites, findings }: FoundProgram, { kinds, rows }: ExpectedOthers): string[] {
  const said = rows.join(' ');
  const rest = (file: string, verdict: string | null, identity?: string) => [
    ...(said.includes('at=') ? [`at=${file}`] : []),
    ...(said.includes('verdict=') && verdict !== null ? [`verdict=${verdict}`] : []),
    ...(said.includes('identity=') && identity !== undefined ? [`identity=${identity}`] : []),
  ];
  const found = [
    ...sites.flatMap(({ category, api, file, verdict, identity }) =>
      kinds.includes(category) ? [[category, api, ...rest(file, verdict, identity?.key ?? 'unknown')].join(' ')] : [],
    ),
    ...findings.flatMap(({ code, file }) =>
      kinds.includes('finding') ? [['finding', code, ...rest(file, null)].join(' ')] : [],
    ),
  ];
  return found.sort();
}

/** One line for each client: of a found one, what the expectation beside it speaks of. */
export function describeFound(found: readonly FoundClient[], expected: readonly ExpectedClient[]): string[] {
  return found.map((one, index) => {
    const said = expected[index];
    const keys: Key[] = said ? [...said.said.keys()] : ['at', 'role', 'escapes', 'given', 'verdict', 'why'];
    const container = said?.container === null ? null : one.site.container;
    const values = keys.map((key): [Key, string] => [key, answer(key, one, found, said)]);
    return lineOf(one.site.api ?? '', container, values);
  });
}

export function describeExpected(expected: readonly ExpectedClient[]): string[] {
  return expected.map(({ api, container, said }) => lineOf(api, container, [...said]));
}

function lineOf(api: string, container: string | null, values: [Key, string][]): string {
  const said = values.flatMap(([key, value]) => (value === '' ? [] : [`${key}=${value}`])).sort();
  return ['client', api, container, ...said].filter((part) => part !== null).join(' ');
}

function answer(
  key: Key,
  { opening, site }: FoundClient,
  all: readonly FoundClient[],
  expected: ExpectedClient | undefined,
): string {
  switch (key) {
    case 'at':
      return site.file;
    case 'bound':
      return opening.bound ?? 'nothing';
    case 'role':
      return site.role ?? 'none';
    case 'uses':
      return list(opening.uses.map(({ member }) => member ?? '?'));
    case 'escapes':
      return list(opening.escapes.map(({ code }) => code));
    case 'given':
      return list(opening.handed.map(({ library, api }) => `${library}:${(api ?? '?').replace(/^new /, '')}`));
    case 'hooks':
      return list(opening.uses.flatMap(({ hook }) => hook ?? []));
    case 'once':
      return opening.once ? 'yes' : 'no';
    case 'duplicates': {
      const of = opening.duplicates?.map((index) => all.findIndex((one) => one.opening.index === index) + 1);
      return list((of ?? []).map(String));
    }
    case 'unit':
      // Named after the first client of the unit: 1 is the first line of the expectations.
      return String(all.findIndex((one) => one.site.unit === site.unit) + 1);
    case 'identity':
      return site.identity?.key ?? 'unknown';
    case 'verdict':
      return site.verdict;
    case 'why': {
      const wanted = expected?.said.get('why')?.split(',');
      return list(site.reasons.map(({ code }) => code).filter((code) => wanted?.includes(code) ?? true));
    }
  }
}

function list(items: readonly string[]): string {
  return [...new Set(items)].sort().join(',');
}
