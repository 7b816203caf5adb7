/** Which room may import which: the direction of `docs/architecture.md`, and who may touch the process and the disk. */

import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ALL, ROOT, roomOf, type Source, uses, writersOf } from './sources.js';

const STAGES = [
  'scan',
  'trace',
  'assess',
  'plan',
  'rewrite',
  'verify',
  'apply',
  'report',
  'config',
  'propose',
  'decisions',
];
/** May be imported from everywhere. */
const GROUND = ['model', 'errors', 'secrets'];

const RECIPE = {
  to: [...STAGES, 'languages', 'libraries', 'accessors', 'transforms'],
  otherwise: 'The recipe ties stages together and knows nothing of the command line.',
};
/** Rooms that a room may import, itself and the ground left out. */
const DOORS: Record<string, { to: string[]; otherwise: string }> = {
  bin: { to: ['cli'], otherwise: 'bin only starts the program: put the code into src/cli.' },
  cli: {
    to: ['migrate', 'apply-changes', 'initialise', 'explain', 'decide', 'check', 'status', 'report'],
    otherwise: 'Commands ask src/migrate.ts and show with src/report: add what is needed to the recipe.',
  },
  migrate: RECIPE,
  changes: RECIPE,
  'apply-changes': { ...RECIPE, to: ['migrate', 'changes', ...RECIPE.to] },
  'migrate-text': { ...RECIPE, to: ['changes', ...RECIPE.to] },
  initialise: { ...RECIPE, to: ['migrate', ...RECIPE.to] },
  decide: { ...RECIPE, to: ['migrate', 'explain', ...RECIPE.to] },
  explain: { ...RECIPE, to: ['migrate', 'changes', ...RECIPE.to] },
  check: { ...RECIPE, to: ['migrate', 'gate', ...RECIPE.to] },
  status: { ...RECIPE, to: ['migrate', 'check', 'gate', ...RECIPE.to] },
  gate: RECIPE,
  rewrite: {
    to: ['transforms', 'languages', 'libraries', 'accessors'],
    otherwise: 'Stages never import each other: let src/migrate.ts hand the data over, or move the type to src/model.',
  },
  transforms: { to: ['languages'], otherwise: 'A transform gets instructions: what it must know belongs into them.' },
  jscodeshift: {
    to: ['migrate-text'],
    otherwise: 'The wrappers run the recipe: they have no part in the command line.',
  },
  languages: {
    to: ['libraries', 'accessors'],
    otherwise: 'A language knows syntax only: stages call it, not the reverse.',
  },
  libraries: { to: [], otherwise: 'Libraries are data: they import the model only.' },
  accessors: { to: ['libraries'], otherwise: 'Accessors are data: they import the model only.' },
  model: { to: [], otherwise: 'The model imports nothing of the project.' },
  errors: { to: [], otherwise: 'Errors import nothing of the project.' },
  secrets: { to: [], otherwise: 'Masking imports nothing of the project.' },
};
const STAGE = {
  to: ['languages', 'libraries', 'accessors'],
  otherwise: 'Stages never import each other: let src/migrate.ts hand the data over, or move the type to src/model.',
};
for (const stage of STAGES) DOORS[stage] ??= STAGE;

/** Room that a relative specifier leads to; null for packages. */
function target(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const path = relative(ROOT, normalize(join(ROOT, dirname(from), specifier)));
  return roomOf(path.replace(/^dist\//, ''));
}

/** Files with a room where the given question has an answer, and what to do. */
function violations(question: (source: Source) => (string | null)[]): string[] {
  return ALL.flatMap((source) =>
    question(source).flatMap((answer) => (answer === null ? [] : [`${source.file}: ${answer}`])),
  );
}

const PARSERS = /^(?:ts-morph|typescript|jscodeshift|@babel\/.*|recast|web-tree-sitter|tree-sitter.*)$/;
/** Who may change the disk, and what. */
const WRITERS: [RegExp, string][] = [
  [/^src\/apply\//, 'sources, journal, ledger'],
  [/^src\/scan\/cache/, 'the cache of facts'],
  [/^src\/cli\/output\.ts$/, 'the file of --output'],
];

describe('doors', () => {
  it('the test sees the imports', () => {
    expect(ALL.length).toBeGreaterThan(20);
    const program = ALL.find(({ file }) => file === 'src/cli/main.ts');
    expect(program?.imports).toContain('../migrate.js');
    expect(ALL.find(({ file }) => file === 'bin/redis-migrate.js')?.text).toContain('../dist/src/cli/main.js');
  });

  it('every room is known: a new one needs a line in DOORS', () => {
    expect([...new Set(ALL.map(({ room }) => room))].filter((room) => !DOORS[room])).toEqual([]);
  });

  it('imports go one way', () => {
    const wrong = violations(({ file, room, imports }) =>
      imports.map((specifier) => {
        const to = target(file, specifier);
        const door = DOORS[room];
        if (to === null || to === room || !door || door.to.includes(to)) return null;
        if (GROUND.includes(to) && !GROUND.includes(room)) return null;
        return `imports ${specifier} of ${to}. ${door.otherwise}`;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('parsers are known to languages and transforms only', () => {
    const wrong = violations(({ room, imports }) =>
      ['languages', 'transforms'].includes(room)
        ? []
        : imports.map((name) =>
            PARSERS.test(name) ? `imports ${name}. Ask a language or a transform instead.` : null,
          ),
    );
    expect(wrong).toEqual([]);
  });

  it('the program starts without a parser, the recipe or the schema library: they are imported when a command runs', () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string): void => {
      const source = ALL.find((candidate) => candidate.file === file);
      if (!source || seen.has(file)) return;
      seen.add(file);
      for (const statement of source.tree.statements) {
        if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
        const typeOnly = ts.isImportDeclaration(statement)
          ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
          : statement.isTypeOnly;
        const specifier = statement.moduleSpecifier;
        if (typeOnly || !specifier || !ts.isStringLiteral(specifier)) continue;
        if (specifier.text.startsWith('.')) visit(join(dirname(file), specifier.text).replace(/\.js$/, '.ts'));
        else packages.add(specifier.text.replace(/^node:.*/, 'node'));
      }
    };
    visit('src/cli/main.ts');
    expect(seen).toContain('src/report/scan.ts');
    expect([...packages].sort()).toEqual(['chalk', 'commander', 'node', 'write-file-atomic']);
    for (const recipe of ['migrate', 'apply-changes', 'initialise', 'explain', 'check', 'status'])
      expect(seen).not.toContain(`src/${recipe}.ts`);
  });

  it('only cli prints, prompts or exits', () => {
    const wrong = violations((source) => {
      if (source.room === 'cli' || source.room === 'bin') return [];
      const prints = uses(source, 'console', /./) || uses(source, 'process', /^(?:exit|exitCode|stdout|stderr|stdin)$/);
      const asks = source.imports.some((name) =>
        /^(?:ora|commander|chalk|@clack\/prompts|cli-table3|node:readline.*)$/.test(name),
      );
      const paints = source.room === 'report' && source.imports.every((name) => name !== 'ora' && name !== 'commander');
      return [prints || (asks && !paints) ? 'prints, prompts or exits. Return the words; src/cli shows them.' : null];
    });
    expect(wrong).toEqual([]);
  });

  it('chalk stays a type outside of cli: the level of colours is decided there', () => {
    const wrong = violations((source) => [
      source.room !== 'cli' && /import (?!type)[^;]*from 'chalk'/.test(source.text) ? "imports chalk's values." : null,
    ]);
    expect(wrong).toEqual([]);
  });

  it('few files write to the disk', () => {
    const wrong = violations((source) => {
      if (WRITERS.some(([file]) => file.test(source.file))) return [];
      const writes = writersOf(source.tree);
      return writes.map((name) => `imports or calls ${name}. Only src/apply writes; hand the text over to it.`);
    });
    expect(wrong).toEqual([]);
  });

  it('a file answers one question: 250 lines at most', () => {
    const wrong = violations(({ text }) => {
      const lines = text.trimEnd().split('\n').length;
      return [lines > 250 ? `has ${lines} lines. Split it by the questions it answers.` : null];
    });
    expect(wrong).toEqual([]);
  });
});
