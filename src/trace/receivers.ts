/** What `this` is outside of classes, as far as one file shows it. */

import type { ScopeId } from '../model/facts.js';
import type { ObjectId, ObjectTable } from './objects.js';
import type { Program } from './program.js';

/** Numbers for objects that no literal stands for: below those of lists that calls make. */
const MADE = -1_000_000;

/** Methods of object literals; constructor functions and the functions on their prototypes. */
export class Receivers {
  private readonly byFile = new Map<number, Map<ScopeId, ObjectId>>();

  constructor(
    private readonly program: Program,
    private readonly objects: ObjectTable,
  ) {}

  /** The object that `this` is in a function that is no arrow; null when the file does not show it. */
  of(file: number, scope: ScopeId): ObjectId | null {
    return this.receivers(file).get(scope) ?? null;
  }

  /** The function whose `this` code of a scope sees: arrows see that of the function around them. */
  ownerOf(file: number, scope: ScopeId): ScopeId | null {
    let within = this.program.functionOf(file, scope);
    while (within !== null) {
      const { form, parent } = this.program.scope(file, within);
      if (form !== 'arrow') return within;
      within = parent === null ? null : this.program.functionOf(file, parent);
    }
    return null;
  }

  /** What `new f()` makes when `f` is a plain function. */
  madeBy(file: number, scope: ScopeId): ObjectId {
    return this.objects.intern({ kind: 'record', file, value: MADE - scope, array: false });
  }

  private receivers(file: number): Map<ScopeId, ObjectId> {
    const known = this.byFile.get(file);
    if (known) return known;
    const made = new Map<ScopeId, ObjectId>();
    this.byFile.set(file, made);
    const { facts } = this.program.file(file);
    facts.values.forEach((value, id) => {
      if (value.kind !== 'object') return;
      for (const entry of value.entries) {
        const method = this.program.value(file, entry.value);
        if (method.kind !== 'function') continue;
        made.set(method.of, this.objects.intern({ kind: 'record', file, value: id, array: false }));
      }
    });
    for (const flow of facts.flows) {
      const value = this.program.value(file, flow.value);
      if (value.kind !== 'function' || flow.place.kind !== 'member') continue;
      const owner = this.prototypeOwner(file, flow.place.object);
      if (owner !== null) made.set(value.of, this.madeBy(file, owner));
    }
    facts.scopes.forEach((scope, id) => {
      if (scope.kind === 'function' && scope.form === 'function' && !made.has(id)) made.set(id, this.madeBy(file, id));
    });
    return made;
  }

  /** `F.prototype` of a function of the same file. */
  private prototypeOwner(file: number, id: number): ScopeId | null {
    const value = this.program.value(file, id);
    if (value.kind !== 'member' || value.name !== 'prototype') return null;
    const owner = this.program.value(file, value.object);
    if (owner.kind !== 'reference') return null;
    const local = this.program.file(file).facts.locals[owner.local];
    return local?.kind === 'function' ? local.declares : null;
  }
}
