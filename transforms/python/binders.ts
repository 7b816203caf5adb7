/** Which names a node binds in the body that it stands in. */

import { child, type Node, parts } from './node.js';

export interface Binder {
  name: Node;
  /** Bound by an import statement. */
  imported: boolean;
}

const PATTERNS = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'tuple',
  'list',
  'list_splat_pattern',
  'list_splat',
  'as_pattern_target',
  'parenthesized_expression',
]);

/** Field of the target, by the kind of node that binds it. */
const TARGETS: Readonly<Record<string, string>> = {
  assignment: 'left',
  augmented_assignment: 'left',
  for_statement: 'left',
  for_in_clause: 'left',
  named_expression: 'name',
  function_definition: 'name',
  class_definition: 'name',
  type_alias_statement: 'left',
  as_pattern: 'alias',
};

/** Names that this node itself binds; names of parameters are `parameterNames`. */
export function bindersOf(node: Node): Binder[] {
  if (/^(future_)?import_(from_)?statement$/.test(node.type)) {
    return importedNames(node).map((name) => ({ name, imported: true }));
  }
  if (node.type === 'case_pattern') return captures(node).map((name) => ({ name, imported: false }));
  const field = TARGETS[node.type];
  const target = field === undefined ? null : child(node, field);
  return target ? targetsIn(target).map((name) => ({ name, imported: false })) : [];
}

function targetsIn(target: Node): Node[] {
  if (target.type === 'identifier') return [target];
  if (target.type === 'type') return parts(target).flatMap(targetsIn).slice(0, 1);
  return PATTERNS.has(target.type) ? parts(target).flatMap(targetsIn) : [];
}

/** `import a.b` binds a; `import a.b as c` and `from m import b as c` bind c. */
function importedNames(statement: Node): Node[] {
  return statement.children
    .filter((one) => one.field === 'name')
    .flatMap((one) => child(one, 'alias') ?? (one.type === 'dotted_name' ? (parts(one)[0] ?? []) : []));
}

/** A bare name in a pattern of `match` is bound, a dotted one is compared. Inner patterns answer for themselves. */
function captures(node: Node): Node[] {
  return parts(node).flatMap((inner) => {
    const names = parts(inner);
    if (inner.type === 'dotted_name') return names.length === 1 ? names : [];
    return inner.type === 'splat_pattern' ? names.filter(({ type }) => type === 'identifier') : [];
  });
}

/** Names of the parameters of a function or lambda. */
export function parameterNames(parameters: Node): Node[] {
  return parts(parameters).flatMap((one) => {
    if (one.type === 'identifier') return [one];
    const name = child(one, 'name') ?? parts(one)[0];
    return name ? nameIn(name) : [];
  });
}

function nameIn(node: Node): Node[] {
  if (node.type === 'identifier') return [node];
  return /splat_pattern$/.test(node.type) ? parts(node).flatMap(nameIn) : [];
}

/** An identifier that is no name of its own: a member, a keyword, a part of a module's name. */
export function isWord(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') return node.field === 'attribute';
  if (parent?.type === 'keyword_argument') return node.field === 'name';
  if (parent?.type === 'keyword_pattern') return parts(parent)[0] === node;
  if (parent?.type === 'global_statement' || parent?.type === 'nonlocal_statement') return true;
  if (parent?.type !== 'dotted_name') return parent?.type === 'aliased_import';
  const above = parent.parent;
  return above === null || /import/.test(above.type) || parts(parent)[0] !== node;
}
