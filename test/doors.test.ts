/** Which room may import which: the direction of `docs/architecture.md`, and who may touch the process and the disk. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAGES = ['scan', 'trace', 'assess', 'plan', 'rewrite', 'verify', 'apply', 'report', 'config'];
/** May be imported from everywhere. */
const GROUND = ['model', 'errors', 'secrets'];

/** Rooms that a room may import, itself and the ground left out. */
const DOORS: Record<string, { to: string[]; otherwise: string }> = {
  bin: { to: ['cli'], otherwise: 'bin only starts the program: put the code into src/cli.' },
  cli: {
    to: ['migrate', 'report'],
    otherwise: 'Commands ask src/migrate.ts and show with src/report: add what is needed to the recipe.',
  },
  migrate: {
    to: [...STAGES, 'languages', 'libraries', 'accessors', 'transforms'],
    otherwise: 'The recipe ties stages together and knows nothing of the command line.',
  },
  rewrite: {
    to: ['transforms', 'languages', 'libraries', 'accessors'],
    otherwise: 'Stages never import each other: let src/migrate.ts hand the data over, or move the type to src/model.',
  },
  transforms: { to: ['languages'], otherwise: 'A transform gets instructions: what it must know belongs into them.' },
  jscodeshift: {
    to: ['migrate', 'transforms', ...STAGES, 'languages', 'libraries', 'accessors'],
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

interface Source {
  file: string;
  room: string;
  text: string;
  /** Specifiers of imports, dynamic imports, re-exports, and type imports. */
  imports: string[];
  tree: ts.SourceFile;
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });
}

/** `src/scan/walk.ts` → scan, `src/errors.ts` → errors, `transforms/…` → transforms, `bin/…` → bin. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'src' ? room.replace(/\.[jt]s$/, '') : top;
}

function read(file: string): Source {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const imports: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { file, room: roomOf(file), text, imports, tree };
}

const ALL = ['src', 'transforms', 'bin'].flatMap(sources).map(read);

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

/** Names of globals and their members that a file uses: `console`, `process.exit`. */
function uses(source: Source, object: string, members: RegExp): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      found ||= node.expression.text === object && members.test(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
}

const PARSERS = /^(?:ts-morph|typescript|jscodeshift|@babel\/.*|recast|web-tree-sitter|tree-sitter.*)$/;
const WRITES =
  /^(?:write|append|rename|unlink|rm|mkdir|rmdir|copyFile|cp|truncate|ftruncate|symlink|link|chmod|fchmod|createWriteStream|mkdtemp)/;
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
      ['languages', 'transforms', 'jscodeshift'].includes(room)
        ? []
        : imports.map((name) =>
            PARSERS.test(name) ? `imports ${name}. Ask a language or a transform instead.` : null,
          ),
    );
    expect(wrong).toEqual([]);
  });

  it('only cli prints, prompts or exits', () => {
    const wrong = violations((source) => {
      if (source.room === 'cli' || source.room === 'bin') return [];
      const prints = uses(source, 'console', /./) || uses(source, 'process', /^(?:exit|exitCode|stdout|stderr|stdin)$/);
      const asks = source.imports.some((name) => /^(?:ora|commander|chalk|cli-table3|node:readline.*)$/.test(name));
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

/** Functions of `fs` that write, imported by name or called on an imported object; `write-file-atomic`. */
function writersOf(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const objects = new Set<string>();
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = statement.moduleSpecifier.text;
    const bindings = statement.importClause?.namedBindings;
    if (from === 'write-file-atomic') found.push(from);
    if (!/^(?:node:)?fs(?:\/promises)?$/.test(from)) continue;
    if (statement.importClause?.name) objects.add(statement.importClause.name.text);
    if (bindings && ts.isNamespaceImport(bindings)) objects.add(bindings.name.text);
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text;
      if (WRITES.test(imported)) found.push(imported);
      if (imported === 'promises') objects.add(name.text);
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && objects.has(node.expression.text)) {
      if (WRITES.test(node.name.text)) found.push(`${node.expression.text}.${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
