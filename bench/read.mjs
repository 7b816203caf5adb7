/**
 * Reads files into facts, once each, in a process that has read nothing else, and prints the CPU milliseconds of it as one
 * JSON line. The parsers are loaded before the time is taken, as the modules of trace are for trace.
 * usage: node read.mjs <root> < list of files, one a line
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../dist/src/cli/engine.js';
import { makeOne } from '../dist/src/scan/facts.js';

const root = process.argv[2];
const files = readFileSync(0, 'utf8').split('\n').filter(Boolean);
const tasks = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
for (const file of ['empty.ts', 'empty.py']) await makeOne({ file, text: '' });

const before = process.cpuUsage();
for (const task of tasks) await makeOne(task);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ facts: (user + system) / 1000 }));
