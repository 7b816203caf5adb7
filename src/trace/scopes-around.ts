/** The function or the class that each scope of a file stands in, found once. */

import type { FileFacts, Scope, ScopeId } from '../model/facts.js';

type Around = (ScopeId | null | undefined)[];

const functions = new WeakMap<FileFacts, Around>();
const classes = new WeakMap<FileFacts, Around>();

/** Innermost scope of a kind around a scope, itself included; null when there is none. Others are looked through. */
export function scopeAround(facts: FileFacts, scope: ScopeId, kind: 'function' | 'class'): ScopeId | null {
  const all = kind === 'function' ? functions : classes;
  const found = all.get(facts) ?? [];
  all.set(facts, found);
  return find(facts.scopes, found, scope, kind);
}

function find(scopes: readonly Scope[], found: Around, id: ScopeId, kind: Scope['kind']): ScopeId | null {
  const known = found[id];
  if (known !== undefined) return known;
  const scope = scopes[id];
  if (!scope) throw new Error(`no scope ${id}`);
  const around = scope.kind === kind ? id : scope.parent === null ? null : find(scopes, found, scope.parent, kind);
  found[id] = around;
  return around;
}
