import { beforeAll, describe, expect, it } from 'vitest';
import type { Project, ProjectFile, Resolution } from '../../src/model/project.js';
import { makeOne } from '../../src/scan/facts.js';
import { type NameTarget, Program } from '../../src/trace/program.js';

/** Modules that hand on what others export: by name, under another name, all of it, in a circle, and two of the same name. */
const MODULES: Record<string, string> = {
  'a.ts': `export const first = 1;\nexport const both = 'a';\n`,
  'b.ts': `export { first as renamed } from './a';\nexport const both = 'b';\nexport * from './barrel';\n`,
  'c.ts': `export default function make() {}\nexport const own = 3;\n`,
  'barrel.ts': `export * from './a';\nexport * from './c';\nexport { default as made } from './c';\nexport * from 'outside';\n`,
  'index.ts': `export * from './barrel';\nexport * from './b';\nexport { own as again } from './barrel';\n`,
};
const NAMES = ['first', 'renamed', 'both', 'own', 'made', 'again', 'default', 'missing'];

const files = new Map<string, ProjectFile>();

beforeAll(async () => {
  for (const [file, text] of Object.entries(MODULES)) {
    const answer = await makeOne({ file, text });
    if (!answer.ok) throw new Error(answer.message);
    const named = answer.facts.exports.flatMap(({ specifier }) => specifier ?? []);
    const resolutions: Record<string, Resolution> = Object.fromEntries(
      named.map((one) => [
        one,
        one.startsWith('./') ? { kind: 'file', file: `${one.slice(2)}.ts` } : { kind: 'external', package: one },
      ]),
    );
    files.set(file, { facts: answer.facts, resolutions, manifest: null, zone: 'production' });
  }
});

function projectOf(names: readonly string[]): Project {
  const own = names.flatMap((name) => files.get(name) ?? []);
  return { walked: own.length, files: own, manifests: [], failed: [] };
}

/** Where a name leads, in words: files by their names, since their numbers depend on the order. */
function told(program: Program, target: NameTarget): string {
  if (target.kind === 'nodes' || target.kind === 'member') {
    const places = target.nodes.map((node) => {
      const where = program.valueOf(node);
      return `${where && program.file(where.file).facts.file} ${where?.value}`;
    });
    return `${target.kind} ${places.sort().join()}`;
  }
  if (target.kind === 'namespace') return `all of ${program.file(target.file).facts.file}`;
  if (target.kind === 'external') return `${target.package} ${target.path.join('.')}`;
  return `unparsed ${program.file(target.importer).facts.file} ${target.specifier} ${target.path.join('.')}`;
}

function answers(program: Program): string[] {
  return program.files
    .flatMap(({ index, facts }) =>
      NAMES.map((name) => `${facts.file} ${name}: ${told(program, program.exported(index, name))}`),
    )
    .sort();
}

function orders(names: readonly string[]): string[][] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) => orders(names.filter((other) => other !== name)).map((rest) => [name, ...rest]));
}

describe('what files export', () => {
  it('is the same whatever was asked before other files were added, in every order', () => {
    const whole = new Program();
    whole.add(projectOf(Object.keys(MODULES)));
    const expected = answers(whole);
    expect(expected).toContainEqual(expect.stringMatching(/^index\.ts renamed: nodes a\.ts \d+$/));
    expect(expected.filter((one) => one.includes('unparsed'))).toEqual([]);
    const all = orders(Object.keys(MODULES));
    expect(all).toHaveLength(120);
    for (const order of all) {
      const program = new Program();
      order.forEach((_, count) => {
        program.add(projectOf(order.slice(0, count + 1)));
        answers(program);
      });
      expect(answers(program), order.join()).toEqual(expected);
    }
  });

  it('is asked again by those whose answer lacked a file, when that file can change it, and by nobody else', () => {
    for (const order of orders(Object.keys(MODULES))) {
      const program = new Program();
      const heard = new Map<string, string>();
      let asked = 0;
      const follow = (index: number, name: string) => {
        asked += 1;
        const target = program.asking(
          () => program.exported(index, name),
          ({ kind }) => kind !== 'unparsed',
          () => follow(index, name),
        );
        heard.set(`${program.file(index).facts.file} ${name}`, told(program, target));
      };
      for (const [count] of order.entries()) {
        const added = program.add(projectOf(order.slice(0, count + 1)));
        for (const { index } of added) for (const name of NAMES) follow(index, name);
        program.askAgain();
      }
      const lost = [...heard].filter(([, target]) => target.startsWith('unparsed'));
      expect(lost, order.join()).toEqual([]);
      const before = asked;
      program.askAgain();
      expect(asked).toBe(before);
    }
  });
});
