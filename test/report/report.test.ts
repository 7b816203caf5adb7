import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import {
  applyPretty,
  checkPretty,
  decisionPretty,
  explainPretty,
  initPretty,
  json,
  planPretty,
  rollbackPretty,
  scanPretty,
  statusHtml,
  statusMarkdown,
  statusPretty,
  type View,
} from '../../src/report/index.js';
import {
  AFTER,
  APPLIED,
  BEFORE,
  CHECKED,
  DECIDED,
  EXPLAINED,
  EXPLAINED_CODE,
  INIT,
  INVENTORY,
  PLAN,
  ROLLED_BACK,
  STATUS,
} from './samples.js';

const view = (width: number, level: 0 | 1 = 0): View => ({ color: new Chalk({ level }), width, prefix: '' });

const RENDERED: [string, (view: View) => string][] = [
  ['scan', (to) => scanPretty(INVENTORY, to)],
  ['plan', (to) => planPretty(PLAN, INVENTORY, to)],
  ['apply', (to) => applyPretty({ ...APPLIED, dryRun: false }, to)],
  ['check', (to) => checkPretty(CHECKED, to)],
  ['status', (to) => statusPretty(STATUS, to)],
  ['init', (to) => initPretty(INIT, to)],
  ['rollback', (to) => rollbackPretty(ROLLED_BACK, to)],
  ['accept', (to) => decisionPretty(DECIDED, to)],
  ['explain', (to) => explainPretty({ ...EXPLAINED, edit: null }, to)],
  ['explain of a code', (to) => explainPretty(EXPLAINED_CODE, to)],
];

describe('pretty reports', () => {
  it.each(RENDERED)(
    '%s fits 80, 60 and 40 columns, has no trailing spaces, ends with one line break',
    (_name, render) => {
      for (const width of [80, 60, 40]) {
        const text = render(view(width));
        expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
        expect(text).not.toMatch(/[ \t]\n/);
        expect(text).toMatch(/[^\n]\n$/);
      }
    },
  );

  it('never give a share of what can move where nothing can', () => {
    const totals = { migrated: 0, planned: 0, review: 0, kept: 2, exempt: 0 };
    const open = { ...STATUS, totals };
    const shown = statusPretty(open, view(80));
    for (const text of [shown, statusMarkdown(open), statusHtml(open)]) {
      expect(text).toMatch(/not complete, and nothing can move/i);
      expect(text).not.toMatch(/\d % of|class="bar"|░/);
    }
    expect(statusPretty({ ...open, complete: true }, view(80))).toMatch(/^status: complete\n {2}0 calls/);
    expect(statusPretty(STATUS, view(80))).toMatch(/^status: 75 % of what can move\n {2}█{30}░{10}\n/);
  });

  it.each(RENDERED)('%s says the same with colours as without', (_name, render) => {
    const colored = render(view(80, 1));
    expect(colored).toContain('\u001B[');
    expect(stripVTControlCharacters(colored)).toBe(render(view(80)));
  });

  it('account for every site, reason and file that could not be read', () => {
    const text = scanPretty(INVENTORY, view(200));
    for (const { file, line, reasons } of INVENTORY.sites) {
      expect(text).toContain(file);
      expect(text).toContain(`  ${line}:`);
      for (const { code } of reasons) expect(text).toContain(code);
    }
    expect(text).toContain('src/broken.ts');
    expect(text).toContain('Assumed: no configuration');
  });

  it('tell what stays, but not what nobody has to look at: the accessor itself, and what was moved before', () => {
    const kept = ['accessor', 'already-migrated', 'part-of-opening', 'no-database'].map((code, index) => {
      const file = `src/kept-${code}.ts`;
      return { site: `${index}`, file, line: 7, reasons: [{ code, message: 'So it is.', at: null }] };
    });
    const sites = INVENTORY.sites.slice(0, 1).flatMap((site) => kept.map((one) => ({ ...site, id: one.site, ...one })));
    const plan = planPretty({ ...PLAN, batches: [], kept }, { ...INVENTORY, sites }, view(80));
    const applied = applyPretty({ ...APPLIED, batches: [], kept }, view(80));
    expect(plan).toContain('nothing to rewrite; 1 site stays');
    for (const text of [plan, applied]) {
      expect(text).toContain('src/kept-no-database.ts:7');
      expect(text.match(/src\/kept-/g)).toHaveLength(1);
    }
  });

  it('keep the end of a path that is too long, where the file name is', () => {
    expect(applyPretty(APPLIED, view(80))).toMatch(/packages\/orders.*….*reservation-cache\.service\.ts/);
  });

  it('let no control character of a file name through', () => {
    const name = 'src/\u001B[2Jevil\n.ts';
    const text = applyPretty(
      {
        ...APPLIED,
        dryRun: false,
        kept: [{ site: 'x', file: name, line: 1, reasons: [{ code: 'a', message: name, at: name }] }],
      },
      view(80),
    );
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('evil\n');
  });

  it('say in one line that there is nothing', () => {
    const none = {
      ...INVENTORY,
      sites: [],
      findings: [],
      summary: { byCategory: {}, byVerdict: {}, byRole: {}, assumed: null },
    };
    expect(scanPretty({ ...none, files: { walked: 1, parsed: 0, failed: [] } }, view(80))).toBe(
      'redis-migrate 0.1.0: no Redis sites (1 file walked, 0 parsed)\n',
    );
    expect(planPretty({ ...PLAN, batches: [], kept: [] }, INVENTORY, view(80))).toBe(
      'nothing to rewrite; 0 sites stay\n',
    );
    expect(applyPretty({ ...APPLIED, batches: [], kept: [] }, view(80))).toBe('Nothing to apply.\n');
    expect(rollbackPretty({ schemaVersion: 1, batches: [], refused: [] }, view(80))).toBe('Nothing to roll back.\n');
  });

  it('give a dry run that git applies as a patch, report and all', () => {
    const dir = mkdtempSync(join(tmpdir(), 'patch-'));
    try {
      mkdirSync(join(dir, 'src'));
      writeFileSync(join(dir, 'src/cache.ts'), BEFORE);
      execFileSync('git', ['apply', '-'], { cwd: dir, input: applyPretty(APPLIED, view(80)) });
      expect(readFileSync(join(dir, 'src/cache.ts'), 'utf8')).toBe(AFTER);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('say that a masked diff cannot be applied', () => {
    const batches = APPLIED.batches.map((batch) => ({ ...batch, masked: true }));
    expect(applyPretty({ ...APPLIED, batches }, view(80))).toContain('masked, so they cannot be applied');
  });
});

describe('json', () => {
  it('has the order of the contract, two spaces and a line break at the end', () => {
    expect(json({ b: 1, x: [], a: { c: 1 } }, ['a', 'b'])).toBe(
      '{\n  "a": {\n    "c": 1\n  },\n  "b": 1,\n  "x": []\n}\n',
    );
  });
});
