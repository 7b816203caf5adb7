import { beforeAll, describe, expect, test } from 'vitest';
import { scriptsOf } from '../../../src/languages/javascript/embedded.js';
import { facts, loadFacts } from '../../../src/languages/javascript/facts.js';

beforeAll(loadFacts);

const VUE = `<!-- <script>import no from 'no'</script> -->
<template><b>{{ a > b }}</b></template>
<script type="application/ld+json">{ "import": "none" }</script>
<script setup lang="ts" generic="T extends Map<string, string>">
import Redis from 'ioredis';
const redis: Redis = new Redis();
</script>
<script>
export default { name: 'x' };
</script>
<style>.redis { color: red }</style>
`;

describe('scripts of Vue and Svelte files', () => {
  test('everything else is blank, and every offset stays', () => {
    const { text, extension, typescript } = scriptsOf(VUE);
    expect(text).toHaveLength(VUE.length);
    expect([extension, typescript]).toEqual(['.ts', true]);
    expect(text.indexOf('new Redis')).toBe(VUE.indexOf('new Redis'));
    expect(text.indexOf('export default')).toBe(VUE.indexOf('export default'));
    expect(text.split('\n')).toHaveLength(VUE.split('\n').length);
    expect(text).not.toMatch(/template|style|ld\+json|from 'no'|none/);
  });

  test('their facts have the places of the file', () => {
    const found = facts('src/a.vue', VUE);
    expect(found.problems).toEqual([]);
    expect([found.embedded, found.language]).toEqual([true, 'typescript']);
    expect(found.imports.map(({ specifier }) => specifier)).toEqual(['ioredis']);
    const made = found.values.find((value) => value.kind === 'call');
    expect(VUE.slice(made?.span.start, made?.span.end)).toBe('new Redis()');
  });

  test('a file without a script has no facts and no problems', () => {
    const found = facts('a.svelte', '<p>redis</p>');
    expect([found.values, found.problems, found.language]).toEqual([[], [], 'javascript']);
    expect(facts('a.ts', 'let a;').embedded).toBeUndefined();
  });

  test('a script in JSX', () => {
    expect(scriptsOf('<script lang="tsx">const a = <b/>;</script>').extension).toBe('.tsx');
  });
});
