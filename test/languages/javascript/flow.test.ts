import { beforeAll, describe, expect, test } from 'vitest';
import { facts, loadFacts } from '../../../src/languages/javascript/facts.js';
import { withoutFlowTypes } from '../../../src/languages/javascript/flow.js';

beforeAll(loadFacts);

const FLOW = `// @flow
import type { Options } from './options';
import { type Keys, prefix } from './keys';
import Redis from 'ioredis';
export type Settings = {| url: ?string |};
opaque type Key = string;
const redis = new Redis((process.env.REDIS_URL: any));
export class Cache {
  +client: Redis = redis;
  read(key: ?Key): Promise<?string> {
    return (this.client: any).get(prefix(key));
  }
}
`;

describe('types of Flow', () => {
  test('go, and every offset stays', () => {
    const blanked = withoutFlowTypes(FLOW) ?? '';
    expect(blanked).toHaveLength(FLOW.length);
    expect(blanked.split('\n')).toHaveLength(FLOW.split('\n').length);
    expect(blanked.indexOf('new Redis')).toBe(FLOW.indexOf('new Redis'));
    expect(blanked).not.toMatch(/Options|Keys|Settings|opaque|any/);
  });

  test.each(['src/cache.js', 'src/cache.jsx', 'src/cache.mjs'])('%s has facts and no problems', (file) => {
    const found = facts(file, FLOW);
    expect(found.problems).toEqual([]);
    expect(found.imports.map(({ specifier, imported }) => `${specifier} ${imported}`)).toEqual([
      './keys prefix',
      'ioredis default',
    ]);
    const [opening] = found.values.filter((value) => value.kind === 'call' && value.new);
    expect(FLOW.slice(opening?.span.start, opening?.span.end)).toBe('new Redis((process.env.REDIS_URL: any))');
  });

  test('a BOM and CRLF stay in their places', () => {
    const text = `\uFEFF${FLOW.replaceAll('\n', '\r\n')}`;
    const found = facts('src/cache.js', text);
    expect(found.problems).toEqual([]);
    const [opening] = found.values.filter((value) => value.kind === 'call' && value.new);
    expect(text.slice(opening?.span.start, opening?.span.end)).toMatch(/^new Redis\(.*\)$/);
  });

  test('what is no Flow either keeps the complaints of our parser, and TypeScript is not tried', () => {
    expect(withoutFlowTypes('const a = ;')).toBeNull();
    expect(facts('src/broken.js', 'const a = ;').problems).toHaveLength(1);
    expect(facts('src/cache.ts', FLOW).problems.length).toBeGreaterThan(0);
  });
});
