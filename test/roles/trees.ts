/** The programs of `fixtures/roles` in three trees: as written, as the tool rewrites them, and with a forced share. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scaffoldDefault } from '../../src/accessors/index.js';
import { applyChanges } from '../../src/apply-changes.js';
import { type MigrateOptions, takeInventory } from '../../src/migrate.js';
import type { Site } from '../../src/model/site.js';
import { ROOT } from '../support/session.js';

export const PROGRAMS = join(ROOT, 'fixtures', 'roles');
export const KINDS = ['hazard', 'twin'] as const;
export type Kind = (typeof KINDS)[number];
/** `written`: as its authors wrote it. `moved`: as the tool rewrites it. `shared`: that, with every client shared. */
export type Way = 'written' | 'moved' | 'shared';

/** A client of a program, by the name that it is bound to. */
export interface Client {
  name: string;
  site: Site;
}

export interface Trees {
  /** Clients of a program, in the order of the text. */
  clients(pair: string, kind: Kind): Client[];
  text(way: Way, pair: string, kind: Kind): string;
  /** Runs a program on the server of `url` and gives what it prints. Rejects when it fails or takes longer than 10 s. */
  run(way: Way, pair: string, kind: Kind, url: string): Promise<string>;
  remove(): void;
}

const SERVICE = 'app';
const ACCESSOR = 'src/lib/redis.ts';
const CONFIG = {
  accessors: { javascript: { file: ACCESSOR, name: 'getRedis', library: 'ioredis' } },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};
const WAYS: readonly Way[] = ['written', 'moved', 'shared'];

/** Version of a package as it is installed. */
export function installed(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Makes the trees, migrates one of them, forces the share in another and compiles them all. */
export async function makeTrees(): Promise<Trees> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'roles-')));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const rootOf = (way: Way) => join(folder, way);
  for (const way of WAYS) writeTree(rootOf(way));
  const options: MigrateOptions = {
    root: rootOf('moved'),
    configPath: null,
    jobs: 1,
    cache: false,
    includeTests: false,
  };
  const { trace, sites, project } = await takeInventory(options);
  if (project.failed.length > 0) throw new Error(JSON.stringify(project.failed));
  const clients = sites.flatMap((site): Client[] => {
    if (site.category !== 'client' || site.file === ACCESSOR) return [];
    const { file, line, column } = site;
    const opening = trace.openings.find((one) => one.file === file && one.at.line === line && one.at.column === column);
    return [{ name: opening?.bound ?? 'nothing', site }];
  });
  const request = { batch: 'all', sites: null, dryRun: false, includeReview: false, allowDirty: true };
  await applyChanges(options, { ...request, formatWith: null, showSecrets: false, typecheck: false });
  for (const file of programsIn(rootOf('moved'))) {
    writeFileSync(join(rootOf('shared'), file), shareAll(readFileSync(join(rootOf('moved'), file), 'utf8')));
  }
  compile(folder);
  const fileOf = (pair: string, kind: Kind) => {
    const name = readdirSync(join(PROGRAMS, pair)).find((file) => file.startsWith(`${kind}.`));
    if (name === undefined) throw new Error(`${pair} has no ${kind}`);
    return `src/${pair}/${name}`;
  };
  return {
    clients: (pair, kind) => clients.filter(({ site }) => site.file === fileOf(pair, kind)),
    text: (way, pair, kind) => readFileSync(join(rootOf(way), fileOf(pair, kind)), 'utf8'),
    run: (way, pair, kind, url) => run(rootOf(way), fileOf(pair, kind).replace(/\.ts$/, '.js'), url),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeTree(root: string): void {
  mkdirSync(join(root, 'src', 'lib'), { recursive: true });
  cpSync(PROGRAMS, join(root, 'src'), { recursive: true });
  const dependencies = { bullmq: installed('bullmq'), ioredis: installed('ioredis') };
  const manifest = { name: SERVICE, private: true, type: 'module', dependencies };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(root, 'redis-migrate.config.json'), JSON.stringify(CONFIG));
  const beside = { number: null, tls: false, user: null, password: null };
  const accessor = scaffoldDefault({
    service: SERVICE,
    databases: [{ name: 'main', server: 'env:REDIS_URL', ...beside }],
    language: 'typescript',
    module: 'esm',
    version: dependencies.ioredis,
  });
  writeFileSync(join(root, ACCESSOR), accessor);
  // How modules of this package name each other: with the extension.
  writeFileSync(join(root, 'src', 'index.ts'), "export { closeRedis } from './lib/redis.js';\n");
}

function programsIn(root: string): string[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /(hazard|twin)\.(ts|js)$/.test(file)).map((file) => join('src', file));
}

/** What somebody would get who sends every client of a migrated program to the shared one for commands. */
export function shareAll(text: string): string {
  const calls = text
    .replace(/^import \{[^}]*\} from '(\.\.\/lib\/redis[^']*)';\n/m, '')
    .replace(/\b(?:openRedis|getRedis)\([^()]*\)/g, 'getRedis()')
    .replace(/\bnew Redis\([^()]*\)/g, 'getRedis()')
    .replace(/\bgetRedis\(\)\.duplicate\(\)|\bredis\.duplicate\(\)/g, 'getRedis()');
  return `import { getRedis } from '../lib/redis.js';\n${calls}`;
}

/** Checks the types of all programs and emits JavaScript beside them. */
function compile(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.startsWith('node_modules'));
  const settings = ['--strict', '--target', 'ES2023', '--module', 'NodeNext', '--types', 'node', '--skipLibCheck'];
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...settings, ...sources.sort()], options);
  if (status !== 0) throw new Error(stdout);
}

async function run(root: string, file: string, url: string): Promise<string> {
  const env = { PATH: process.env.PATH, REDIS_URL: url };
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${file} ended with ${code ?? 'a signal'}\n${output}${errors}`);
  return output;
}
