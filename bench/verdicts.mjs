#!/usr/bin/env node
/**
 * What becomes of the production openings of real trees, each judged by an accessor made for its own identity group: its
 * database is the group's, and it states the plain options that most of the group state. Prints the tables of
 * docs/verdicts-by-reason.md.
 * usage: npm run build && node bench/verdicts.mjs <tree>…
 */

import { basename, dirname, join } from 'node:path/posix';
import { identityOf } from '../dist/src/assess/identity.js';
import { serverKeyOf } from '../dist/src/assess/identity-keys.js';
import { assess, effectOf, statedOptions } from '../dist/src/assess/index.js';
import { initialise } from '../dist/src/initialise.js';
import { LIBRARIES } from '../dist/src/libraries/index.js';
import { findPlace } from '../dist/src/migrate.js';
import { ROLES } from '../dist/src/model/site.js';
import { gateRules, startScan } from '../dist/src/scan/index.js';
import { startTrace } from '../dist/src/trace/index.js';

/** Reasons that an opening is not what its accessor gives: another address, or another meaning. */
const OTHER = new Set([
  ...['identity-unknown', 'no-database', 'ambiguous-database', 'database-differs', 'server-differs', 'user-differs'],
  ...['tls-differs', 'password-differs', 'key-prefix', 'decode-differs', 'option-meaning', 'library-differs'],
  ...['cluster', 'sentinel', 'library-stays'],
]);

/** `Map.groupBy` of Node 21. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** Openings of production of a tree, with what every one of them becomes. */
async function judged(root) {
  const { config } = await findPlace({ root, configPath: null });
  const { include, exclude } = config;
  const scan = await startScan({ root, include, exclude, jobs: 2, cacheDir: null, rules: gateRules(LIBRARIES) });
  const tracer = startTrace({ accessors: [] });
  for (let asked = null; (await scan.round(asked)) > 0; ) asked = tracer.add(scan.project());
  const project = scan.project();
  const trace = tracer.finish(project);
  const files = new Map(project.files.map((file) => [file.facts.file, file]));
  const openings = trace.openings.filter(({ file }) => files.get(file)?.zone === 'production');
  const groups = groupBy(openings, (one) => groupOf(one, trace.openings) ?? `alone ${one.index}`);
  const rows = [];
  for (const [key, group] of groups) {
    const own = configFor(config, project, files, group, trace.openings, databasesOf(group, openings, trace.openings));
    const { sites } = assess(project, trace, own, { includeTests: false });
    for (const opening of group) {
      const site = sites.find((one) => isAt(one, opening));
      if (site) rows.push({ group: key.startsWith('alone ') ? null : key, site });
    }
  }
  return rows;
}

/** Files of the functions that `init` takes for the tree's accessors: what they open is what the others should ask for. */
async function accessorsOf(root) {
  const options = { root, configPath: null, jobs: 2, cache: false, includeTests: false };
  const { accessors, config } = await initialise(options, { yes: true, scaffold: null, dryRun: true });
  const proposed = JSON.stringify(config?.accessors ?? {});
  return new Set(accessors.filter(({ file }) => proposed.includes(JSON.stringify(file))).map(({ file }) => file));
}

function groupOf(opening, openings) {
  const { key } = identityOf(opening, openings);
  return key === null ? null : `${opening.library} ${key}`;
}

function isAt({ category, file, line, column, endLine, endColumn }, opening) {
  const { at } = opening;
  const begins = category === 'client' && file === opening.file && line === at.line && column === at.column;
  return begins && endLine === opening.endLine && endColumn === opening.endColumn;
}

/** The databases of a tree's groups that are opened with one library; that of `group` is called `own`. */
function databasesOf(group, openings, all) {
  const found = new Map();
  for (const opening of [...group, ...openings]) {
    const { key, terms } = identityOf(opening, all);
    if (opening.library !== group[0].library || key === null || found.has(key)) continue;
    const server = serverKeyOf({ ...terms, prefix: 'default', decode: 'default' });
    const prefix = /^literal:(.*)$/s.exec(terms.prefix)?.[1];
    const number = Number(/literal:(\d+)$/.exec(terms.database)?.[1] ?? 0);
    const name = found.size === 0 ? 'own' : `other-${found.size}`;
    const database = { name, number, identity: [server], ...(prefix === undefined ? {} : { prefix }) };
    const same = [...found.values()].find((one) => JSON.stringify({ ...one, name }) === JSON.stringify(database));
    found.set(key, same ?? database);
  }
  return [...new Set(found.values())];
}

/** The configuration that a team has for a group: the databases, and one accessor in each package that opens it. */
function configFor(config, project, files, group, openings, databases) {
  const folders = new Set(group.map(({ file }) => folderOf(project, files.get(file))));
  const accessors = [...folders].flatMap((folder) => accessorsFor(folder, files.get(group[0].file), group, openings));
  return { ...config, path: 'redis-migrate.config.json', databases, accessors };
}

function folderOf(project, file) {
  const manifest = file.manifest === null ? null : project.manifests[file.manifest];
  return manifest ? dirname(manifest.file) : '.';
}

function accessorsFor(folder, { facts }, group, openings) {
  const python = facts.language === 'python';
  const [{ library }] = group;
  const accessor = {
    language: python ? 'python' : 'javascript',
    file: join(folder, python ? 'redis_access.py' : 'redis-access.ts'),
    module: python ? 'redis_access' : null,
    name: 'getRedis',
    open: 'openRedis',
    close: 'closeRedis',
    library,
    import: null,
    scope: folder === '.' ? '**/*' : `${folder}/**`,
    contract: {
      mode: 'sync',
      roles: ROLES.filter((role) => role !== 'unknown'),
      parameters: { database: 'database', role: 'role', decode: python ? 'decode_responses' : null },
      fixed: { '*': mostStated(group, openings) },
      mayReturnNone: false,
      ready: library === 'redis' ? 'redisReady' : null,
      notBefore: null,
      identity: {},
      loops: 'any',
      topologies: ['single', 'cluster', 'sentinel'],
    },
  };
  if (!python) return [accessor];
  return [accessor, { ...accessor, name: 'getAsyncRedis', contract: { ...accessor.contract, mode: 'async' } }];
}

/** Plain options that most openings of a group state; the first such set counts. */
function mostStated(group, openings) {
  const stated = group.map((one) => JSON.stringify(statedOptions(one, openings).fixed));
  const count = (text) => stated.filter((other) => other === text).length;
  return JSON.parse(stated.toSorted((a, b) => count(b) - count(a))[0] ?? '{}');
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const count = (rows, verdict) => rows.filter(({ site }) => site.verdict === verdict).length;
const codesOf = ({ site }) => [...new Set(site.reasons.map(({ code }) => code))];

const all = [];
const lines = [];
for (const root of process.argv.slice(2)) {
  const rows = await judged(root);
  const own = await accessorsOf(root);
  const equal = rows.filter((row) => row.group !== null && !codesOf(row).some((code) => OTHER.has(code)));
  const isOwn = ({ site }) => own.has(site.file);
  all.push(...rows.map((row) => ({ ...row, tree: basename(root), equal: equal.includes(row), own: isOwn(row) })));
  const groups = new Set(rows.flatMap(({ group }) => group ?? [])).size;
  const verdicts = ['rewrite', 'review', 'keep'].map((verdict) => count(equal, verdict));
  lines.push([
    basename(root),
    rows.length,
    rows.filter(({ group }) => group).length,
    groups,
    equal.length,
    equal.filter(isOwn).length,
    ...verdicts,
  ]);
}
const equal = all.filter((row) => row.equal);
const sum = lines.reduce((sums, [, ...numbers]) => numbers.map((n, index) => n + (sums[index] ?? 0)), []);
console.log(
  table(
    ['tree', 'openings', 'identity known', 'groups', 'equal', 'own accessor', 'rewrite', 'review', 'keep'],
    [...lines, ['all', ...sum]],
  ),
);
const others = equal.filter(({ own }) => !own);
const rate = (rows) =>
  `${count(rows, 'rewrite')} of ${rows.length}, ${(count(rows, 'rewrite') / rows.length).toFixed(2)}`;
console.log(`\nRewritten of the equal ones: ${rate(equal)}; without the trees' own accessors: ${rate(others)}\n`);
for (const python of [false, true]) {
  const ofLanguage = others.filter(({ site }) => (site.language === 'python') === python);
  console.log(`- ${python ? 'Python' : 'JavaScript'}: ${rate(ofLanguage)}`);
}
console.log();
const effects = (verdict) => all.flatMap((row) => (row.site.verdict === verdict ? codesOf(row) : []));
const byReason = ['keep', 'review'].flatMap((verdict) => {
  const codes = effects(verdict).filter((code) => effectOf(code) === verdict);
  const counts = [...groupBy(codes, (code) => code)].map(([code, { length }]) => [verdict, code, length]);
  return counts.sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
});
console.log(table(['verdict', 'reason', 'openings'], [...byReason, ['rewrite', '', count(all, 'rewrite')]]));
const left = equal.filter(({ site }) => site.verdict !== 'rewrite');
const deciding = (row) => codesOf(row).filter((code) => effectOf(code) === row.site.verdict);
const place = ({ site }) => `\`${site.file}:${site.line}\``;
console.log(
  `\n${table(
    ['tree', 'opening', 'verdict', 'what decides'],
    [
      ...left.map((row) => [
        row.tree,
        place(row) + (row.own ? ' (own accessor)' : ''),
        row.site.verdict,
        deciding(row).join(', '),
      ]),
    ],
  )}`,
);
