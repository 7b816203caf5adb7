/**
 * Records what the real packages of redis 2 to 6 can do, so that the tables can be compared with all of them without
 * five versions among the dependencies: `node test/libraries/recorded/record.mjs` installs them in a folder of its own
 * and writes `redis.json` beside this file.
 */

import { execFileSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = ['2.8.0', '3.1.2', '4.7.1', '5.12.1', '6.3.1'];

/** Arguments of `createClient`, by what is read: `null` stands for an argument that is undefined. */
const OLD = [
  [],
  [6380],
  [6380, 'h'],
  ['6381', 'h', { db: 3 }],
  [6380, { host: 'h', db: 1 }],
  [{ host: 'h', port: 7000, db: 2, prefix: 'p:' }],
  ['/tmp/redis.sock'],
  ['/tmp/redis.sock', { db: 2 }],
  ['redis://h:7000/4'],
  ['redis://h:7000/4', { db: 9, prefix: 'x:' }],
  ['redis://h', { db: 9, port: 1 }],
  ['redis://bob:secret@h:1/2'],
  ['redis://:secret@h:1', { password: 'other' }],
  ['redis://h:1?db=5&prefix=z'],
  ['//h:7001/4'],
  ['rediss://h:1'],
  [{ url: 'redis://h:7/3', db: 1 }],
];
const NEW = [
  [],
  [{}],
  [{ url: 'redis://h:7000/4' }],
  [{ url: 'redis://h:7000/4', database: 9, socket: { host: 'other', port: 1 } }],
  [{ url: 'redis://h', database: 9, socket: { port: 7 } }],
  [{ url: 'redis://bob:secret@h:1', username: 'eve', password: 'x' }],
  [{ url: 'redis://:secret@h:1', username: 'eve' }],
  [{ url: 'redis://h:1?db=5' }],
  [{ url: 'rediss://h:1' }],
  [{ url: 'rediss://h:1', socket: { tls: true, servername: 's' } }],
  [{ url: 'redis://h:1', socket: { tls: true } }],
  [{ socket: { host: 'h', port: 2 }, username: 'eve', database: 3 }],
  [{ socket: { path: '/tmp/redis.sock' } }],
  [{ socket: { host: 'h', tls: true } }],
  [{ url: 'redis://b%40b:p@h' }],
  [{ url: 'redis://[::1]:6390/1' }],
];

/** What is recorded of the options that a client ends with. */
const READ = [
  ...['throws', 'host', 'port', 'path', 'db', 'user', 'password', 'tls', 'prefix'],
  ...['socket', 'username', 'database'],
];

const folder = mkdtempSync(join(tmpdir(), 'redis-record-'));
const alias = (version) => `redis-${version}`;
writeFileSync(join(folder, 'package.json'), '{ "private": true }');
const install = VERSIONS.map((version) => `${alias(version)}@npm:redis@${version}`);
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...install], { cwd: folder });
const require = createRequire(join(folder, 'index.js'));

/** Names of all members of an object that are its own API, sorted. */
function membersOf(object) {
  const names = new Set();
  for (
    let at = object;
    at && at !== Object.prototype && at !== EventEmitter.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  return [...names].filter((name) => !name.startsWith('_') && name !== 'constructor').sort();
}

/** Names of exports, and `Class.create` where a class has that. */
function exportsOf(redis) {
  const names = Object.keys(redis);
  return [
    ...names,
    ...names.filter((name) => typeof redis[name]?.create === 'function').map((name) => `${name}.create`),
  ].sort();
}

const recorded = VERSIONS.map((version) => {
  const redis = require(alias(version));
  const old = Number(version[0]) < 4;
  const unify = old ? require(join(folder, 'node_modules', alias(version), 'lib', 'createClient.js')) : null;
  const read = (args) => {
    try {
      return unify ? unify(...args) : (redis.createClient(...args).options ?? {});
    } catch (error) {
      return { throws: error.message };
    }
  };
  const plain = (options) =>
    Object.fromEntries(READ.flatMap((name) => (name in options ? [[name, options[name]]] : [])));
  const rows = (old ? OLD : NEW).map((args) => ({ args, options: plain(read(structuredClone(args))) }));
  const client = old ? redis.RedisClient.prototype : redis.createClient();
  return { version, exports: exportsOf(redis), members: membersOf(client), rows };
});

/** Names in the option interfaces of the declarations. */
function optionsIn(version) {
  const core = join('node_modules', '@redis', 'client', 'dist', 'lib', 'client', 'index.d.ts');
  const places = [join(folder, 'node_modules', alias(version), core), join(folder, core)];
  const text = places.flatMap((place) => {
    try {
      return [readFileSync(place, 'utf8')];
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  })[0];
  const body = /interface RedisClientOptions[^{]*(?:\{[^{]*)?extends[^{]*\{([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((found) => found[1]);
}
for (const one of recorded) one.options = Number(one.version[0]) < 4 ? [] : optionsIn(one.version);

writeFileSync(join(import.meta.dirname, 'redis.json'), `${JSON.stringify(recorded, null, 1)}\n`);
