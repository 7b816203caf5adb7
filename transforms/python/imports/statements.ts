/** Every import statement of a file, name by name. */

import type { Binding } from '../bindings.js';
import { around, child, isFunction, type Node, parts, walk } from '../node.js';
import type { Source } from '../source.js';

export interface ImportedName {
  /** Name in the module; `*` for the module itself. */
  imported: string;
  local: string;
  binding: Binding;
  /** What can be taken out of the list. */
  node: Node;
}

export interface ImportStatement {
  form: 'import' | 'from';
  /** Module of a `from`; of `import a.b, c` the first. */
  specifier: string;
  node: Node;
  names: ImportedName[];
  /** Everything that it takes, names that are not bound by themselves (`*`) included. */
  items: Node[];
  /** Runs when the module is loaded, unconditionally. */
  topLevel: boolean;
  /** In a `try`, or under a condition: may be missing on purpose. */
  guarded: boolean;
  /** Under `if TYPE_CHECKING`. */
  typeOnly: boolean;
}

const known = new WeakMap<Source, ImportStatement[]>();

/** In the order of the text. `from __future__` is none of ours. */
export function importStatements(source: Source): ImportStatement[] {
  let found = known.get(source);
  if (!found) {
    found = [...walk(source.module)].flatMap((node) => statementOf(source, node) ?? []);
    known.set(source, found);
  }
  return found;
}

function statementOf(source: Source, node: Node): ImportStatement | null {
  const form = { import_statement: 'import', import_from_statement: 'from' }[node.type] as
    | 'import'
    | 'from'
    | undefined;
  if (form === undefined) return null;
  const items = node.children.filter((one) => one.field === 'name' || one.type === 'wildcard_import');
  const module = form === 'from' ? child(node, 'module_name') : (items[0] ?? null);
  const above = around(node);
  const typeOnly = above.some((one) => one.type === 'if_statement' && isTypeChecking(source, one));
  const conditions = above.filter((one) => /^(?:try|if|for|while|with|match)_(?:statement|clause)$/.test(one.type));
  const guarded = conditions.some((one) => !isTypeChecking(source, one));
  return {
    form,
    specifier: module ? written(source, child(module, 'name') ?? module) : '',
    node,
    names: items.flatMap((item) => nameOf(source, item, form) ?? []),
    items,
    topLevel: !above.some((one) => isFunction(one) || one.type === 'class_definition'),
    guarded,
    typeOnly,
  };
}

/** `if TYPE_CHECKING:` and `if typing.TYPE_CHECKING:` without an else. */
function isTypeChecking(source: Source, node: Node): boolean {
  const condition = node.type === 'if_statement' ? child(node, 'condition') : null;
  const alone = !node.children.some(({ type }) => type === 'else_clause' || type === 'elif_clause');
  return (
    condition !== null && alone && /^(?:\w+\.)?TYPE_CHECKING$/.test(source.text.slice(condition.start, condition.end))
  );
}

function nameOf(source: Source, item: Node, form: 'import' | 'from'): ImportedName | null {
  const alias = child(item, 'alias');
  const path = child(item, 'name') ?? item;
  const local = alias ?? parts(path)[0];
  if (!local || item.type === 'wildcard_import') return null;
  const name = written(source, local);
  const binding = source.bindings.all.find(({ declarations }) => declarations.includes(local));
  return binding ? { imported: form === 'from' ? written(source, path) : '*', local: name, binding, node: item } : null;
}

function written({ text }: Source, node: Node): string {
  return text.slice(node.start, node.end).replace(/[\s\\]/g, '');
}
