/** The methods of each class by their name. */

import type { Scope, ScopeId } from '../model/facts.js';
import type { Program } from './program.js';

type Methods = Map<string, [ScopeId, Scope][]>;

export class ClassMethods {
  private readonly byFile: (Map<ScopeId, Methods> | undefined)[] = [];

  constructor(private readonly program: Program) {}

  /** Function scopes of a class with a name, static or not; its constructor is none of them. */
  of(file: number, scope: ScopeId, name: string, isStatic: boolean): [ScopeId, Scope][] {
    const named = this.methods(file, scope).get(name) ?? NONE;
    return named.filter(([, member]) => (member.static ?? false) === isStatic);
  }

  /** Function scopes of all of them. */
  all(file: number, scope: ScopeId, isStatic: boolean): [ScopeId, Scope][] {
    return [...this.methods(file, scope).values()].flat().filter(([, member]) => (member.static ?? false) === isStatic);
  }

  private methods(file: number, scope: ScopeId): Methods {
    const classes = this.byFile[file] ?? new Map<ScopeId, Methods>();
    this.byFile[file] = classes;
    const known = classes.get(scope);
    if (known) return known;
    const made: Methods = new Map();
    for (const id of this.program.scope(file, scope).members ?? []) {
      const member = this.program.scope(file, id);
      if (member.name === null || member.form === 'constructor') continue;
      const named = made.get(member.name);
      if (named) named.push([id, member]);
      else made.set(member.name, [[id, member]]);
    }
    classes.set(scope, made);
    return made;
  }
}

const NONE: [ScopeId, Scope][] = [];
