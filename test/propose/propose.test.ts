/** Proposals from sites made by hand. */

import { describe, expect, it } from 'vitest';
import { keyOf } from '../../src/assess/identity-keys.js';
import { UserError } from '../../src/errors.js';
import { FACTS_VERSION } from '../../src/model/facts.js';
import type { FileFacts, Manifest, Project, Site } from '../../src/model.js';
import { type ExistingAccessor, type ProposeInput, propose } from '../../src/propose/index.js';

const URL_TERMS = { password: 'default', prefix: 'default', decode: 'default', library: 'ioredis' };

/** Terms of a URL that a variable holds. */
const byUrl = (name: string) => ({ server: name, user: name, tls: name, database: name, ...URL_TERMS, password: name });
/** Terms of host and port. */
const byHost = (server: string, database = 'default') => ({
  server,
  user: 'default',
  tls: 'default',
  database,
  ...URL_TERMS,
});

let count = 0;

function site(file: string, terms: ReturnType<typeof byUrl>, more: Partial<Site> = {}): Site {
  count += 1;
  return {
    ...{ id: `s${count}`, file, line: 1, column: 1, endLine: 1, endColumn: 2, language: 'typescript' },
    ...{ category: 'client', library: 'ioredis', api: 'new Redis', container: 'module-singleton', args: null },
    ...{ source: null, mode: 'async', uses: [], role: 'command', purpose: 'read-cache', unit: null, partOf: null },
    ...{ identity: { key: keyOf(terms), terms }, database: null, zone: 'production', pattern: null, priority: 'none' },
    ...{ verdict: 'keep', reasons: [], exempt: null, ...more },
  } as Site;
}

function facts(file: string, language: FileFacts['language'] = 'typescript'): FileFacts {
  const statements = [{ kind: 'import' as const, span: { start: 0, end: 1 }, scope: 0, block: null }];
  const lists = { scopes: [], locals: [], imports: [], exports: [], values: [], flows: [], blocks: [], directives: [] };
  return {
    version: FACTS_VERSION,
    file,
    language,
    lineStarts: [0],
    ...lists,
    statements,
    problems: [],
    generated: false,
  };
}

function manifest(file: string, name: string | null): Manifest {
  return { file, name, private: true, dependencies: { ioredis: '^5.4.0' }, versions: {}, entries: [] };
}

/** A tree with these files; each belongs to the nearest manifest above it. */
function tree(files: readonly (string | FileFacts)[], manifests = [manifest('package.json', 'shop')]): Project {
  const folder = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const all = files.map((file) => (typeof file === 'string' ? facts(file) : file));
  const governing = (file: string) => {
    const above = manifests.filter((one) => file.startsWith(folder(one.file)));
    const nearest = above.toSorted((a, b) => b.file.length - a.file.length)[0];
    return nearest ? manifests.indexOf(nearest) : null;
  };
  const parsed = all.map((one) => ({
    facts: one,
    resolutions: {},
    manifest: governing(one.file),
    zone: 'production' as const,
  }));
  return { walked: all.length, files: parsed, manifests, failed: [] };
}

function proposed(more: Partial<ProposeInput> & { sites: Site[] }) {
  const files = [...new Set(more.sites.map(({ file }) => file))];
  return propose({
    project: tree(files),
    passwords: {},
    findings: [],
    existing: [],
    scaffold: null,
    isFree: () => true,
    ...more,
  });
}

const existing = (more: Partial<ExistingAccessor> = {}): ExistingAccessor => ({
  ...{ file: 'src/shared.ts', name: 'sharedRedis', library: 'ioredis', callSites: 6, mode: 'sync', parameters: 0 },
  ...{ identity: 'env:REDIS_URL', fixed: {}, meaning: [], policy: [], ...more },
});

const MAIN = byUrl('env:REDIS_URL');
const METRICS = byHost('env:METRICS_HOST:literal:6379', 'literal:1');

describe('databases', () => {
  it('names the largest group main, whatever the order, and counts its sites', () => {
    const sites = [site('src/m.ts', METRICS), site('src/a.ts', MAIN), site('src/b.ts', MAIN)];
    const { groups, config } = proposed({ sites });
    expect(groups).toEqual([
      { name: 'main', identity: 'env:REDIS_URL', sites: 2 },
      { name: 'metrics', identity: 'env:METRICS_HOST:literal:6379;database=literal:1', sites: 1 },
    ]);
    expect(config.databases).toEqual({
      main: { number: 0, identity: ['env:REDIS_URL'] },
      metrics: { number: 1, identity: ['env:METRICS_HOST:literal:6379'] },
    });
    expect(Object.keys(config.databases as object)).toEqual(['main', 'metrics']);
    expect(proposed({ sites: sites.toReversed() })).toEqual(proposed({ sites }));
  });

  it('counts neither tests nor scripts; clients that prefix keys have a database of their own', () => {
    const others = [
      site('test/a.ts', METRICS, { zone: 'test' }),
      site('scripts/a.ts', METRICS, { zone: 'script' }),
      site('src/p.ts', { ...METRICS, prefix: 'literal:p:' }),
    ];
    const { groups, config, files } = proposed({ sites: [site('src/a.ts', MAIN), ...others], scaffold: 'default' });
    expect(groups.map(({ name }) => name)).toEqual(['main', 'metrics']);
    expect(config.databases).toMatchObject({ metrics: { number: 1, prefix: 'p:' } });
    expect(files[0]?.text).toContain("db: 1, keyPrefix: 'p:'");
  });

  it('gives the scaffold the password that stands beside the address', () => {
    const sites = [site('src/a.ts', METRICS), site('src/b.ts', METRICS)];
    const passwords = { [sites[0]?.id ?? '']: 'env:METRICS_PASSWORD', [sites[1]?.id ?? '']: 'default' };
    const { files } = proposed({ sites, passwords, scaffold: 'default' });
    expect(files[0]?.text).toContain("optional('password', 'METRICS_PASSWORD')");
  });

  it.each([
    ['written in the code', ['literal:***', 'env:P'], 'its user or password is written in the code'],
    ['a default in the code', ['env:P|literal:***'], 'its user or password is written in the code'],
    ['several', ['env:P', 'env:Q'], 'its sites give different passwords'],
  ])('proposes none for a password that is %s', (_name, terms, why) => {
    const sites = terms.map((_, index) => site(`src/${index}.ts`, METRICS));
    const passwords = Object.fromEntries(sites.map(({ id }, index) => [id, terms[index] ?? '']));
    for (const scaffold of ['default', null]) {
      const { groups, config, files, next } = proposed({ sites, passwords, scaffold });
      expect([groups, config.databases]).toEqual([[], {}]);
      expect(files.map(({ file }) => file)).toEqual(['redis-migrate.config.json']);
      expect(next.join('\n')).toContain(
        `env:METRICS_HOST:literal:6379;database=literal:1: no database is proposed: ${why}`,
      );
      expect(JSON.stringify({ config, next })).not.toContain('***');
    }
  });

  it('says where a credential of a URL is', () => {
    const hidden = site('src/a.ts', { ...MAIN, server: 'literal:***' });
    const finding = { code: 'literal-credential', severity: 'high' as const, file: 'src/a.ts', line: 3, message: 'x' };
    const { next, groups } = proposed({ sites: [hidden], findings: [finding] });
    expect(groups).toEqual([]);
    expect(next[0]).toContain('src/a.ts:3');
    expect(next.join('\n')).toContain('No opening has an address that can be used');
  });
});

describe('accessors', () => {
  it('names the place of a new one, which is still to be written', () => {
    const { config, files, next } = proposed({ sites: [site('src/a.ts', MAIN)] });
    const accessor = { file: 'src/lib/redis.ts', name: 'getRedis', open: 'openRedis', close: 'closeRedis' };
    expect(config.accessors).toEqual({ javascript: accessor });
    expect(files.map(({ file }) => file)).toEqual(['redis-migrate.config.json']);
    expect(next[0]).toBe(
      'Write src/lib/redis.ts, or remove redis-migrate.config.json and run `redis-migrate init --yes --scaffold default`.',
    );
    expect(next.join('\n')).not.toContain('apply');
  });

  it('writes it when it is asked to, in the style of the package', () => {
    const { files, next } = proposed({ sites: [site('src/a.ts', MAIN)], scaffold: 'default' });
    expect(files.map(({ file }) => file)).toEqual(['src/lib/redis.ts', 'redis-migrate.config.json']);
    expect(files[0]?.text).toContain("Symbol.for('shop:redis-accessor')");
    expect(next).toEqual([
      'Look through the configuration and commit it.',
      'Run `redis-migrate plan`, then `redis-migrate apply --batch next --dry-run`.',
    ]);
    const plain = facts('a.js', 'javascript');
    const required = { specifier: 'ioredis', imported: '=', local: 0, typeOnly: false, guarded: false, dynamic: false };
    plain.imports.push({ ...required, scope: 0, span: { start: 0, end: 1 } });
    plain.statements.length = 0;
    const commonjs = proposed({ sites: [site('a.js', MAIN)], project: tree([plain]), scaffold: 'default' });
    expect(commonjs.files[0]).toMatchObject({ file: 'lib/redis.js' });
    expect(commonjs.files[0]?.text).toContain('module.exports');
  });

  it('prefers a function that the tree has, unless one is to be written', () => {
    const sites = [site('src/shared.ts', MAIN), site('src/a.ts', MAIN)];
    const found = proposed({ sites, existing: [existing({ fixed: { maxRetriesPerRequest: 1 } })] });
    expect(found.config.accessors).toEqual({
      javascript: {
        file: 'src/shared.ts',
        name: 'sharedRedis',
        open: null,
        close: null,
        contract: { roles: ['command'], fixed: { '*': { maxRetriesPerRequest: 1 } } },
      },
    });
    expect(found.next.join('\n')).not.toContain('Write ');
    const scaffolded = proposed({ sites, existing: [existing()], scaffold: 'default' });
    expect(scaffolded.files[0]?.file).toBe('src/lib/redis.ts');
  });

  it.each([
    ['takes parameters', { parameters: 1 }],
    ['is of another library', { library: 'redis' }],
    ['decides by code what commands mean', { meaning: ['Connector'] }],
    ['is in a package that opens nothing', { file: 'elsewhere/shared.ts' }],
  ])('does not take one that %s', (_name, more) => {
    const { config } = proposed({ sites: [site('src/shared.ts', MAIN)], existing: [existing(more)] });
    expect(config.accessors).toMatchObject({ javascript: { name: 'getRedis' } });
  });

  it('says what a function of the tree cannot give', () => {
    const sites = [site('src/shared.ts', MAIN), site('src/m.ts', METRICS)];
    const text = (more: Partial<ExistingAccessor>) => proposed({ sites, existing: [existing(more)] }).next.join('\n');
    expect(text({})).toContain('`sharedRedis` gives env:REDIS_URL only: 1 site of other addresses stay.');
    expect(text({ identity: null })).toContain('Where `sharedRedis` connects cannot be computed');
    expect(text({ policy: ['retryStrategy'] })).toContain('`sharedRedis` sets retryStrategy');
  });

  it('refuses a preset that is not there', () => {
    expect(() => proposed({ sites: [site('src/a.ts', MAIN)], scaffold: 'toString' })).toThrow(UserError);
  });
});

describe('packages', () => {
  const manifests = [
    manifest('package.json', 'root'),
    manifest('packages/api/package.json', '@shop/api'),
    manifest('packages/jobs/package.json', null),
  ];
  const files = ['packages/api/src/a.ts', 'packages/api/src/b.ts', 'packages/jobs/m.ts'];
  const sites = [site(files[0] ?? '', MAIN), site(files[1] ?? '', MAIN), site(files[2] ?? '', METRICS)];
  const project = tree([...files, 'src/root.ts'], manifests);

  it('gives each package that opens an accessor and a scope', () => {
    const { config, files: made } = proposed({ sites, project, scaffold: 'default' });
    expect(config.accessors).toMatchObject({
      javascript: [
        { file: 'packages/api/src/lib/redis.ts', scope: 'packages/api/**' },
        { file: 'packages/jobs/lib/redis.ts', scope: 'packages/jobs/**' },
      ],
    });
    expect(made.map(({ file }) => file)).toEqual([
      'packages/api/src/lib/redis.ts',
      'packages/jobs/lib/redis.ts',
      'redis-migrate.config.json',
    ]);
  });

  it('writes the databases of a package, and always the default one', () => {
    const [api, jobs] = proposed({ sites, project, scaffold: 'default' }).files.map(({ text }) => text);
    expect(api).toContain("type Database = 'main';");
    expect(api).toContain("Symbol.for('api:redis-accessor')");
    expect(jobs).toContain("type Database = 'main' | 'metrics';");
    expect(jobs).toContain("Symbol.for('jobs:redis-accessor')");
  });

  it('takes the function of one package and a new file for the other', () => {
    const { config, next } = proposed({ sites, project, existing: [existing({ file: files[0] ?? '' })] });
    expect(config.accessors).toMatchObject({
      javascript: [{ name: 'sharedRedis', scope: 'packages/api/**' }, { name: 'getRedis' }],
    });
    expect(next.join('\n')).toContain('Write packages/jobs/lib/redis.ts, or');
  });

  it('leaves out a package whose addresses get no database', () => {
    const passwords = { [sites[2]?.id ?? '']: 'literal:***' };
    const { config, files: made } = proposed({ sites, project, passwords, scaffold: 'default' });
    expect(config.accessors).toMatchObject({ javascript: { scope: 'packages/api/**' } });
    expect(made).toHaveLength(2);
  });
});

describe('other trees', () => {
  it('python: an accessor beside the sites, by the module that they would import', () => {
    const terms = { ...byHost('default'), library: 'redis-py' };
    const python = site('app/a.py', terms, { language: 'python', library: 'redis-py' });
    for (const scaffold of ['default', null]) {
      const { config, files, next } = proposed({
        sites: [python],
        project: tree([facts('app/a.py', 'python')], []),
        scaffold,
      });
      expect(config).toMatchObject({
        accessors: { python: { file: 'app/redis_clients.py', module: 'app.redis_clients', name: 'get_redis' } },
        databases: { main: { number: 0, identity: ['literal:localhost:6379'] } },
      });
      expect(files).toHaveLength(scaffold === null ? 1 : 2);
      expect(next.join('\n')).toContain(scaffold === null ? 'Write app/redis_clients.py' : 'apply');
    }
  });

  it('nothing to move', () => {
    const { next, groups } = propose({
      ...{ project: tree([]), sites: [], passwords: {}, findings: [], existing: [] },
      ...{ scaffold: null, isFree: () => true },
    });
    expect(groups).toEqual([]);
    expect(next[0]).toBe('No file opens a connection that could move.');
  });
});

describe('a tree of two languages', () => {
  const python = (file: string, name: string): Site => {
    const terms = { ...byUrl(name), library: 'redis-py' };
    return site(file, terms, { language: 'python', library: 'redis-py', mode: 'sync' });
  };
  const files = [facts('src/a.ts'), facts('src/b.ts'), facts('app/a.py', 'python'), facts('app/b.py', 'python')];
  const project = tree(files, [manifest('package.json', 'shop')]);

  it('gets an accessor for each, and one name for one database', () => {
    const sites = [
      site('src/a.ts', byUrl('env:REDIS_URL')),
      site('src/b.ts', byUrl('env:REDIS_URL')),
      python('app/a.py', 'env:REDIS_URL'),
    ];
    const { config, groups, files: written } = proposed({ sites, project, scaffold: 'default' });
    expect(Object.keys(config.accessors as object)).toEqual(['javascript', 'python']);
    expect(config.databases).toEqual({ main: { number: 0, identity: ['env:REDIS_URL'] } });
    expect(groups.map(({ name, sites: count }) => [name, count])).toEqual([
      ['main', 2],
      ['main', 1],
    ]);
    expect(written.map(({ file }) => file)).toEqual([
      'src/lib/redis.ts',
      'app/redis_clients.py',
      'redis-migrate.config.json',
    ]);
  });

  it('names what is another database otherwise, and calls leave out the same name in both', () => {
    const sites = [
      site('src/a.ts', byUrl('env:REDIS_URL')),
      site('src/b.ts', byUrl('env:REDIS_URL')),
      site('src/b.ts', byUrl('env:REDIS_URL')),
      python('app/a.py', 'env:QUEUE_URL'),
      python('app/b.py', 'env:QUEUE_URL'),
      python('app/b.py', 'env:REDIS_URL'),
    ];
    const { config, files: written } = proposed({ sites, project, scaffold: 'default' });
    expect(config.databases).toEqual({
      main: { number: 0, identity: ['env:REDIS_URL'] },
      'main-python': { number: 0, identity: ['env:QUEUE_URL'] },
    });
    const accessor = written.find(({ file }) => file.endsWith('.py'))?.text ?? '';
    expect(accessor).toContain('def get_redis(*, database="main", ');
    expect(accessor).toContain('"main": lambda: {"url": _env("REDIS_URL")}');
    expect(accessor).toContain('"main-python": lambda: {"url": _env("QUEUE_URL")}');
  });

  it('serves the one alone for which there is an accessor', () => {
    const other = site(
      'app/a.py',
      { ...byUrl('env:A'), library: 'coredis' },
      { language: 'python', library: 'coredis' },
    );
    const { config, next } = proposed({ sites: [site('src/a.ts', byUrl('env:REDIS_URL')), other], project });
    expect(Object.keys(config.accessors as object)).toEqual(['javascript']);
    expect(next.join()).toContain('1 opening is of coredis');
  });
});
