/** From a name in the program to the local that it denotes. */

import type { ts as t } from 'ts-morph';
import type { ImportId, Local, LocalId, ScopeId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { bindName } from './scoping.js';
import { typeRef } from './types.js';

/** The local that an identifier refers to where we stand; null when the file does not bind it. */
export function resolve(b: Builder, name: t.Identifier): LocalId | null {
  for (let scope: ScopeId | null = b.at.scope; scope !== null; scope = b.scopes[scope]?.parent ?? null) {
    const local = b.names[scope]?.values.get(name.text) ?? b.ownName(scope, name.text);
    if (local !== undefined) return local;
  }
  return null;
}

const NAMES_A_TYPE: ReadonlySet<Local['kind']> = new Set(['import', 'class', 'enum']);

/** The local that a name in a type refers to: variables of that name do not hide it, types do. */
export function resolveType(b: Builder, name: t.Identifier): LocalId | null {
  for (let scope: ScopeId | null = b.at.scope; scope !== null; scope = b.scopes[scope]?.parent ?? null) {
    const names = b.names[scope];
    const local = names?.values.get(name.text) ?? b.ownName(scope, name.text);
    const kind = local === undefined ? undefined : b.locals[local]?.kind;
    if (local !== undefined && kind && NAMES_A_TYPE.has(kind)) return local;
    if (names?.types.has(name.text)) return null;
  }
  return null;
}

/** What is known of a local where it is declared. */
interface Declaration {
  kind: Local['kind'];
  type?: t.TypeNode | undefined;
  import?: ImportId;
  declares?: ScopeId;
}

/**
 * The local that a name declares. A second declaration of the same name (`var x; var x`, a class that is a namespace
 * too) gives the same local and keeps what the first one said.
 */
export function declare(b: Builder, name: t.Identifier, how: Declaration): LocalId {
  const scope = how.kind === 'var' ? b.at.varScope : b.at.scope;
  return describe(b, bindName(b, scope, name, how.kind), how);
}

function describe(b: Builder, id: LocalId, how: Declaration): LocalId {
  const local = b.locals[id];
  if (!local || b.declared.has(id)) return id;
  b.declared.add(id);
  local.kind = how.kind;
  local.statement = how.kind === 'param' ? null : b.at.statement;
  local.import = how.import ?? null;
  local.declares = how.declares ?? null;
  local.type = typeRef(b, how.type);
  return id;
}

/** The name of a function or class expression: bound inside it alone, and hidden by whatever else is declared there. */
export function declareOwnName(b: Builder, name: t.Identifier, of: ScopeId, kind: 'function' | 'class'): LocalId {
  const id = b.newLocal(name, name.text, kind, of);
  b.ownNames.set(of, id);
  return describe(b, id, { kind, declares: of });
}

/** A local without a name in the program: what a pattern takes apart. `ordinal` keeps parameters apart. */
export function hiddenLocal(b: Builder, pattern: t.BindingPattern, kind: Local['kind'], ordinal: number): LocalId {
  const text = ts.isObjectBindingPattern(pattern) ? `{…}#${ordinal}` : `[…]#${ordinal}`;
  const id = b.newLocal(pattern, text, kind, kind === 'var' ? b.at.varScope : b.at.scope);
  return describe(b, id, { kind });
}
