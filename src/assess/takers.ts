/** Every place of the program that reads a name of a file, through imports, re-exports and modules. */

import type { Export, FileFacts, Import, LocalId, Span, ValueId } from '../model/facts.js';
import type { At } from '../model/traced.js';
import type { Context } from './context.js';
import { nameOf } from './function-order.js';
import type { Placed } from './hook-closers.js';
import { namedOutside } from './loads.js';
import { readsOf, usersOf } from './parts.js';
import { type Taking, takingsOf } from './taken-by.js';

/** A place that reads the name: `redis`, or `db.redis` with the module. */
export interface Reading {
  facts: FileFacts;
  value: ValueId;
  span: Span;
}

/** Why a name cannot be followed to all who read it. */
export interface Obstacle {
  why: string;
  at: At;
  /** A package exports the name: it is not to go. */
  exported?: true;
}

export interface Takers {
  readings: Reading[];
  /** Takes the name out of exports and imports. */
  drops: Placed[];
  obstacles: Obstacle[];
}

/** 1-based place of an offset. */
export function atOf({ file, lineStarts }: FileFacts, offset: number): At {
  const after = lineStarts.findIndex((start) => start > offset);
  const line = after < 0 ? lineStarts.length : after;
  return { file, line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
}

/** Who reads a local of a module, in its own file and in all others. */
export function takersOf(context: Context, facts: FileFacts, local: LocalId): Takers {
  const following = new Following(context);
  following.own(facts, local);
  return following.found;
}

/** Who reads what a file exports under a name, where no local of its own holds it: `export default new Redis()`. */
export function takersOfExport(context: Context, file: string, name: string): Takers {
  const following = new Following(context);
  following.follow(file, name);
  return following.found;
}

class Following {
  readonly found: Takers = { readings: [], drops: [], obstacles: [] };
  private readonly seen = new Set<string>();

  constructor(private readonly context: Context) {}

  /** Reads of a local, and what is exported by it. */
  own(facts: FileFacts, local: LocalId): void {
    const given = new Set<ValueId>();
    for (const one of facts.exports) {
      if (one.specifier !== null || one.value === null) continue;
      const value = facts.values[one.value];
      if (value?.kind === 'reference' && value.local === local) this.exported(facts, local, one, given);
      else if (value?.kind === 'object' && one.name === '=') this.inRecord(facts, local, one.value, given);
    }
    if (facts.language === 'python' && facts.locals[local]?.scope === 0) {
      this.follow(facts.file, facts.locals[local]?.name ?? '');
    }
    for (const value of readsOf(facts, local)) if (!given.has(value)) this.read(facts, value);
  }

  private exported(facts: FileFacts, local: LocalId, one: Export, given: Set<ValueId>): void {
    const id = one.value ?? 0;
    given.add(id);
    // Python's names are followed as names of the module.
    if (facts.language === 'python') return;
    const statement = facts.values[id]?.statement ?? null;
    const whole = statement === null ? undefined : facts.statements[statement];
    // `exports.redis = redis;` goes as a statement, what declares and exports at once goes with its declaration.
    const span = whole?.kind === 'expression' ? whole.span : one.span;
    if (facts.locals[local]?.statement !== statement) this.drop(facts, { kind: 'drop-export', span });
    this.follow(facts.file, one.name);
  }

  /** `module.exports = { redis, other }`. */
  private inRecord(facts: FileFacts, local: LocalId, record: ValueId, given: Set<ValueId>): void {
    const value = facts.values[record];
    for (const entry of value?.kind === 'object' ? value.entries : []) {
      const held = facts.values[entry.value];
      if (held?.kind !== 'reference' || held.local !== local || entry.key === null) continue;
      given.add(entry.value);
      this.drop(facts, { kind: 'drop-export', span: entry.span });
      this.follow(facts.file, entry.key);
    }
  }

  follow(file: string, name: string): void {
    if (this.seen.has(`${file} ${name}`)) return;
    this.seen.add(`${file} ${name}`);
    this.found.obstacles.push(...namedOutside(this.context, file, name));
    for (const taking of takingsOf(this.context, file)) this.taken(taking, file, name);
  }

  private taken({ facts, what }: Taking, file: string, name: string): void {
    if (what.kind === 'module') return this.module(facts, what.import, name);
    if (what.kind === 'export') return this.reExported(facts, what.export, file, name);
    const { imported, dynamic, span } = what.import;
    if (dynamic) return this.obstacle(facts, span, 'it is imported when the code asks for it');
    // `import db = require('./db')` is no call: its name stands for the whole.
    if (imported === '=' && requireOf(facts, what.index) >= 0) return this.required(facts, what.index, name);
    if (name === '=') return this.whole(facts, what.import);
    if (imported === name) return this.imported(facts, what.import);
    // The default of a CommonJS module is the whole of it.
    if (['*', '='].includes(imported) || (imported === 'default' && !this.hasDefault(file)))
      this.module(facts, what.import, name);
  }

  /** An import of a file whose `module.exports` is the client. */
  private whole(facts: FileFacts, one: Import): void {
    if (one.imported === '=' || one.imported === 'default') this.imported(facts, one);
    else if (one.local !== null) this.obstacle(facts, one.span, 'a member of it is imported, or it as a module');
  }

  private hasDefault(file: string): boolean {
    const { exports = [] } = this.context.files.get(file)?.facts ?? {};
    return exports.some(({ name, imported }) => name === 'default' || imported === '*');
  }

  private imported(facts: FileFacts, { local, typeOnly, guarded, span }: Import): void {
    if (local === null) return this.obstacle(facts, span, 'it is imported without a name');
    if (typeOnly) return this.obstacle(facts, span, 'its type is imported');
    if (guarded) return this.obstacle(facts, span, 'it is imported where the module may be missing');
    if (facts.flows.some(({ place, statement }) => binds(place, local) && !isImport(facts, statement))) {
      return this.obstacle(facts, span, 'the name of its import is bound to something else too');
    }
    this.drop(facts, { kind: 'drop-import', span: facts.locals[local]?.span ?? span });
    this.own(facts, local);
  }

  /** `import * as db`, `from app import cache`, `import app.cache`: reads are those of a member. */
  private module(facts: FileFacts, { local, specifier, span }: Import, name: string): void {
    if (local === null) {
      if (facts.language !== 'python') return;
      facts.values.forEach((value, id) => {
        if (value.kind === 'member' && value.name === name && nameOf(facts, value.object) === specifier)
          this.read(facts, id);
      });
      return;
    }
    for (const read of readsOf(facts, local)) this.member(facts, read, name, span);
  }

  private member(facts: FileFacts, object: ValueId, name: string, span: Span): void {
    for (const id of usersOf(facts, object)) {
      const value = facts.values[id];
      if (value?.kind === 'member' && value.object === object && value.name !== null) {
        if (value.name === name) this.read(facts, id);
      } else this.obstacle(facts, value?.span ?? span, 'its module is given away as a whole');
    }
    for (const { value, part, span: own } of facts.flows) {
      if (value === object && (part.kind !== 'member' || part.name === name)) {
        this.obstacle(facts, own, 'its module is given away as a whole');
      }
    }
  }

  /** `const { redis } = require('./redis')`, `const db = require('./redis')`, `require('./redis').redis`. */
  private required(facts: FileFacts, index: number, name: string): void {
    const id = requireOf(facts, index);
    const span = facts.imports[index]?.span ?? { start: 0, end: 0 };
    for (const by of usersOf(facts, id)) {
      const value = facts.values[by];
      if (value?.kind !== 'member' || value.name === null || name === '=')
        this.obstacle(facts, span, 'its module is given away as a whole');
      else if (value.name === name) this.read(facts, by);
    }
    for (const { value, place, part, span: own } of facts.flows) {
      if (value !== id) continue;
      const apart = part.kind !== 'whole' && (part.kind !== 'member' || name === '=');
      if (place.kind !== 'local' || apart) this.obstacle(facts, own, 'its module is given away as a whole');
      else if (part.kind === 'member' ? part.name === name : name === '=') this.bound(facts, place.local, own);
      else if (part.kind === 'whole')
        for (const read of readsOf(facts, place.local)) this.member(facts, read, name, own);
    }
  }

  /** A local that `require` gives the name. */
  private bound(facts: FileFacts, local: LocalId, span: Span): void {
    const found = facts.locals[local];
    if (!found || facts.flows.filter(({ place }) => binds(place, local)).length > 1) {
      return this.obstacle(facts, span, 'the name of its import is bound to something else too');
    }
    this.drop(facts, { kind: 'drop-import', span: found.span });
    this.own(facts, local);
  }

  private reExported(facts: FileFacts, one: Export, file: string, name: string): void {
    if (name === '=' || (one.imported === 'default' && name !== 'default' && !this.hasDefault(file))) {
      return this.obstacle(facts, one.span, 'its module is exported as a whole');
    }
    if (one.imported === '*' && one.name === '*') {
      if (facts.language === 'python') return this.obstacle(facts, one.span, '`import *` takes it');
      if (name !== 'default') this.follow(facts.file, name);
    } else if (one.imported === '*') this.obstacle(facts, one.span, 'its module is exported as a whole');
    else if (one.imported === name) {
      if (one.typeOnly) return this.obstacle(facts, one.span, 'its type is exported');
      this.drop(facts, { kind: 'drop-export', span: one.span });
      this.follow(facts.file, one.name);
    }
  }

  private read(facts: FileFacts, id: ValueId): void {
    const value = facts.values[id];
    if (!value) return;
    if (value.kind === 'member' && value.write)
      return this.obstacle(facts, value.span, 'something else is put in its place');
    if (!this.found.readings.some((one) => one.facts === facts && one.value === id)) {
      this.found.readings.push({ facts, value: id, span: value.span });
    }
  }

  private drop({ file }: FileFacts, instruction: Placed['instruction']): void {
    const { kind, span } = instruction;
    const same = (one: Placed) =>
      one.file === file && one.instruction.kind === kind && one.instruction.span.start === span.start;
    if (!this.found.drops.some(same)) this.found.drops.push({ file, instruction });
  }

  private obstacle(facts: FileFacts, span: Span, why: string): void {
    this.found.obstacles.push({ why, at: atOf(facts, span.start) });
  }
}

/** The call of `require` that an import is, or -1. */
function requireOf(facts: FileFacts, index: number): ValueId {
  return facts.values.findIndex((value) => value.kind === 'module' && value.import === index);
}

function binds(place: { kind: string; local?: LocalId }, local: LocalId): boolean {
  return place.kind === 'local' && place.local === local;
}

function isImport({ statements }: FileFacts, statement: number | null): boolean {
  return statement !== null && statements[statement]?.kind === 'import';
}
