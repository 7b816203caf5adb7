/** Which names the body of a module, class or function binds: in Python that is decided before any of it runs. */

import type { Local } from '../../model/facts.js';
import { field, fields, firstOfType, type Node, namedChildren, parts } from './tree.js';

export interface Bound {
  name: string;
  kind: Local['kind'];
  node: Node;
}

export interface Bindings {
  bound: Bound[];
  globals: Set<string>;
  nonlocals: Set<string>;
}

/** Bodies with names of their own; only a walrus reaches out of a comprehension. */
const OWN_SCOPE = new Set(['lambda', 'function_definition', 'class_definition']);
const COMPREHENSION = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** Names bound in `body`, in the order in which they appear. */
export function bindingsOf(body: Node): Bindings {
  const found: Bindings = { bound: [], globals: new Set(), nonlocals: new Set() };
  // A stack of its own: a sum of thousands of terms nests deeper than calls can.
  const stack = parts(body).map((node) => ({ node, inComprehension: false }));
  stack.reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const inComprehension = next.inComprehension || COMPREHENSION.has(next.node.type);
    const inside = collect(next.node, found, next.inComprehension).map((node) => ({ node, inComprehension }));
    stack.push(...inside.reverse());
  }
  return found;
}

/** Adds what a node itself binds and gives the nodes inside that may bind more. */
function collect(node: Node, found: Bindings, inComprehension: boolean): Node[] {
  const add = (target: Node | null, kind: Local['kind']) => bindTarget(target, kind, found);
  switch (node.type) {
    case 'function_definition':
      add(field(node, 'name'), 'function');
      break;
    case 'class_definition':
      add(field(node, 'name'), 'class');
      break;
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      for (const name of fields(node, 'name')) bindImport(name, found);
      return [];
    case 'global_statement':
      for (const name of parts(node)) found.globals.add(name.text);
      return [];
    case 'nonlocal_statement':
      for (const name of parts(node)) found.nonlocals.add(name.text);
      return [];
    case 'named_expression':
      add(field(node, 'name'), 'let');
      break;
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
      add(field(node, 'left'), 'let');
      break;
    case 'for_in_clause':
      if (!inComprehension) add(field(node, 'left'), 'let');
      break;
    case 'type_alias_statement':
      add(firstOfType(field(node, 'left') ?? node, 'identifier'), 'let');
      break;
    case 'as_pattern':
      add(
        field(node, 'alias') ?? namedChildren(node)[1] ?? null,
        node.parent?.type === 'except_clause' ? 'catch' : 'let',
      );
      break;
    case 'case_pattern':
      bindPattern(node, found);
      return [];
  }
  return OWN_SCOPE.has(node.type) ? [] : parts(node);
}

function bindTarget(target: Node | null, kind: Local['kind'], found: Bindings): void {
  if (target === null) return;
  if (target.type === 'identifier') found.bound.push({ name: target.text, kind, node: target });
  else if (isPattern(target)) for (const child of parts(target)) bindTarget(child, kind, found);
}

/** Targets that hold further targets. */
export function isPattern(node: Node): boolean {
  return [
    'pattern_list',
    'tuple_pattern',
    'list_pattern',
    'tuple',
    'list',
    'list_splat_pattern',
    'list_splat',
    'as_pattern_target',
    'parenthesized_expression',
  ].includes(node.type);
}

/** `import a.b` binds a; `import a.b as c` and `from m import b as c` bind c. */
function bindImport(node: Node, found: Bindings): void {
  const name = field(node, 'alias') ?? (node.type === 'dotted_name' ? (namedChildren(node)[0] ?? null) : null);
  if (name) found.bound.push({ name: name.text, kind: 'import', node: name });
}

/** A bare name in a pattern of `match` is bound, a dotted one is compared. */
function bindPattern(node: Node, found: Bindings): void {
  for (const name of patternNames(node)) found.bound.push({ name: name.text, kind: 'let', node: name });
}

/** Identifiers that a `case` pattern binds. */
export function patternNames(node: Node): Node[] {
  if (node.type === 'dotted_name') {
    const [only, ...rest] = parts(node);
    return only && rest.length === 0 ? [only] : [];
  }
  if (node.type === 'identifier') return [node];
  // The first part of a class or keyword pattern is the class or the keyword.
  const inner = node.type === 'class_pattern' || node.type === 'keyword_pattern' ? parts(node).slice(1) : parts(node);
  return inner.flatMap(patternNames);
}
