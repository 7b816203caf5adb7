/**
 * Tells V8 to take its time before it compiles a function for speed. A run reads a tree once and is over in seconds: with
 * the default a third of its processor time goes into compiling functions that hardly run afterwards (`bench/README.md`).
 * From V8 12 on (Node 22) another compiler, which is cheaper, comes first, and the flag is not there any more.
 * Source: nodejs.org/api/v8.html, v8.setFlagsFromString; `node --v8-options` of Node 20: --interrupt-budget, by default 67584.
 */

import { setFlagsFromString } from 'node:v8';

if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=500000');
