/** The code of each function alone, nested functions left out; where each name is read. */

import type { Flow, LocalId, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Program } from './program.js';

interface FileBodies {
  values: Map<ScopeId, Value[]>;
  calls: Map<ScopeId, ValueId[]>;
  references: Map<LocalId, ValueId[]>;
  functions: Map<ScopeId, ValueId>;
}

export class Bodies {
  private readonly byFile = new Map<number, FileBodies>();
  private readonly flowsByFile = new Map<number, Map<ScopeId, Flow[]>>();

  constructor(private readonly program: Program) {}

  /** Flows of a function's own code. */
  flows(file: number, scope: ScopeId): Flow[] {
    return (this.flowsByFile.get(file) ?? this.flowsOf(file)).get(scope) ?? [];
  }

  /** Values of a function's own code. */
  values(file: number, scope: ScopeId): Value[] {
    return this.of(file).values.get(scope) ?? [];
  }

  /** Calls in a function's own code. */
  calls(file: number, scope: ScopeId): ValueId[] {
    return this.of(file).calls.get(scope) ?? [];
  }

  /** Reads of a name, in the whole file. */
  references(file: number, local: LocalId): ValueId[] {
    return this.of(file).references.get(local) ?? [];
  }

  /** The expression that a function is; null when it is declared by a statement. */
  functionValue(file: number, scope: ScopeId): ValueId | null {
    return this.of(file).functions.get(scope) ?? null;
  }

  private flowsOf(file: number): Map<ScopeId, Flow[]> {
    const found = new Map<ScopeId, Flow[]>();
    for (const flow of this.program.file(file).facts.flows) {
      const { scope } = this.program.value(file, flow.value);
      put(found, this.program.functionOf(file, scope), flow);
    }
    this.flowsByFile.set(file, found);
    return found;
  }

  private of(file: number): FileBodies {
    const known = this.byFile.get(file);
    if (known) return known;
    const made: FileBodies = {
      values: new Map(),
      calls: new Map(),
      references: new Map(),
      functions: new Map(),
    };
    const { facts } = this.program.file(file);
    facts.values.forEach((value, id) => {
      const within = this.program.functionOf(file, value.scope);
      put(made.values, within, value);
      if (value.kind === 'call') put(made.calls, within, id);
      if (value.kind === 'reference') put(made.references, value.local, id);
      if (value.kind === 'function' && !made.functions.has(value.of)) made.functions.set(value.of, id);
    });
    this.byFile.set(file, made);
    return made;
  }
}

function put<T>(map: Map<number, T[]>, key: number | null, item: T): void {
  if (key === null) return;
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}
