/**
 * What is changed after it was made, by whoever gets at it: `config.redis.host = 'other'` in another module. Tests are left out:
 * what they set holds while they run.
 */

import type { CallValue, ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import { callsIn } from './calls-in.js';
import { globalName } from './global-names.js';
import { isNewObject } from './names.js';
import type { Node, ProgramFile } from './program.js';
import type { Solver } from './solver.js';

/** Names that are set; null: any. */
type Names = Set<string | null>;

export class Changes {
  /** By the literal that made an object, and by the module whose variables are set from outside. */
  private readonly records = new Map<string, Names>();
  private readonly modules = new Map<number, Names>();

  constructor(private readonly solver: Solver) {
    for (const file of solver.program.files) if (file.project.zone !== 'test') this.read(file);
  }

  /** Whether other modules set a variable of a module. */
  isSet(file: number, name: string): boolean {
    const names = this.modules.get(file);
    return names !== undefined && (names.has(name) || names.has(null));
  }

  /** A literal as it may be when it is read: entries that are set later are not known. */
  after(file: number, literal: ValueId, known: Known): Known {
    const names = this.records.get(`${file} ${literal}`);
    if (names === undefined || known.kind !== 'object') return known;
    const { at } = known;
    if (names.has(null)) return { kind: 'object', entries: [], open: true, at };
    const unknown: Known = { kind: 'unknown', why: 'a member that is set later', at };
    const set = [...names].flatMap((key) => (key === null ? [] : [{ key, value: unknown, at }]));
    return { ...known, entries: [...known.entries, ...set] };
  }

  private read({ index, facts }: ProgramFile): void {
    const { program } = this.solver;
    for (const { place } of facts.flows) {
      if (place.kind === 'member') this.note(program.valueNode(index, place.object), place.name);
    }
    for (const { call } of callsIn(facts)) {
      if (this.assigns(index, call)) this.note(this.firstOf(index, call), null);
    }
  }

  /** `Object.assign(config, overrides)`. */
  private assigns(file: number, call: CallValue): boolean {
    const { program } = this.solver;
    return globalName(program, file, call.callee) === 'Object.assign' && !isNewObject(program, file, call);
  }

  private firstOf(file: number, { args: [first] }: CallValue): Node | null {
    return first ? this.solver.program.valueNode(file, first.value) : null;
  }

  private note(object: Node | null, name: string | null): void {
    if (object === null) return;
    for (const id of this.solver.of(object)) {
      const what = this.solver.objects.get(id);
      if (what.kind === 'record') add(this.records, `${what.file} ${what.value}`, name);
      else if (what.kind === 'namespace') add(this.modules, what.file, name);
    }
  }
}

function add<K>(map: Map<K, Names>, key: K, name: string | null): void {
  const names = map.get(key) ?? new Set();
  names.add(name);
  map.set(key, names);
}
