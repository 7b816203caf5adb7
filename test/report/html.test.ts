/** The page: what is in it without any script, and what a real browser makes of it where there is one. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { applyHtml, checkHtml, planHtml, scanHtml, statusHtml } from '../../src/report/index.js';
import { APPLIED, CHECKED, INVENTORY, PLAN, STATUS } from './samples.js';

const EVIL = '"><img src=x onerror="document.title=\'pwned\'"></script><script>document.title="pwned"</script>';
const [SITE] = INVENTORY.sites;
if (!SITE) throw new Error('the sample has no site');
const EVIL_SITE = { ...SITE, id: 'ee', file: EVIL, api: EVIL, reasons: [{ code: 'a', message: EVIL, at: EVIL }] };
const inventory = { ...INVENTORY, sites: [...INVENTORY.sites, EVIL_SITE] };

const PAGES = {
  scan: scanHtml(inventory),
  plan: planHtml({ plan: PLAN, inventory }),
  apply: applyHtml({ report: APPLIED, inventory }),
  check: checkHtml({ report: CHECKED, inventory }),
  status: statusHtml(STATUS),
};

describe('the page', () => {
  it.each(Object.entries(PAGES))('%s needs no other file, no network and no script to be read', (_name, page) => {
    expect(page).not.toMatch(/(?:src|href)=["']?(?!#)[a-z/]+:?\/\//i);
    expect(page).not.toMatch(/<(?:link|img|iframe|object|base)\b/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain("default-src 'none'");
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it('holds every site with its verdict, reasons and evidence, findings, diffs and tests', () => {
    for (const { file, id, reasons } of INVENTORY.sites) {
      expect(PAGES.apply).toContain(`<code>${file}:`);
      expect(PAGES.apply).toContain(`id="site-${id}"`);
      for (const { code } of reasons) expect(PAGES.apply).toContain(`<code>${code}</code>`);
    }
    expect(PAGES.apply).toContain('<span class="add">+export const cache = getRedis();</span>');
    expect(PAGES.apply).toContain('redis-migrate rollback --batch c0ffee');
    expect(PAGES.scan).toContain('hard-coded-password');
    expect(PAGES.plan).toContain('1. Write caches');
    expect(PAGES.check).toContain('exemption-expired');
    expect(PAGES.status).toContain('@example/orders');
  });
});

describe('mocks that miss what moves', () => {
  const mock = {
    file: EVIL,
    line: 5,
    target: 'ioredis',
    why: 'src/a.ts no longer `imports` it',
    instead: 'Mock that.',
  };
  const mocks = [{ ...mock, sites: [SITE.id] }];

  it.each([
    ['plan', planHtml({ plan: { ...PLAN, batches: PLAN.batches.map((one) => ({ ...one, mocks })) }, inventory })],
    [
      'apply',
      applyHtml({ report: { ...APPLIED, batches: APPLIED.batches.map((one) => ({ ...one, mocks })) }, inventory }),
    ],
  ])('are with their batch in %s, and in no page without them', (name, page) => {
    expect(page).toContain('<h4>Tests to look at</h4>');
    expect(page).toContain('mocks <code>ioredis</code>: src/a.ts no longer <code>imports</code> it. Mock that.');
    expect(page).not.toContain(EVIL);
    expect(name === 'plan' ? PAGES.plan : PAGES.apply).not.toContain('Tests to look at');
  });
});

const BROWSER = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
const dir = mkdtempSync(join(tmpdir(), 'redis-migrate-page-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The document as the browser has it once its script ran. */
function dom(page: string, hash = ''): string {
  const file = join(dir, 'page.html');
  writeFileSync(file, page);
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${join(dir, 'profile')}`,
    '--dump-dom',
  ];
  const { status, stdout, stderr } = spawnSync(BROWSER ?? '', [...flags, `file://${file}${hash}`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe.runIf(BROWSER !== undefined)('in a browser', () => {
  it('shows the filter, and runs nothing that comes from the code', () => {
    const shown = dom(PAGES.scan);
    expect(shown).toContain('<title>redis-migrate: Inventory</title>');
    expect(shown).toMatch(/<form id="filter">/);
    expect(shown).not.toMatch(/<img/);
    expect(shown.match(/<tr id="site-/g)).toHaveLength(inventory.sites.length);
  });

  it('filters by what its address says', () => {
    const shown = dom(PAGES.scan, '#verdict=keep&words=register');
    expect(shown).toMatch(/<output id="shown"[^>]*>1 of 4</);
    expect(shown.match(/<tr id="site-[^>]* hidden=""/g)).toHaveLength(3);
  });
});
