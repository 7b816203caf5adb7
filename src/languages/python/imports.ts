/** Import statements. A specifier is a dotted module, with leading dots when it is relative. */

import type { Import } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { field, fields, type Node, namedChildren, parts, spanOf } from './tree.js';

/** `import a`, `import a.b` (binds a), `import a.b as c`. */
export function importStatement(builder: Builder, node: Node, context: Context): void {
  for (const name of fields(node, 'name')) {
    const alias = field(name, 'alias');
    const module = (field(name, 'name') ?? name).text.replace(/\s/g, '');
    if (alias) {
      bind(builder, { specifier: module, imported: '*' }, alias, node, context);
      continue;
    }
    const head = module.split('.')[0] ?? module;
    const at = namedChildren(name)[0] ?? name;
    bind(builder, { specifier: head, imported: '*' }, at, node, context);
    if (head !== module) bindPath(builder, module, head, at, node, context);
  }
}

/** `import a.b.c` makes `a.b.c` a member of the `a` that it binds, whether or not `a` says so. */
function bindPath(builder: Builder, module: string, head: string, at: Node, node: Node, context: Context): void {
  const span = spanOf(at);
  const id = add(builder, { specifier: module, imported: '*' }, null, node, context);
  let value = builder.value({ kind: 'module', import: id }, span, context);
  for (const key of module.split('.').slice(1).reverse()) {
    value = builder.value({ kind: 'object', entries: [{ key, value, spread: false, span }] }, span, context);
  }
  const local = builder.lookup(head, context.scope);
  if (local !== null) builder.flow(value, { kind: 'local', local }, span, context);
}

/** `from m import a, b as c` and `from m import *`. */
export function importFrom(builder: Builder, node: Node, context: Context): void {
  const module = field(node, 'module_name');
  const specifier = (module?.text ?? '__future__').replace(/\s/g, '');
  for (const name of fields(node, 'name')) {
    const imported = (field(name, 'name') ?? name).text;
    const alias = field(name, 'alias');
    const passedOn = alias?.text === imported && context.scope === 0 ? { passedOn: true as const } : {};
    bind(builder, { specifier, imported, ...passedOn }, alias ?? name, node, context);
  }
  if (!parts(node).some(({ type }) => type === 'wildcard_import')) return;
  builder.stars.push(add(builder, { specifier, imported: '*' }, null, node, context));
  if (context.scope !== 0) return;
  const span = spanOf(node);
  builder.facts.exports.push({ name: '*', value: null, specifier, imported: '*', typeOnly: false, span });
}

type What = Pick<Import, 'specifier' | 'imported' | 'passedOn'>;

function add(builder: Builder, what: What, local: number | null, node: Node, context: Context): number {
  const { guarded, typeOnly, scope } = context;
  return (
    builder.facts.imports.push({ ...what, local, typeOnly, guarded, dynamic: false, scope, span: spanOf(node) }) - 1
  );
}

/**
 * Binds a name to an import. A second import of one name (`except ImportError: import aioredis as redis`) reaches it
 * by a flow: a local has only one import of its own.
 */
function bind(builder: Builder, what: What, name: Node, node: Node, context: Context): void {
  const id = builder.target(name.text, context, name);
  const local = builder.facts.locals[id];
  if (local && local.import === null && local.kind === 'import') {
    local.import = add(builder, what, id, node, context);
    local.statement = context.statement;
    return;
  }
  const span = spanOf(name);
  const module = add(builder, { specifier: what.specifier, imported: '=' }, null, node, context);
  let value = builder.value({ kind: 'module', import: module }, span, context);
  if (what.imported !== '*') {
    const member = {
      kind: 'member' as const,
      object: value,
      name: what.imported,
      key: null,
      optional: false,
      write: false,
    };
    value = builder.value(member, span, context);
  }
  builder.flow(value, { kind: 'local', local: id }, span, context);
}
