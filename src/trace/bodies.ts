/** The code of each function alone, nested functions left out. */

import type { Flow, ScopeId, Value } from '../model/facts.js';
import type { Program } from './program.js';

interface FileBodies {
  flows: Map<ScopeId, Flow[]>;
  values: Map<ScopeId, Value[]>;
}

export class Bodies {
  private readonly byFile = new Map<number, FileBodies>();

  constructor(private readonly program: Program) {}

  /** Flows of a function's own code. */
  flows(file: number, scope: ScopeId): Flow[] {
    return this.of(file).flows.get(scope) ?? [];
  }

  /** Values of a function's own code. */
  values(file: number, scope: ScopeId): Value[] {
    return this.of(file).values.get(scope) ?? [];
  }

  private of(file: number): FileBodies {
    const known = this.byFile.get(file);
    if (known) return known;
    const made: FileBodies = { flows: new Map(), values: new Map() };
    const { facts } = this.program.file(file);
    for (const flow of facts.flows) {
      const { scope } = this.program.value(file, flow.value);
      put(made.flows, this.program.functionOf(file, scope), flow);
    }
    for (const value of facts.values) put(made.values, this.program.functionOf(file, value.scope), value);
    this.byFile.set(file, made);
    return made;
  }
}

function put<T>(map: Map<ScopeId, T[]>, scope: ScopeId | null, item: T): void {
  if (scope === null) return;
  const items = map.get(scope);
  if (items) items.push(item);
  else map.set(scope, [item]);
}
