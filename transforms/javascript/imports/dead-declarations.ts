/**
 * Declarations that served only what is gone: options, addresses, handlers. They go too when nothing happens in them,
 * and what served only them after them, to a fixpoint.
 */

import type { Edit } from '../../../src/model/change.js';
import { patternNames } from '../binders.js';
import type { Binding } from '../bindings.js';
import { removalOf } from '../lines.js';
import { child, list, type Node, nameOf, walk } from '../node.js';
import { isPure } from '../pure.js';
import type { Source } from '../source.js';
import { removeItems } from './items.js';
import type { Liveness } from './liveness.js';
import { importStatements } from './statements.js';

const STATEMENT_LISTS = new Set(['Program', 'BlockStatement', 'StaticBlock', 'SwitchCase', 'TSModuleBlock']);
const WHOLE = new Set(['FunctionDeclaration', 'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TypeAlias']);

/** Declarators, functions and types that nothing needs any more; `liveness` learns of each. */
export function deadDeclarations(source: Source, liveness: Liveness): Set<Node> {
  const imports = new Set(importStatements(source).map((statement) => statement.declarator));
  const dead = new Set<Node>();
  for (let found = true; found; ) {
    found = false;
    for (const binding of source.bindings.all) {
      const declared = binding.declarations[0];
      if (!declared || dead.has(declared) || imports.has(declared)) continue;
      if (!goes(source, liveness, binding, declared)) continue;
      dead.add(declared);
      liveness.remove(declared);
      found = true;
    }
  }
  return dead;
}

/** Edits that take declarations out; of a statement with several declarators only those that are to go. */
export function dropDeclarations(source: Source, dead: ReadonlySet<Node>): Edit[] {
  const statements = [...dead].filter((node) => node.type !== 'VariableDeclarator').map((node) => whole(source, node));
  for (const [statement, gone] of variableStatements(source, dead)) {
    const declarators = list(statement, 'declarations');
    const all = declarators.every((node) => gone.has(node));
    statements.push(...(all ? [whole(source, statement)] : removeItems(source.text, declarators, gone)));
  }
  return statements;
}

function goes(source: Source, liveness: Liveness, binding: Binding, declared: Node): boolean {
  if (binding.declarations.length !== 1 || liveness.isGone(declared) || liveness.holdsEdit(declared)) return false;
  if (!liveness.isDead(binding) || opensSomething(source, declared)) return false;
  const parent = source.bindings.parents.get(declared);
  if (WHOLE.has(declared.type)) return parent !== undefined && STATEMENT_LISTS.has(parent.type);
  if (declared.type !== 'VariableDeclarator' || parent?.type !== 'VariableDeclaration') return false;
  const above = source.bindings.parents.get(parent);
  if (!above || !STATEMENT_LISTS.has(above.type) || !/^(const|let|var)$/.test(String(parent.kind))) return false;
  const init = child(declared, 'init');
  return (init === null || isPure(init)) && allDead(source, liveness, declared);
}

function allDead(source: Source, liveness: Liveness, declarator: Node): boolean {
  return patternNames(child(declarator, 'id')).every((name) => {
    const found = source.bindings.lookup(name, declarator.start);
    return found !== null && liveness.isDead(found);
  });
}

/** A function that creates objects of the program or of a library may be a site of its own: it stays. */
function opensSomething(source: Source, declared: Node): boolean {
  let opens = false;
  walk(declared, (node) => {
    let callee = node.type === 'NewExpression' ? child(node, 'callee') : null;
    while (callee?.type === 'MemberExpression') callee = child(callee, 'object');
    const name = nameOf(callee);
    if (name !== null && source.bindings.lookup(name, node.start) !== null) opens = true;
    return !opens;
  });
  return opens;
}

function whole(source: Source, node: Node): Edit {
  return { kind: 'replace', ...removalOf(source.text, node, source.comments, 'attached'), text: '' };
}

function variableStatements(source: Source, dead: ReadonlySet<Node>): Map<Node, Set<Node>> {
  const found = new Map<Node, Set<Node>>();
  for (const node of dead) {
    const statement = node.type === 'VariableDeclarator' ? source.bindings.parents.get(node) : undefined;
    if (statement) found.set(statement, (found.get(statement) ?? new Set()).add(node));
  }
  return found;
}
