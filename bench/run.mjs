#!/usr/bin/env node
/**
 * Ratios of one run on one machine; nothing is compared with times of another day.
 * usage: npm run bench [-- <tree>…]
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { writeTree } from './tree.mjs';

const here = import.meta.dirname;
const RUNS = 3;

function run(command, args, input = '') {
  const started = performance.now();
  const { stdout, status, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, input });
  if (error || status > 1) return null;
  return { ms: performance.now() - started, stdout };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ratio = (a, b) => (b > 0 ? (a / b).toFixed(2) : '–');

/** Alternating runs, so that a busy machine is busy for all of them. */
function measure(tree) {
  const walls = { scan: [], jscodeshift: [], rg: [] };
  const first = [];
  let stages = null;
  for (let n = 0; n < RUNS; n += 1) {
    const scan = ['scan', tree, '--format', 'json', '--no-cache', '--no-progress', '--jobs', '1', '--output'];
    const out = join(tmpdir(), `bench-${process.pid}.json`);
    walls.scan.push(run('node', [join(here, '../bin/redis-migrate.js'), ...scan, out])?.ms);
    rmSync(out, { force: true });
    walls.jscodeshift.push(run('node', [join(here, 'peer.mjs'), tree])?.ms);
    walls.rg.push(run('rg', ['-il', 'redis|valkey', tree])?.ms);
    const answer = run('node', [join(here, 'stages.mjs'), tree]);
    const found = answer ? JSON.parse(answer.stdout) : null;
    if (!found) continue;
    if (!stages || found.spent.trace < stages.spent.trace) stages = found;
    const read = run('node', [join(here, 'read.mjs'), tree], found.files.join('\n'));
    if (read) first.push(JSON.parse(read.stdout).facts);
  }
  return { walls, stages, first: Math.min(...first) };
}

function row(name, { walls, stages, first }) {
  const wall = (key) => (walls[key].some((ms) => ms === undefined) ? 0 : median(walls[key]));
  if (stages === null) return `| ${name} | failed |`;
  const { spent, files, python, sites, memory } = stages;
  const follow = spent.trace + spent.assess;
  const cells = [
    ...[name, files.length, sites, ratio(follow, first), ratio(follow, spent.facts), ratio(follow, spent.compiler)],
    python > 0 ? (spent.python / python).toFixed(1) : '–',
    ...[ratio(wall('scan'), wall('jscodeshift')), ratio(wall('scan'), wall('rg')), `${Math.round(memory / 1024)} MB`],
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The named trees as one: what is spent on all of them, so that a small one counts for little. */
function together(all) {
  const sum = (of) => all.reduce((total, one) => total + (one.stages === null ? 0 : of(one)), 0);
  const follow = sum(({ stages: { spent } }) => spent.trace + spent.assess);
  const parsed = [sum(({ stages }) => stages.files.length), sum(({ stages }) => stages.sites)];
  const facts = [sum(({ first }) => first), sum(({ stages: { spent } }) => spent.facts)];
  return `| named trees together | ${[...parsed, ...facts.map((one) => ratio(follow, one))].join(' | ')} |`;
}

const generated = [400, 1600].map((files) => {
  const root = mkdtempSync(join(tmpdir(), 'bench-tree-'));
  writeTree(root, files);
  return { name: `generated, ${files} files`, root, own: true };
});
const given = process.argv.slice(2).map((root) => ({ name: basename(root), root, own: false }));
console.log(
  '| tree | parsed | sites | trace + assess / our parsing | … / parsing again | … / TypeScript parsing | ms a Python file | scan / jscodeshift | scan / rg | memory |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const measured = [];
for (const { name, root, own } of [...generated, ...given]) {
  const one = measure(root);
  console.log(row(name, one));
  if (!own) measured.push(one);
  if (own) rmSync(root, { recursive: true });
}
if (measured.length > 1) console.log(together(measured));
