/** Fields that hold a word and not a name: keys, labels, members. They are never references. */

import type { Node } from './node.js';

const UNLESS_COMPUTED: Record<string, string> = {
  MemberExpression: 'property',
  OptionalMemberExpression: 'property',
  ObjectProperty: 'key',
  ClassProperty: 'key',
  ClassAccessorProperty: 'key',
  TSPropertySignature: 'key',
  TSMethodSignature: 'key',
  TSAbstractMethodDefinition: 'key',
};

const ALWAYS: Record<string, readonly string[]> = {
  ClassPrivateProperty: ['key'],
  PrivateName: ['id'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  MetaProperty: ['meta', 'property'],
  JSXAttribute: ['name'],
  JSXMemberExpression: ['property'],
  JSXNamespacedName: ['namespace', 'name'],
  TSQualifiedName: ['right'],
  TSImportType: ['qualifier'],
  TSEnumMember: ['id'],
  TSNamedTupleMember: ['label'],
  TSTypeParameter: ['name'],
  ImportAttribute: ['key'],
  ExportNamespaceSpecifier: ['exported'],
  ObjectTypeProperty: ['key'],
  FunctionTypeParam: ['name'],
  QualifiedTypeIdentifier: ['id'],
};

/** Fields of this node that are to be left out when references are collected. */
export function referenceFields(node: Node): readonly string[] {
  const key = UNLESS_COMPUTED[node.type];
  if (key !== undefined) return node.computed === true ? [] : [key];
  return ALWAYS[node.type] ?? [];
}
