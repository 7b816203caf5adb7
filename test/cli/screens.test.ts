/** `docs/screens.md`: what the program shows of the sample project; `npx vitest run test/cli/screens.test.ts -u` writes it anew. */

import { Chalk } from 'chalk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/check.js';
import { makePlan, takeInventory } from '../../src/migrate.js';
import { checkPretty, planPretty, scanPretty, statusPretty, type View } from '../../src/report/index.js';
import { status } from '../../src/status.js';
import { Program } from './program.js';

const view = (width: number): View => ({ color: new Chalk({ level: 0 }), width, prefix: '' });
const TODAY = '2026-03-01';
let program: Program;
let screens: Record<string, (width: number) => string>;

beforeAll(async () => {
  program = new Program();
  const root = program.sample({ init: true });
  const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  const { inventory } = await takeInventory(options);
  const { plan } = await makePlan(options, { write: false });
  const { report } = await check(options, { baseline: null, update: false, since: null, today: TODAY });
  const progress = await status(options, { today: TODAY });
  screens = {
    scan: (width) => scanPretty(inventory, view(width)),
    plan: (width) => planPretty(plan, inventory, view(width)),
    check: (width) => checkPretty(report, view(width)),
    status: (width) => statusPretty(progress, view(width)),
  };
});
afterAll(() => program.drop());

describe('the screens', () => {
  it('are recorded', async () => {
    const parts = Object.entries(screens).map(
      ([name, screen]) => `## redis-migrate ${name}\n\n\`\`\`text\n${screen(80)}\`\`\`\n`,
    );
    const narrow = [
      ['plan', 60],
      ['status', 60],
      ['check', 40],
      ['status', 40],
    ] as const;
    const others = narrow.map(
      ([name, width]) =>
        `## redis-migrate ${name}, in ${width} columns\n\n\`\`\`text\n${screens[name]?.(width)}\`\`\`\n`,
    );
    const head =
      '# Screens\n\nWhat the program shows of the sample project (`npm run sample`), written by `test/cli/screens.test.ts`.\n';
    await expect([head, ...parts, ...others].join('\n')).toMatchFileSnapshot('../../docs/screens.md');
  });

  it.each([40, 60, 80, 120])('fit %i columns', (width) => {
    for (const [name, screen] of Object.entries(screens)) {
      const long = screen(width)
        .split('\n')
        .filter((line) => line.length > width);
      expect(long, name).toEqual([]);
    }
  });

  it('name no path of the machine', () => {
    for (const screen of Object.values(screens)) expect(screen(80)).not.toMatch(/(?:^|[\s(])\/(?:tmp|home|root|work)/m);
  });
});
