/**
 * Runs scan, trace and assess over a tree in this process and prints one JSON line: CPU milliseconds of each stage, of
 * reading the Python files alone, of the TypeScript compiler for reading the same files, the files, and the peak of memory.
 * usage: node stages.mjs <tree>
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import '../dist/src/cli/engine.js';
import { assess } from '../dist/src/assess/index.js';
import { LIBRARIES } from '../dist/src/libraries/index.js';
import { findPlace } from '../dist/src/migrate.js';
import { makeOne } from '../dist/src/scan/facts.js';
import { gateRules, startScan } from '../dist/src/scan/index.js';
import { startTrace } from '../dist/src/trace/index.js';

const root = process.argv[2];
const spent = { scan: 0, trace: 0, assess: 0, facts: 0, python: 0, compiler: 0 };

/** Adds the CPU time of a step to a stage: it does not count what other processes do meanwhile. */
async function timed(stage, step) {
  const before = process.cpuUsage();
  const result = await step();
  const { user, system } = process.cpuUsage(before);
  spent[stage] += (user + system) / 1000;
  return result;
}

const { config } = await findPlace({ root, configPath: null });
const { include, exclude } = config;
const rules = gateRules(LIBRARIES);
const scan = await timed('scan', () => startScan({ root, include, exclude, jobs: 1, cacheDir: null, rules }));
const tracer = startTrace({ accessors: [] });
let asked = null;
while ((await timed('scan', () => scan.round(asked))) > 0) {
  const project = scan.project();
  asked = await timed('trace', () => tracer.add(project));
}
const project = scan.project();
const trace = await timed('trace', () => tracer.finish(project));
const { sites } = await timed('assess', () => assess(project, trace, config, { includeTests: true }));

const files = project.files.map(({ facts }) => facts.file);
const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
const isPython = (file) => /\.(?:py|ipynb)$/.test(file);
const read = async (wanted) => {
  for (const [index, file] of files.entries()) if (wanted(file)) await makeOne({ file, text: texts[index] });
};
await timed('python', () => read(isPython));
await timed('facts', () => read((file) => !isPython(file)));
spent.facts += spent.python;
await timed('compiler', () => {
  for (const [index, file] of files.entries()) {
    const walk = (node) => ts.forEachChild(node, walk);
    if (!file.endsWith('.py')) walk(ts.createSourceFile(file, texts[index], ts.ScriptTarget.Latest, true));
  }
});
console.log(
  JSON.stringify({
    spent,
    files,
    python: files.filter(isPython).length,
    sites: sites.length,
    memory: process.resourceUsage().maxRSS,
  }),
);
