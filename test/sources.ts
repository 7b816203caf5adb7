/** The sources of the program, read for the test of its doors. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface Source {
  file: string;
  room: string;
  text: string;
  /** Specifiers of imports (`import x = require()` too), dynamic imports, re-exports, and type imports. */
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
export function roomOf(file: string): string {
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
            : ts.isExternalModuleReference(node)
              ? node.expression
              : undefined;
    if (specifier && ts.isStringLiteralLike(specifier)) imports.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { file, room: roomOf(file), text, imports, tree };
}

export const ALL = ['src', 'transforms', 'bin'].flatMap(sources).map(read);

const WRITES =
  /^(?:write|append|rename|unlink|rm|mkdir|rmdir|copyFile|cp|truncate|ftruncate|symlink|link|chmod|fchmod|createWriteStream|mkdtemp)/;
/** Names of globals and their members that a file uses: `console`, `process.exit`. */
export function uses(source: Source, object: string, members: RegExp): boolean {
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

/** Functions of `fs` that write, imported by name or called on an imported object; `write-file-atomic`. */
export function writersOf(tree: ts.SourceFile): string[] {
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
