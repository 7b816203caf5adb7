/** Compares names as the facts resolve them with what the TypeScript checker says. */

import { Project, ts } from 'ts-morph';
import type { FileFacts } from '../../../../src/model/facts.js';

const project = () =>
  new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.Latest },
  });

function identifiersByStart(source: ts.SourceFile): Map<number, ts.Identifier> {
  const found = new Map<number, ts.Identifier>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.set(node.getStart(source), node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function symbolOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/** Starts of the names that declare what an identifier refers to; empty when the file does not declare it. */
function declaredAt(checker: ts.TypeChecker, source: ts.SourceFile, node: ts.Identifier): number[] {
  const symbol = symbolOf(checker, node);
  const names = (symbol && checker.getExportSymbolOfSymbol(symbol).declarations)?.flatMap((one) => {
    const ambient = ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Ambient;
    const type = ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
    const name = ambient || type ? undefined : ts.getNameOfDeclaration(one);
    return name && ts.isIdentifier(name) ? [name.getStart(source)] : [];
  });
  return names ?? [];
}

/** One line for each name on which the facts and the checker disagree. The text must have no BOM. */
export function disagreements(facts: FileFacts, text: string): { compared: number; differing: string[] } {
  const owner = project();
  const file = owner.createSourceFile(`/file${/\.[cm]?[jt]sx?$/.exec(facts.file)?.[0]}`, text);
  const source = file.compilerNode;
  const checker = owner.getTypeChecker().compilerObject;
  const nodes = identifiersByStart(source);
  const differing: string[] = [];
  let compared = 0;
  for (const value of facts.values) {
    if (value.kind !== 'reference' && value.kind !== 'global') continue;
    const node = nodes.get(value.span.start);
    const local = value.kind === 'reference' ? facts.locals[value.local] : undefined;
    if (!node || node.end !== value.span.end || (local && local.name !== node.text)) continue;
    compared += 1;
    const expected = declaredAt(checker, source, node);
    const agrees = local ? expected.includes(local.span.start) : expected.length === 0;
    const at = source.getLineAndCharacterOfPosition(value.span.start);
    if (!agrees) differing.push(`${node.text} at ${at.line + 1}:${at.character + 1} ${value.kind} ${expected}`);
  }
  return { compared, differing };
}
