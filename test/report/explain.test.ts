import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { SiteExplanation } from '../../src/report/explanation.js';
import { explainPretty, type View } from '../../src/report/index.js';
import { EXPLAINED, EXPLAINED_CODE } from './samples.js';

const view = (width: number, level: 0 | 1 = 0): View => ({ color: new Chalk({ level }), width, prefix: '' });
const WITHOUT_DIFF: SiteExplanation = { ...EXPLAINED, edit: null };

describe('explain for a terminal', () => {
  it.each([
    ['a site', WITHOUT_DIFF],
    ['a code', EXPLAINED_CODE],
  ])('%s fits 80 columns, has no trailing spaces, says the same with colours', (_name, explanation) => {
    const text = explainPretty(explanation, view(80));
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/[ \t]\n/);
    expect(text).toMatch(/[^\n]\n$/);
    const colored = explainPretty(explanation, view(80, 1));
    expect(colored).toContain('\u001B[');
    expect(stripVTControlCharacters(colored)).toBe(text);
  });

  it('tells everything that is known', () => {
    const text = explainPretty(EXPLAINED, view(200));
    const { site, way, uses, handed, escapes, options, reasons, related, byHand, findings } = EXPLAINED;
    const told = [
      ...[site.id, site.file, site.api, site.library, site.container, '^5.4.1', 'ReservationCache.constructor'],
      ...way.flatMap((step) => [step.text, step.at]),
      ...uses.flatMap((use) => [use.at, use.member ?? 'a computed member read']),
      ...['in a pipeline', 'in a loop', 'on SIGTERM', 'in a test', 'other clients come here too', 'in `store`'],
      ...handed.flatMap((one) => [one.at, one.library, one.api]),
      ...escapes.flatMap((one) => [one.at, one.message]),
      ...options.flatMap((one) => [one.name, one.value]),
      'Options (S meaning, P policy, C connection)',
      '1 · P · differs from the accessor',
      ...reasons.flatMap((one) => [one.code, one.message, one.at, one.means]),
      ...related.map((one) => one.site.at),
      ...byHand.map((one) => one.text),
      ...findings.map((one) => one.message),
      ...['calls `.set`', 'env:REDIS_URL', 'main', 'src/cache.ts:12', 'u-1'],
      ...['redis-migrate apply --sites a001 --include review', '+export const cache = getRedis();'],
    ];
    for (const one of told) expect(text).toContain(one);
  });

  it('leaves out what there is nothing to say of', () => {
    const bare: SiteExplanation = {
      ...WITHOUT_DIFF,
      site: { ...EXPLAINED.site, category: 'url-literal', role: null, purpose: null, identity: null },
      ...{ client: null, way: [], uses: [], handed: [], escapes: [], role: null, purpose: null, options: [] },
      ...{ unit: null, related: [], byHand: [], findings: [] },
    };
    const titles = explainPretty(bare, view(80))
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line));
    expect(titles).toEqual(['Verdict']);
  });

  it('cuts long lists and says so', () => {
    const [use] = EXPLAINED.uses;
    const uses = Array.from({ length: 50 }, (_, index) => ({ ...use, at: `src/a.ts:${index + 1}` }));
    const text = explainPretty({ ...WITHOUT_DIFF, uses } as SiteExplanation, view(80));
    expect(text).toContain('Uses (50)');
    expect(text).toContain('src/a.ts:40 ');
    expect(text).not.toContain('src/a.ts:41 ');
    expect(text).toContain('and 10 more (`--format json` has all)');
  });

  it('says why there is no edit after all, and that a masked one cannot be applied', () => {
    const refused = [{ code: 'name-shadowed', message: '`getRedis` is a parameter here.', at: 'src/cache.ts:39' }];
    const none = explainPretty({ ...EXPLAINED, edit: { files: [], masked: false, refused } }, view(80));
    expect(none).toContain('No edit\n  `getRedis` is a parameter here. (src/cache.ts:39)');
    expect(none).not.toContain('redis-migrate apply');
    const files = EXPLAINED.edit?.files ?? [];
    expect(explainPretty({ ...EXPLAINED, edit: { files, masked: true, refused: [] } }, view(80))).toContain('masked');
  });

  it('lets no control character of the code through', () => {
    const way = [{ text: 'kept in `\u001B[2J`', at: 'src/\u001B[2Jevil\n.ts:1' }];
    const text = explainPretty({ ...WITHOUT_DIFF, way }, view(80));
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('evil\n');
  });

  it('says of a code what it does to a verdict', () => {
    const text = (effect: 'keep' | 'review' | 'note' | null) =>
      explainPretty({ ...EXPLAINED_CODE, effect }, view(80)).replaceAll('\n', ' ');
    expect(text('keep')).toContain('stays as it is; no flag overrides');
    expect(text('review')).toContain('--include review');
    expect(text('note')).toContain('only tells');
    expect(new Set([text('keep'), text('review'), text('note'), text(null)]).size).toBe(4);
  });
});
