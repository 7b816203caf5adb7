/** The expressions that make what a name or a field holds, where it is certain that there are no others. */

import type { FileFacts, Flow, LocalId, ScopeId, ValueId } from '../model/facts.js';
import type { MadeAt } from '../model/method-call.js';
import type { Callers } from './callers.js';
import { nameTarget } from './names.js';
import { declaredBy } from './parameters.js';
import type { PlaceFlows } from './place-flows.js';
import type { Program } from './program.js';

export class Sources {
  private readonly flows: PlaceFlows;
  /** Names of members that are set from outside: on what is imported, and on anything. */
  private set: { modules: Set<string>; others: Set<string> } | null = null;

  constructor(
    private readonly program: Program,
    private readonly callers: () => Callers,
  ) {
    this.flows = program.flows;
  }

  /** The calls that make a value, in the order in which they are found; null when it can be anything else. */
  of(file: number, id: ValueId): MadeAt[] | null {
    const found = this.value(file, id, new Set());
    return found && found.length > 0 ? found : null;
  }

  private value(file: number, id: ValueId, seen: Set<string>): MadeAt[] | null {
    const key = `${file} ${id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const value = this.program.value(file, id);
    // What is called on nothing fails: the answers are those of the others.
    if (value.kind === 'literal' && (value.undefined || value.value === null)) return [];
    if (value.kind === 'call') return [{ file: this.program.file(file).facts.file, value: id }];
    if (value.kind === 'reference') return this.local(file, value.local, seen, nameTarget(this.program, file, id));
    if (value.kind !== 'member' || value.name === null || value.optional) return null;
    const object = this.program.value(file, value.object);
    return object.kind === 'this' && object.of !== null ? this.field(file, object.of, value.name, seen) : null;
  }

  private local(file: number, id: LocalId, seen: Set<string>, target: ReturnType<typeof nameTarget>): MadeAt[] | null {
    if (target !== null) return this.imported(target, seen);
    const local = this.program.file(file).facts.locals[id];
    const flows = this.flows.ofLocal(file, id);
    if (local?.kind === 'param') return this.parameter(file, id, local.scope, flows, seen);
    if (local === undefined || !['const', 'let', 'var'].includes(local.kind)) return null;
    // Python: `module.name = …` of another file.
    if (local.scope === 0 && this.members().modules.has(local.name)) return null;
    return this.all(file, flows, seen);
  }

  private imported(target: NonNullable<ReturnType<typeof nameTarget>>, seen: Set<string>): MadeAt[] | null {
    const [node, ...others] = target.kind === 'nodes' ? target.nodes : [];
    const home = node === undefined || others.length > 0 ? null : this.program.fileOfNode(node);
    if (home === null || node === undefined || node >= home.returns) return null;
    if (node < home.locals) return this.value(home.index, node - home.values, seen);
    const id = node - home.locals;
    const again = home.facts.locals[id]?.import ?? null;
    const record = again === null ? undefined : home.facts.imports[again];
    const next = record ? this.program.target(home.index, record.specifier, record.imported) : null;
    return this.local(home.index, id, seen, next);
  }

  /** What all calls give, where all are known. */
  private parameter(
    file: number,
    id: LocalId,
    scope: ScopeId,
    flows: readonly Flow[],
    seen: Set<string>,
  ): MadeAt[] | null {
    const params = this.program.scope(file, scope).params ?? [];
    const index = params.findIndex(({ local }) => local === id);
    const param = params[index];
    const calls = this.callers().of(file, scope);
    if (!param || param.rest || param.default !== null || calls === null) return null;
    if (declaredBy(this.program, file, scope, flows) !== undefined) return null;
    return this.union(
      calls.map((call) => {
        const made = this.program.value(call.file, call.value);
        if (made.kind !== 'call' || made.args.some(({ spread, name }) => spread || name === '**')) return null;
        const named = made.args.find(({ name }) => name !== null && name === param.name);
        const given = named ?? (made.args[index]?.name === null ? made.args[index] : undefined);
        return given ? this.value(call.file, given.value, seen) : null;
      }),
    );
  }

  /** A field that its own class alone sets. */
  private field(file: number, scope: ScopeId, name: string, seen: Set<string>): MadeAt[] | null {
    const { members = [], bases = [] } = this.program.scope(file, scope);
    const isMethod = members.some((one) => this.program.scope(file, one).name === name);
    if (isMethod || this.isReplaced(name) || (bases.length > 0 && this.isFieldElsewhere(file, scope, name)))
      return null;
    return this.all(file, this.flows.ofField(file, scope, name), seen);
  }

  /** Whether a member of this name is set on any object from outside of its class. */
  isReplaced(name: string): boolean {
    return this.members().others.has(name);
  }

  /** Whether the class itself gives a member of this name anything else than a function: those are followed. */
  isField(file: number, scope: ScopeId, name: string): boolean {
    return this.flows
      .ofField(file, scope, name)
      .some(({ value }) => this.program.value(file, value).kind !== 'function');
  }

  private isFieldElsewhere(file: number, scope: ScopeId, name: string): boolean {
    return this.program.files.some(({ facts, index }) =>
      facts.flows.some(
        ({ place }) => place.kind === 'field' && place.name === name && !(index === file && place.scope === scope),
      ),
    );
  }

  private members(): { modules: Set<string>; others: Set<string> } {
    if (this.set) return this.set;
    const set = { modules: new Set<string>(), others: new Set<string>() };
    for (const { facts } of this.program.files) {
      for (const { place } of facts.flows) {
        if (place.kind !== 'member' || place.name === null) continue;
        if (isOfImport(facts, place.object)) set.modules.add(place.name);
        set.others.add(place.name);
      }
    }
    this.set = set;
    return set;
  }

  private all(file: number, flows: readonly Flow[], seen: Set<string>): MadeAt[] | null {
    return this.union(
      flows.map(({ value, part, default: other }) =>
        part.kind === 'whole' && other === undefined ? this.value(file, value, seen) : null,
      ),
    );
  }

  private union(found: readonly (MadeAt[] | null)[]): MadeAt[] | null {
    if (found.length === 0 || found.some((one) => one === null)) return null;
    return found.flatMap((one) => one ?? []);
  }
}

/** `module` and `package.module`. */
function isOfImport(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.kind === 'member') return isOfImport(facts, value.object);
  return value?.kind === 'reference' && facts.locals[value.local]?.kind === 'import';
}
