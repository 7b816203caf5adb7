/** What each kind of syntax binds, and in which scope its parts are read. */

import type { Binder, BindingKind, Scope } from './bindings.js';
import { child, list, type Node, nameOf, word } from './node.js';

type Bind = (binder: Binder, node: Node, scope: Scope) => void;

const bindFunction: Bind = (binder, node, scope) => {
  const declared = node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction';
  if (declared) binder.declare(scope, 'function', child(node, 'id'), node);
  if (node.computed === true) binder.visit(child(node, 'key'), scope, node);
  for (const decorator of list(node, 'decorators')) binder.visit(decorator, scope, node);
  const own = binder.open('function', node, scope);
  if (node.type === 'FunctionExpression') binder.declare(own, 'function', child(node, 'id'), node);
  for (const param of list(node, 'params')) binder.pattern(own, 'param', param, param, node);
  const body = child(node, 'body');
  if (body?.type === 'BlockStatement') binder.visitFields(body, own);
  binder.visitFields(node, own, [
    'id',
    'key',
    'params',
    'decorators',
    ...(body?.type === 'BlockStatement' ? ['body'] : []),
  ]);
  // A body shares its function's scope: its statements are bound, only its place in the tree is still to be told.
  if (body?.type === 'BlockStatement') binder.parents.set(body, node);
};

const bindClass: Bind = (binder, node, scope) => {
  if (node.type === 'ClassDeclaration') binder.declare(scope, 'class', child(node, 'id'), node);
  const own = binder.open('block', node, scope);
  if (node.type === 'ClassExpression') binder.declare(own, 'class', child(node, 'id'), node);
  binder.visitFields(node, own, ['id']);
};

const inBlock =
  (kind: 'block' | 'function'): Bind =>
  (binder, node, scope) =>
    binder.visitFields(node, binder.open(kind, node, scope));

const bindVariables: Bind = (binder, node, scope) => {
  const written = word(node, 'kind');
  const kind: BindingKind = written === 'var' || written === 'let' ? written : 'const';
  for (const declarator of list(node, 'declarations')) {
    const target = child(declarator, 'id');
    binder.parents.set(declarator, node);
    if (target) binder.pattern(scope, kind, target, declarator, declarator);
    binder.visit(child(declarator, 'init'), scope, declarator);
  }
};

/** `type X`, `interface X`, `enum X`, `namespace X` and what Flow declares: the name, then the parts. */
const bindNamed =
  (kind: BindingKind): Bind =>
  (binder, node, scope) => {
    binder.declare(scope, kind, child(node, 'id'), node);
    binder.visitFields(node, scope, ['id']);
  };

const bindImport: Bind = (binder, node, scope) => {
  for (const specifier of list(node, 'specifiers')) {
    binder.parents.set(specifier, node);
    binder.declare(scope, 'import', child(specifier, 'local'), specifier);
  }
};

const bindImportEquals: Bind = (binder, node, scope) => {
  binder.declare(scope, 'import', child(node, 'id'), node);
  const target = child(node, 'moduleReference');
  if (target && target.type !== 'TSExternalModuleReference') binder.visit(target, scope, node);
};

const bindExport: Bind = (binder, node, scope) => {
  if (child(node, 'source')) return;
  binder.visitFields(node, scope);
  const declared = child(node, 'declaration');
  if (!declared) return;
  for (const name of namesDeclared(declared)) {
    const found = scope.names.get(name);
    if (found) found.exported = true;
  }
};

function namesDeclared(declaration: Node): string[] {
  const own = nameOf(child(declaration, 'id'));
  if (own !== null) return [own];
  return list(declaration, 'declarations').flatMap((declarator) => patternNames(child(declarator, 'id')));
}

/** Names that a declaration's target binds. */
export function patternNames(target: Node | null): string[] {
  if (target === null) return [];
  const own = target.type === 'Identifier' ? nameOf(target) : null;
  if (own !== null) return [own];
  const parts = [...list(target, 'properties'), ...list(target, 'elements')];
  for (const field of ['value', 'left', 'argument', 'parameter']) {
    const part = child(target, field);
    if (part) parts.push(part);
  }
  return parts.flatMap(patternNames);
}

/** `(redis: Redis) => void` names a parameter that nothing can refer to; only its type is read. */
const bindSignature: Bind = (binder, node, scope) => {
  for (const field of ['parameters', 'params']) {
    for (const param of list(node, field)) binder.visit(child(param, 'typeAnnotation'), scope, param);
  }
  binder.visitFields(node, scope, ['parameters', 'params']);
};

const bindReference: Bind = (binder, node, scope) => {
  binder.refer(node, scope);
  binder.visitFields(node, scope);
};

/** `<div>` is a word, `<Redis>` and the `redis` of `<redis.Provider>` are names. */
const bindJsxName: Bind = (binder, node, scope) => {
  if (/^[A-Z_$]/.test(nameOf(node) ?? '')) binder.refer(node, scope);
};

const bindJsxMember: Bind = (binder, node, scope) => {
  const object = child(node, 'object');
  if (object?.type === 'JSXIdentifier') binder.refer(object, scope);
  else binder.visit(object, scope, node);
};

const each = (types: string[], bind: Bind): Record<string, Bind> =>
  Object.fromEntries(types.map((type) => [type, bind]));

/** By node type. A type that is not listed binds nothing, and its parts are read in the scope around it. */
export const BINDERS: Readonly<Record<string, Bind>> = {
  ...each(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'], bindFunction),
  ...each(['ObjectMethod', 'ClassMethod', 'ClassPrivateMethod', 'TSDeclareFunction', 'TSDeclareMethod'], bindFunction),
  ...each(['ClassDeclaration', 'ClassExpression'], bindClass),
  ...each(['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement'], inBlock('block')),
  ...each(['StaticBlock', 'TSModuleBlock'], inBlock('function')),
  CatchClause: (binder, node, scope) => {
    const own = binder.open('block', node, scope);
    const param = child(node, 'param');
    if (param) binder.pattern(own, 'catch', param, param, node);
    binder.visitFields(node, own, ['param']);
  },
  VariableDeclaration: bindVariables,
  ImportDeclaration: bindImport,
  TSImportEqualsDeclaration: bindImportEquals,
  ...each(['ExportNamedDeclaration', 'ExportDefaultDeclaration'], bindExport),
  ExportAllDeclaration: () => undefined,
  ExportSpecifier: (binder, node, scope) => binder.visit(child(node, 'local'), scope, node),
  ...each(['TSEnumDeclaration', 'EnumDeclaration', 'TSModuleDeclaration'], bindNamed('enum')),
  ...each(['TSTypeAliasDeclaration', 'TSInterfaceDeclaration'], bindNamed('type')),
  ...each(['TypeAlias', 'OpaqueType', 'InterfaceDeclaration', 'DeclareClass'], bindNamed('type')),
  ...each(['TSFunctionType', 'TSConstructorType', 'TSMethodSignature', 'TSIndexSignature'], bindSignature),
  ...each(['TSCallSignatureDeclaration', 'TSConstructSignatureDeclaration'], bindSignature),
  Identifier: bindReference,
  JSXIdentifier: bindJsxName,
  JSXMemberExpression: bindJsxMember,
};
