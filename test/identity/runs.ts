/** Every program with every major of its library: laid out in a tree, run for real, and read by the tool. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveOptions } from '../../src/assess/arguments.js';
import { identityOf } from '../../src/assess/identity.js';
import { redisLibrary } from '../../src/libraries/index.js';
import { takeInventory } from '../../src/migrate.js';
import type { IdentityTerms } from '../../src/model/site.js';
import { addFiles } from '../scan/tree.js';
import { ROOT } from '../support/session.js';
import { type Connection, computedConnection, effectiveConnection, type Row } from './connection.js';
import { type Program, programsFor, readIdentityPrograms } from './programs.js';
import type { Servers } from './servers.js';

/** One version of a library with its programs. */
export interface Run {
  /** Folder below the root; each program has one below that: `<at>/<index>`. */
  at: string;
  library: string;
  version: string;
  programs: Program[];
  files: Record<string, string>;
  /** Package → folder that is linked as it. */
  link: [string, string] | null;
}

/** Folder of the fixtures, package, and the names that its majors are installed under. */
const INSTALLED = [
  { folder: 'ioredis', name: 'ioredis', installed: ['ioredis-4', 'ioredis-5', 'ioredis'] },
  { folder: 'node-redis', name: 'redis', installed: ['redis-3', 'redis-4', 'redis-5', 'redis'] },
];

const PROGRAMS = readIdentityPrograms();

export function javascriptRuns(): Run[] {
  return INSTALLED.flatMap(({ folder, name, installed }) =>
    installed.map((alias): Run => {
      const own = join(ROOT, 'node_modules', alias);
      const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { version: string };
      const files = { 'package.json': JSON.stringify({ name: alias, dependencies: { [name]: version } }) };
      const programs = programsFor(PROGRAMS, folder, version);
      return { at: alias, library: name, version, programs, files, link: [name, own] };
    }),
  );
}

export function pythonRun(version: string): Run {
  const programs = programsFor(PROGRAMS, 'redis-py', version);
  const files = { 'requirements.txt': `redis==${version}\n` };
  return { at: `redis-py-${version}`, library: 'redis-py', version, programs, files, link: null };
}

/** Version of redis-py that a Python finds. */
export function versionOf(python: string): string {
  return execFileSync(python, ['-c', 'import redis; print(redis.__version__)'], { encoding: 'utf8' }).trim();
}

/** Writes the programs of a run below a root. */
export function layOut(root: string, { at, files, programs, link }: Run): void {
  addFiles(join(root, at), files);
  for (const [index, program] of programs.entries()) addFiles(join(root, at, String(index)), program.files);
  if (!link) return;
  const [name, folder] = link;
  mkdirSync(join(root, at, 'node_modules'), { recursive: true });
  symlinkSync(folder, join(root, at, 'node_modules', name));
}

/** What a run of programs came to, in their order: a connection, or the error that there is none. */
export type Outcome = Connection | { error: string };

/** Runs the programs of a run with a program that runs them, and asks the servers. */
export async function execute(root: string, run: Run, servers: Servers, python: string | null): Promise<Outcome[]> {
  const id = (index: number) => `${run.at}/${index}`;
  const programs = run.programs.map(({ main, env }, index) => ({
    id: id(index),
    main: join(root, run.at, String(index), main),
    env,
  }));
  const script = join(import.meta.dirname, python === null ? 'run.mjs' : 'run.py');
  const lines = await said(
    python ?? process.execPath,
    [script],
    JSON.stringify({ ...servers.mapping, programs }),
    servers.trust,
  );
  const rows = new Map(lines.map((line): [string, Row] => [JSON.parse(line).id, JSON.parse(line) as Row]));
  const stored = await servers.stored();
  return programs.map(({ id }) => {
    const row = rows.get(id);
    if (!row) throw new Error(`${id} said nothing`);
    return row.error === undefined ? effectiveConnection(row, stored.get(id), servers.encrypted) : { error: row.error };
  });
}

/** Lines that a program prints; throws when it fails. */
function said(command: string, args: string[], input: string, trust: Record<string, string>): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...trust } });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      errors += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out.trim().split('\n'));
      else reject(new Error(`${command} ended with ${code}: ${errors}`));
    });
    child.stdin.end(input);
  });
}

/** What the tool computes for a program. */
export interface Computed {
  terms: IdentityTerms;
  key: string | null;
  /** What the identity says of a run of the program. Throws where a term is unknown. */
  connection(): Connection;
}

/** Reads all programs below a root, each with the version that its run has, and computes the identity of its client. */
export async function compute(root: string, runs: readonly Run[]): Promise<Map<string, Computed>> {
  const { trace } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: true });
  const found = new Map<string, Computed>();
  for (const run of runs) {
    for (const [index, { name, env, config }] of run.programs.entries()) {
      const folder = `${run.at}/${index}/`;
      // A source of duplicates, or a pool, stands before what is made from it.
      const own = trace.openings.filter(({ file, makes }) => file.startsWith(folder) && makes === 'client');
      const opening = own.find(({ duplicates }) => duplicates !== null) ?? own[0];
      const library = redisLibrary(run.library);
      if (!opening || !library) throw new Error(`${run.at}: nothing is found in ${name}`);
      if (opening.version !== run.version) throw new Error(`${folder} is read as version ${opening.version}`);
      const { terms, key } = identityOf(opening, trace.openings);
      const [way] = effectiveOptions(opening, trace.openings);
      const said = { ...env };
      for (const [path, value] of Object.entries(config)) said[`${folder}${path}`] = value;
      const connection = () => computedConnection(terms, way, library, said);
      found.set(`${run.at}/${index}`, { terms, key, connection });
    }
  }
  return found;
}
