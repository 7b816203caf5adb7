import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { python } from '../../src/languages/python/index.js';
import { openCache } from '../../src/scan/cache.js';
import { makeFacts } from '../../src/scan/facts.js';
import { makeTree } from './tree.js';

const TASK = { file: 'app/a.py', text: 'import redis\nr = redis.Redis()\n' };

async function realFacts() {
  await python.load();
  return python.facts(TASK.file, TASK.text);
}

function entries(directory: string): string[] {
  const folders = readdirSync(directory).filter((name) => name !== '.gitignore');
  return folders.flatMap((name) => readdirSync(join(directory, name)).map((file) => join(directory, name, file)));
}

describe('cache of facts', () => {
  it('is ignored by git from the first entry on, and leaves an ignore file of the person alone', async () => {
    const directory = makeTree({});
    openCache(directory);
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('*\n');
    writeFileSync(join(directory, '.gitignore'), '# mine\n');
    openCache(directory);
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('# mine\n');
  });

  it('gives back what was put, under the path that asks', async () => {
    const directory = makeTree({});
    const facts = await realFacts();
    openCache(directory).put(TASK, facts);
    expect(openCache(directory).get(TASK)).toEqual(facts);
    expect(openCache(directory).get({ ...TASK, file: 'lib/b.py' })).toEqual({ ...facts, file: 'lib/b.py' });
    expect(openCache(directory).get({ ...TASK, text: `${TASK.text}\n` })).toBeNull();
    expect(openCache(directory).get({ ...TASK, file: 'a.ts' })).toBeNull();
  });

  it('ignores corrupt entries and writes them anew', async () => {
    const directory = makeTree({});
    openCache(directory).put(TASK, await realFacts());
    const [entry = ''] = entries(directory);
    const whole = readFileSync(entry, 'utf8');
    for (const broken of ['', 'x', whole.slice(0, -20), whole.replace('redis', 'rebis'), '{}\n{}\n']) {
      writeFileSync(entry, broken);
      expect(openCache(directory).get(TASK)).toBeNull();
      const [answer] = await makeFacts([TASK], openCache(directory), 1);
      expect(answer?.ok).toBe(true);
      expect(readFileSync(entry, 'utf8')).toBe(whole);
    }
  });

  it('removes entries of other versions', () => {
    const directory = makeTree({ 'facts-0-0.0.0/a.json': '', 'other/b.json': '' });
    openCache(directory);
    expect(existsSync(join(directory, 'facts-0-0.0.0'))).toBe(false);
    expect(existsSync(join(directory, 'other/b.json'))).toBe(true);
  });

  it('goes on without a directory that can be written', async () => {
    const root = makeTree({ file: '' });
    const facts = await realFacts();
    for (const cache of [openCache(join(root, 'file')), openCache(null)]) {
      cache.put(TASK, facts);
      expect(cache.get(TASK)).toBeNull();
    }
  });
});
