/** Small programs, one shape or one hazard each: what must be found of every client in them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProgram, readPrograms } from './program-files.js';
import { describeExpected, describeFound, describeOthers, runProgram } from './program-run.js';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'trace');
const ACCESSOR = readFileSync(join(FOLDER, 'accessor.ts'), 'utf8');
const PROGRAMS = readPrograms(FOLDER);

const TOPICS = [...new Set(PROGRAMS.map(({ topic }) => topic))];

describe.each(TOPICS)('%s', (topic) => {
  it.each(PROGRAMS.filter((program) => program.topic === topic))('$name', async (program) => {
    const found = await runProgram(program, ACCESSOR);
    expect(describeFound(found.clients, program.expected)).toEqual(describeExpected(program.expected));
    expect(describeOthers(found, program.others)).toEqual(program.others.rows);
  });
});

describe('the expectations', () => {
  it('are many', () => {
    expect(PROGRAMS.length).toBeGreaterThanOrEqual(335);
  });

  it('must be there, and only of known words', () => {
    expect(() => readProgram('a/b.ts', 'const a = 1;')).toThrow('expect: none');
    expect(() => readProgram('a/b.ts', '// expect: none\n// expect: client new Redis')).toThrow('expect: none');
    expect(() => readProgram('a/b.ts', '// expect: client new Redis rolle=command')).toThrow('`rolle` is not one of');
    expect(() => readProgram('a/b.ts', '// expect: site')).toThrow('only `client` and `none`');
  });

  it('fail when a program does something else', async () => {
    const program = readProgram(
      'a/b.ts',
      "// expect: client new Redis role=command\nimport Redis from 'ioredis';\nnew Redis(process.env.REDIS_URL).blpop('a', 0);",
    );
    const { clients } = await runProgram(program, ACCESSOR);
    expect(describeFound(clients, program.expected)).toEqual(['client new Redis role=blocking']);
  });
});
