/** Every way a file takes names from a module: `import`, `import x = require()`, `require()` and `await import()`. */

import type { Binding } from '../bindings.js';
import { child, list, type Node, nameOf, word } from '../node.js';
import type { Source } from '../source.js';

export interface ImportedName {
  /** Name in the module: `default`, `*` for the namespace, `=` for what `require` returns. */
  imported: string;
  local: string;
  binding: Binding;
  /** Node that can be taken out: a specifier or a property of a destructuring; the declarator itself for `=`. */
  node: Node;
  typeOnly: boolean;
}

export interface ImportStatement {
  form: 'esm' | 'equals' | 'require';
  specifier: string;
  /** The statement that stands in a list of statements. */
  statement: Node;
  /** For `require`: the declarator; it may be one of several. */
  declarator: Node | null;
  typeOnly: boolean;
  names: ImportedName[];
  /** Directly in the module, not in a function or block. */
  topLevel: boolean;
  /** Inside a `try`: the module may be missing on purpose. */
  guarded: boolean;
}

const known = new WeakMap<Source, ImportStatement[]>();

/** The import statements of a file, in source order. `export { x } from` takes no name and is not listed. */
export function importStatements(source: Source): ImportStatement[] {
  let statements = known.get(source);
  if (!statements) {
    statements = [...esm(source), ...required(source)].sort((a, b) => a.statement.start - b.statement.start);
    known.set(source, statements);
  }
  return statements;
}

function esm(source: Source): ImportStatement[] {
  const found: ImportStatement[] = [];
  const shared = { declarator: null, topLevel: true, guarded: false };
  for (const statement of list(source.program, 'body')) {
    const typeOnly = word(statement, 'importKind') === 'type' || word(statement, 'importKind') === 'typeof';
    if (statement.type === 'ImportDeclaration') {
      const specifier = nameOf(child(statement, 'source')) ?? '';
      const names = list(statement, 'specifiers').flatMap((node) => imported(source, node, typeOnly));
      found.push({ ...shared, form: 'esm', specifier, statement, typeOnly, names });
    }
    const external = child(statement, 'moduleReference');
    if (statement.type === 'TSImportEqualsDeclaration' && external?.type === 'TSExternalModuleReference') {
      const specifier = nameOf(child(external, 'expression')) ?? '';
      const names = nameFor(source, child(statement, 'id'), '=', statement, typeOnly);
      if (statement.isExport !== true) found.push({ ...shared, form: 'equals', specifier, statement, typeOnly, names });
    }
  }
  return found;
}

function imported(source: Source, node: Node, typeOnly: boolean): ImportedName[] {
  const form: Record<string, string> = { ImportDefaultSpecifier: 'default', ImportNamespaceSpecifier: '*' };
  const name = form[node.type] ?? nameOf(child(node, 'imported')) ?? '';
  const kind = word(node, 'importKind');
  return nameFor(source, child(node, 'local'), name, node, typeOnly || kind === 'type' || kind === 'typeof');
}

function nameFor(source: Source, id: Node | null, name: string, node: Node, typeOnly: boolean): ImportedName[] {
  const local = nameOf(id);
  const binding = local === null || id === null ? null : source.bindings.lookup(local, id.start);
  return local === null || binding === null ? [] : [{ imported: name, local, binding, node, typeOnly }];
}

function required(source: Source): ImportStatement[] {
  const declarators = new Set(source.bindings.all.flatMap((binding) => binding.declarations));
  const found: ImportStatement[] = [];
  for (const declarator of declarators) {
    if (declarator.type !== 'VariableDeclarator') continue;
    const module = moduleOf(child(declarator, 'init'));
    const statement = source.bindings.parents.get(declarator);
    if (!module || !statement) continue;
    const names = requiredNames(source, declarator, module.member);
    if (names === null) continue;
    const around = ancestors(source, statement);
    found.push({
      form: 'require',
      specifier: module.specifier,
      statement,
      declarator,
      typeOnly: false,
      names,
      topLevel: around.length <= 1,
      guarded: around.some((node) => node.type === 'TryStatement'),
    });
  }
  return found;
}

/** Nodes around a node, innermost first. */
export function ancestors(source: Source, node: Node): Node[] {
  const found: Node[] = [];
  for (let at = source.bindings.parents.get(node); at; at = source.bindings.parents.get(at)) found.push(at);
  return found;
}

/** `require("m")`, `require("m").member`, `await import("m")`, `(await import("m")).member`. */
function moduleOf(init: Node | null): { specifier: string; member: string | null } | null {
  if (init?.type === 'MemberExpression' && init.computed !== true) {
    const inner = moduleOf(child(init, 'object'));
    return inner && inner.member === null ? { ...inner, member: nameOf(child(init, 'property')) } : null;
  }
  const call = init?.type === 'AwaitExpression' ? child(init, 'argument') : init;
  const callee = call ? child(call, 'callee') : null;
  const dynamic = callee?.type === 'Import' || call?.type === 'ImportExpression';
  const wanted =
    init?.type === 'AwaitExpression' ? dynamic : nameOf(callee) === 'require' && callee?.type === 'Identifier';
  if (!call || !wanted) return null;
  const argument = call.type === 'ImportExpression' ? child(call, 'source') : (list(call, 'arguments')[0] ?? null);
  const specifier = argument?.type === 'StringLiteral' ? nameOf(argument) : null;
  return specifier === null ? null : { specifier, member: null };
}

/** Null when the target holds something that cannot be taken apart name by name (defaults, rest, nesting). */
function requiredNames(source: Source, declarator: Node, member: string | null): ImportedName[] | null {
  const target = child(declarator, 'id');
  if (target?.type === 'Identifier') return nameFor(source, target, member ?? '=', declarator, false);
  if (target?.type !== 'ObjectPattern') return null;
  const names: ImportedName[] = [];
  for (const property of list(target, 'properties')) {
    const value = child(property, 'value');
    const key = nameOf(child(property, 'key'));
    if (
      property.type !== 'ObjectProperty' ||
      property.computed === true ||
      value?.type !== 'Identifier' ||
      key === null
    ) {
      return null;
    }
    names.push(...nameFor(source, value, key, property, false));
  }
  return names;
}
