/**
 * What a caller can give to a constructor so that it opens nothing: `constructor(redis = new Redis())`,
 * `this.redis = options.redis ?? new Redis()`, `if (options.redis) … else …`.
 */

import type { Argument, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Program } from './program.js';
import type { Solver } from './solver.js';

/** A parameter, or a key of the object that it takes: `0`, `0.redis`. */
export type GivenKey = string;

/** What can be given in place of what a value of a constructor makes. */
export function givenInstead(solver: Solver, file: number, id: ValueId): Set<GivenKey> {
  const { program } = solver;
  const found = new Set<GivenKey>();
  const value = program.value(file, id);
  const own = constructorAround(program, file, value.scope);
  if (own === null) return found;
  const put = (test: ValueId, when: 'filled' | 'empty') => {
    const key = testedKey(solver, file, own, test, when);
    if (key !== null) found.add(key);
  };
  const seen = new Set<ValueId>();
  const visit = (at: ValueId) => {
    if (seen.has(at)) return;
    seen.add(at);
    (program.scope(file, own).params ?? []).forEach((param, index) => {
      if (param.default === at) found.add(`${index}`);
    });
    for (const consumer of solver.consumers(file).get(at) ?? []) {
      if (consumer.kind !== 'same') continue;
      const by = program.value(file, consumer.by);
      if (by.kind === 'logical' && by.operator !== '&&' && by.right === at) put(by.left, 'filled');
      if (by.kind === 'conditional') put(by.test, by.else === at ? 'filled' : 'empty');
      visit(consumer.by);
    }
  };
  visit(id);
  for (let block = value.block; block !== null; ) {
    const around = program.file(file).facts.blocks[block];
    if (around?.test != null && around.kind === 'if') put(around.test, 'empty');
    if (around?.test != null && around.kind === 'else') put(around.test, 'filled');
    block = around?.parent ?? null;
  }
  return found;
}

/** The constructor whose own code holds a scope. */
function constructorAround(program: Program, file: number, scope: ScopeId): ScopeId | null {
  const within = program.functionOf(file, scope);
  if (within === null) return null;
  const { form, name } = program.scope(file, within);
  return form === 'constructor' || name === '__init__' ? within : null;
}

/** The key that a test finds filled (`options.redis`) or empty (`!options.redis`, `redis === undefined`). */
function testedKey(solver: Solver, file: number, own: ScopeId, test: ValueId, when: 'filled' | 'empty') {
  const value = solver.program.value(file, test);
  if (when === 'filled') return keyOf(solver, file, own, test);
  if (value.kind !== 'comparison' || !['!', '==', '===', 'is', 'not'].includes(value.operator)) return null;
  const [first] = value.parts;
  return first === undefined ? null : keyOf(solver, file, own, first);
}

/** The parameter of a constructor, or the key of one, that a value reads. */
function keyOf(solver: Solver, file: number, own: ScopeId, id: ValueId): GivenKey | null {
  const { program } = solver;
  const value = program.value(file, id);
  if (value.kind === 'reference') return ofLocal(solver, file, own, value.local);
  if (value.kind !== 'member' || value.name === null) return null;
  const holder = program.value(file, value.object);
  const params = program.scope(file, own).params ?? [];
  const field = holder.kind === 'this' ? params.findIndex((p) => p.field !== null && p.name === value.name) : -1;
  if (field >= 0) return `${field}`;
  const outer = keyOf(solver, file, own, value.object);
  return outer === null || outer.includes('.') ? null : `${outer}.${value.name}`;
}

function ofLocal(solver: Solver, file: number, own: ScopeId, local: number): GivenKey | null {
  const index = (solver.program.scope(file, own).params ?? []).findIndex((p) => p.local === local && !p.rest);
  if (index >= 0) return `${index}`;
  const flows = solver.bodies.flows(file, own).filter(({ place }) => place.kind === 'local' && place.local === local);
  const [only] = flows;
  if (only === undefined || flows.length > 1 || only.part.kind !== 'member') return null;
  const outer = keyOf(solver, file, own, only.value);
  return outer === null || outer.includes('.') ? null : `${outer}.${only.part.name}`;
}

/** Whether the arguments of a call surely give a key. */
export function gives(solver: Solver, file: number, args: readonly Argument[], key: GivenKey): boolean {
  const [index = '', name] = key.split('.');
  const argument = args[Number(index)];
  if (argument === undefined || argument.spread || args.slice(0, Number(index)).some((one) => one.spread)) return false;
  const value = solver.program.value(file, argument.value);
  if (name === undefined) return isFilled(value);
  if (value.kind === 'object') return entryOf(solver.program, file, value, name) === 'filled';
  const objects = [...solver.of(solver.program.valueNode(file, argument.value))].map((id) => solver.objects.get(id));
  return (
    objects.length > 0 &&
    objects.every((one) => {
      const record = one.kind === 'record' && one.value >= 0 ? solver.program.value(one.file, one.value) : null;
      if (one.kind !== 'record' || record?.kind !== 'object') return false;
      return entryOf(solver.program, one.file, record, name) === 'filled';
    })
  );
}

/** What `super(…)` passes on: the keys of the derived constructor that fill a key of the base. */
export function passedBySuper(solver: Solver, file: number, call: ValueId, key: GivenKey): GivenKey | 'always' | null {
  const { program } = solver;
  const value = program.value(file, call);
  const own = constructorAround(program, file, value.scope);
  if (value.kind !== 'call' || own === null) return null;
  if (gives(solver, file, value.args, key)) {
    const [index = '', name] = key.split('.');
    const argument = value.args[Number(index)];
    const same = name === undefined && argument ? keyOf(solver, file, own, argument.value) : null;
    return same ?? 'always';
  }
  const [index = '', name] = key.split('.');
  const argument = value.args[Number(index)];
  if (argument === undefined || name === undefined) return null;
  const given = program.value(file, argument.value);
  const spread = given.kind === 'object' ? given.entries.findLast((one) => one.spread)?.value : argument.value;
  const outer = spread === undefined ? null : keyOf(solver, file, own, spread);
  return outer === null || outer.includes('.') ? null : `${outer}.${name}`;
}

function entryOf(
  program: Program,
  file: number,
  object: Extract<Value, { kind: 'object' }>,
  name: string,
): 'filled' | 'perhaps' {
  const at = object.entries.findLastIndex((one) => one.key === name);
  const entry = object.entries[at];
  if (entry === undefined || object.entries.slice(at).some((one) => one.spread)) return 'perhaps';
  return isFilled(program.value(file, entry.value)) ? 'filled' : 'perhaps';
}

/** Not `undefined`, not `null`, and no choice of several values. */
function isFilled(value: Value): boolean {
  return value.kind !== 'literal' && value.kind !== 'conditional' && value.kind !== 'logical';
}
