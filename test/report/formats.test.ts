/** Formats for other programs: read back by those programs, or by what they are known to demand. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Chalk } from 'chalk';
import type { Log, Result } from 'sarif';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import {
  applyMarkdown,
  checkGithub,
  checkMarkdown,
  checkSarif,
  planMarkdown,
  scanGithub,
  scanMarkdown,
  scanSarif,
  statusMarkdown,
} from '../../src/report/index.js';
import { code, fenced, fitted, MOST_IN_COMMENT, table, text } from '../../src/report/markdown.js';
import { CHECKOUT } from '../cli/program.js';
import { APPLIED, CHECKED, INVENTORY, PLAN, STATUS } from './samples.js';

const require = createRequire(import.meta.url);
const view = { color: new Chalk({ level: 0 }), width: 80, prefix: '' };
const dir = mkdtempSync(join(tmpdir(), 'formats-'));
afterAll(() => rmSync(dir, { recursive: true }));

const EVIL = 'src/a|b`c` <img onerror=x> @octocat #1 %,:\n::error::no.ts';
const [FIRST] = CHECKED.violations;
if (!FIRST) throw new Error('the sample has no violation');

describe('github', () => {
  it('has a command for each violation, escaped as the runner reads it', () => {
    const violations = [{ ...FIRST, file: EVIL, line: 3, endLine: 3, column: 2, endColumn: 9, message: '100%\nof it' }];
    const [command, ...rest] = checkGithub({ ...CHECKED, violations, known: [] }, view).split('\n');
    const { properties, message } = runner(command ?? '');
    expect(properties).toEqual({
      file: EVIL,
      line: '3',
      col: '2',
      endColumn: '9',
      title: 'redis-migrate: module-owner',
    });
    expect(message).toContain('100%\nof it');
    expect(rest.filter((line) => line.startsWith('::'))).toEqual([]);
  });

  it('names files from the top of the checkout, and no column for places of several lines', () => {
    const violations = [{ ...FIRST, line: 3, endLine: 5 }];
    const { properties } = runner(checkGithub({ ...CHECKED, violations }, { ...view, prefix: 'packages/api/' }));
    expect(properties.file).toBe(`packages/api/${FIRST.file}`);
    expect([properties.endLine, properties.col]).toEqual(['5', undefined]);
  });

  it('has findings by their severity, unread files, and what can move', () => {
    const levels = scanGithub(INVENTORY, view).match(/^::[a-z]+/gm);
    expect(levels).toEqual(['::error', '::notice', '::error', '::notice', '::notice']);
  });
});

/** What the runner makes of a command: `::level k=v,k=v::message`. */
function runner(line: string): { properties: Record<string, string>; message: string } {
  const [, properties = '', message = ''] = /^::\w+ ([^\n]*?)::([^\n]*)/.exec(line) ?? [];
  const decoded = (words: string) =>
    words.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
  const pairs = properties.split(',').map((pair) => [pair.split('=')[0], decoded(pair.slice(pair.indexOf('=') + 1))]);
  return { properties: Object.fromEntries(pairs), message: decoded(message) };
}

/** The schema as it was published; it is of draft 4. */
function sarifSchema(): Ajv.ValidateFunction {
  const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
  return ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));
}

describe('sarif', () => {
  const logs = { check: checkSarif(CHECKED, view), scan: scanSarif(INVENTORY, view) };

  it('is what the types of SARIF 2.1.0 say, with no key that they do not know', () => {
    const source = Object.entries(logs).map(([name, log]) => `export const ${name}: Log = ${log};\n`);
    const file = join(dir, 'logs.ts');
    writeFileSync(file, `import type { Log } from 'sarif';\n${source.join('')}`);
    const program = ts.createProgram([file], {
      ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.ESNext },
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: { sarif: [join(CHECKOUT, 'node_modules/@types/sarif/index.d.ts')] },
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
    expect(problems).toEqual([]);
  });

  it('fits the JSON Schema of SARIF 2.1.0', () => {
    const valid = sarifSchema();
    const empty = { ...INVENTORY, sites: [], findings: [], files: { walked: 1, parsed: 1, failed: [] } };
    const more = { empty: scanSarif(empty, view), clean: checkSarif({ ...CHECKED, violations: [], known: [] }, view) };
    for (const [name, log] of Object.entries({ ...logs, ...more })) {
      expect(valid(JSON.parse(log)) ? [] : valid.errors, name).toEqual([]);
    }
  });

  it.each([
    ['level', (result: Result) => ({ ...result, level: 'fatal' })],
    ['line', (result: Result) => ({ ...result, locations: [{ physicalLocation: { region: { startLine: 0 } } }] })],
    ['key', (result: Result) => ({ ...result, rule: 'opening' })],
  ])('a wrong %s is one for that schema', (_name, broken) => {
    const log = JSON.parse(logs.check) as Log;
    const [run] = log.runs;
    const valid = sarifSchema();
    expect(valid({ ...log, runs: [{ ...run, results: run?.results?.map((one): object => broken(one)) }] })).toBe(false);
  });

  it.each(Object.entries(logs))('%s: rules, places and fingerprints are sound', (_name, log) => {
    const [run] = (JSON.parse(log) as Log).runs;
    const results = run?.results ?? [];
    expect(results.length).toBeGreaterThan(2);
    const prints = new Set<string>();
    for (const { ruleId, ruleIndex = -1, level, locations, partialFingerprints, message } of results) {
      expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      const region = locations?.[0]?.physicalLocation?.region;
      expect(region?.startLine).toBeGreaterThan(0);
      expect(message.text).not.toBe('');
      expect(locations?.[0]?.physicalLocation?.artifactLocation?.uri).not.toMatch(/^\/|[^!-~]/);
      prints.add(`${ruleId} ${JSON.stringify(partialFingerprints)}`);
    }
    expect(prints.size).toBe(results.length);
  });

  it('fingerprints are the ids of sites; what the baseline knows is suppressed', () => {
    const results = (JSON.parse(logs.check) as Log).runs[0]?.results ?? [];
    expect(results.map((one) => one.partialFingerprints?.['redisMigrateSite/v1'])).toEqual([
      'b0020000',
      'c0030000',
      'd0040000',
    ]);
    expect(results.map((one) => one.suppressions?.length ?? 0)).toEqual([0, 0, 1]);
  });
});

describe('markdown', () => {
  const pages = {
    scan: scanMarkdown(INVENTORY),
    plan: planMarkdown({ plan: PLAN, inventory: INVENTORY }),
    apply: applyMarkdown({ report: APPLIED, databases: [{ name: 'main', number: 4, identity: null }] }),
    check: checkMarkdown(CHECKED),
    status: statusMarkdown(STATUS),
  };

  it.each(Object.entries(pages))('%s is a page to be read', async (name, page) => {
    await expect(page).toMatchFileSnapshot(`./markdown/${name}.md`);
  });

  it('says what a reviewer asks: database, lines saved, imports, tests, the way back', () => {
    for (const words of [
      '4 → `main`',
      '(0 saved)',
      '1 import removed',
      'What to test',
      'rollback --batch c0ffee',
      '```diff',
    ])
      expect(pages.apply).toContain(words);
  });

  it('lets no code become markup, call a person or name an issue', () => {
    expect(text('a_b *c* [d](e) <b> @octocat #12')).toBe('a\\_b \\*c\\* \\[d\\](e) &lt;b&gt; @\u200Boctocat #\u200B12');
    expect(text('`x < y` is *code*')).toBe('`x < y` is \\*code\\*');
    expect(code('a`b')).toBe('``a`b``');
    expect(code('`')).toBe('`` ` ``');
    expect(fenced('a\n```\nb', 'diff')).toBe('````diff\na\n```\nb\n````');
    expect(table(['a'], [[code('x|y')]]).split('\n')[2]).toBe('| `x\\|y` |');
  });

  it('fits a comment, whatever the batch: diffs go first, and how many is said', () => {
    const [batch] = APPLIED.batches;
    if (!batch) throw new Error('the sample has no batch');
    const [file] = batch.files;
    if (!file) throw new Error('the sample has no file');
    const files = Array.from({ length: 60 }, (_, index) => ({
      ...file,
      file: `src/${index}.ts`,
      diff: file.diff.repeat(8),
    }));
    const page = applyMarkdown({ report: { ...APPLIED, batches: [{ ...batch, files }] }, databases: [] });
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(MOST_IN_COMMENT);
    expect(Buffer.byteLength(page)).toBeGreaterThan(MOST_IN_COMMENT * 0.9);
    expect(page).toMatch(/_\d+ diffs of 60 left out/);
    expect(page).toContain('`src/59.ts`');
    const many = Array.from({ length: 5000 }, (_, index) => ({ ...file, file: `src/${index}.ts` }));
    const huge = applyMarkdown({ report: { ...APPLIED, batches: [{ ...batch, files: many }] }, databases: [] });
    expect(Buffer.byteLength(huge)).toBeLessThanOrEqual(MOST_IN_COMMENT);
    expect(huge).toMatch(/_\d+ more files are left out/);
  });

  it('cuts from the end, one part after the other', () => {
    const part = (name: string) => ({ items: 5, render: (shown: number) => `${name}${shown}`.padEnd(shown * 10, '.') });
    expect(fitted([part('a'), 'fixed', part('b')], 70)).toMatch(/^a5\.+\n\nfixed\n\nb\d?\.*\n$/);
    expect(fitted([part('a'), part('b')], 30)).toMatch(/^a2\.+\n\nb0\n$/);
  });
});
