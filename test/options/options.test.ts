/**
 * What the classes of options say, on a real server: with an option of class S a client behaves in another way than one
 * without it, so that moving it must not drop the option; with one of class C nothing can be told apart.
 */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { redisLibrary, within } from '../../src/libraries/index.js';
import { pythonWith } from '../support/python.js';
import { DOCUMENT_FILE, documentOf } from './document.js';
import { NOT_RUN } from './not-run.js';
import { type Result, recordedResults, runJavascript, runPython } from './results.js';

const recorded = recordedResults();
let live: Result[];

beforeAll(async () => {
  live = [...(await runJavascript()), await runPython(pythonWith(['redis'], ['python3-redis']))];
}, 180_000);

describe.each(recorded)('$library $version', ({ library, version, options }) => {
  const facts = redisLibrary(library)?.options ?? {};

  it.each(Object.entries(options))('%s is of the right class', (name, differs) => {
    const fact = facts[name];
    expect(within(version, fact?.versions)).toBe('always');
    expect([name, fact?.class]).toEqual([name, differs.length > 0 ? 'S' : 'C']);
  });

  it('came to what it comes to here, if it is installed', () => {
    const own = live.find((one) => one.library === library && one.version === version);
    if (own) expect(own.options).toEqual(options);
    else expect(library).toBe('redis-py');
  });
});

it('every version that is installed is recorded', () => {
  const names = (results: Result[]) => results.map(({ library, version }) => `${library} ${version}`);
  expect(names(recorded)).toEqual(expect.arrayContaining(names(live)));
});

it.each(Object.keys(NOT_RUN))(
  'every option of %s that is dropped or blocks was run, or it is said why not',
  (library) => {
    const run = new Set(recorded.flatMap((one) => (one.library === library ? Object.keys(one.options) : [])));
    const reasons = NOT_RUN[library] ?? {};
    const decides = Object.entries(redisLibrary(library)?.options ?? {}).filter(([, fact]) => {
      return fact.class === 'S' || (fact.class === 'C' && fact.term === undefined && !fact.secret);
    });
    expect(decides.map(([name]) => name).filter((name) => !run.has(name) && !(name in reasons))).toEqual([]);
    expect(Object.keys(reasons).filter((name) => run.has(name) || !decides.some(([own]) => own === name))).toEqual([]);
  },
);

it('docs/options.md is what the tables and the runs say (npx tsx test/options/record.ts)', () => {
  expect(readFileSync(DOCUMENT_FILE, 'utf8')).toBe(documentOf(recorded));
});
