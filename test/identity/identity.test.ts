/**
 * Which connection each program of `fixtures/identity` really opens, against the identity that is computed for it: every
 * program runs with every major of its library, and the server and the keys that it stored are asked. Versions of
 * redis-py that are not installed were recorded in the same way (`record.ts`).
 */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isUnknown } from '../../src/assess/terms.js';
import { pythonWith } from '../support/python.js';
import { RECORDED } from './recorded.js';
import { type Computed, compute, execute, javascriptRuns, layOut, type Outcome, pythonRun, versionOf } from './runs.js';
import { startServers } from './servers.js';

const python = pythonWith(['redis'], ['python3-redis']);
const live = [...javascriptRuns(), pythonRun(versionOf(python))];
const recorded = RECORDED.map(({ version }) => pythonRun(version)).filter(
  ({ at }) => !live.some((run) => run.at === at),
);

let computed: Map<string, Computed>;
const effective = new Map<string, Outcome>();

beforeAll(async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'identity-')));
  const servers = await startServers();
  try {
    for (const run of [...live, ...recorded]) layOut(root, run);
    const outcomes = live.map(async (run) => {
      const found = await execute(root, run, servers, run.link ? null : python);
      for (const [index, one] of found.entries()) effective.set(`${run.at}/${index}`, one);
    });
    await Promise.all(outcomes);
    computed = await compute(root, [...live, ...recorded]);
  } finally {
    await servers.stop();
    rmSync(root, { recursive: true, force: true });
  }
  for (const run of recorded) {
    const own = RECORDED.find(({ version }) => version === run.version)?.outcomes ?? {};
    for (const [index, { name }] of run.programs.entries()) {
      const found = own[name];
      if (!found) throw new Error(`${run.version} has no record of ${name}: run test/identity/record.ts`);
      // What was recorded was not encrypted.
      effective.set(`${run.at}/${index}`, 'error' in found ? found : { ...found, tls: false });
    }
  }
}, 120_000);

describe.each([...live, ...recorded])('$library $version', ({ at, programs }) => {
  it.each(programs.map((program, index) => [program.name, program, index] as const))('%s', (_, program, index) => {
    const found = effective.get(`${at}/${index}`);
    const own = computed.get(`${at}/${index}`);
    if (!found || !own) throw new Error('it did not run');
    if (program.throws) {
      expect(found).toHaveProperty('error');
      return;
    }
    expect(found).not.toHaveProperty('error');
    const unknown = Object.entries(own.terms).flatMap(([name, term]) => (isUnknown(term) ? [name] : []));
    if (program.unknown.length > 0) expect(unknown).toEqual(expect.arrayContaining(program.unknown));
    else {
      expect(unknown).toEqual([]);
      expect(own.connection()).toEqual(found);
    }
  });
});

it('there are enough programs, and few whose identity only a run can tell', () => {
  const names = new Set(live.flatMap(({ library, programs }) => programs.map(({ name }) => `${library} ${name}`)));
  const unknown = live.flatMap(({ programs }) => programs).filter(({ unknown }) => unknown.length > 0);
  expect(names.size).toBeGreaterThanOrEqual(120);
  expect(unknown.length / live.flatMap(({ programs }) => programs).length).toBeLessThan(0.05);
});
