/** Turns the facts of a file into objects, copies and watches of the solver. */

import type { Flow, Import, Local, ObjectEntry, Value, ValueId } from '../model/facts.js';
import { addResumed } from './builtins.js';
import type { CallContext } from './calls.js';
import { addEntered, addInstance, clientsOfClass } from './clients.js';
import { addMadeInstance } from './instances-made.js';
import { addSpread, computedNode, loadMember, propertyNode, storeMember } from './members.js';
import { storeInModule } from './module-members.js';
import type { ObjectId } from './objects.js';
import { isPlain } from './plain.js';
import type { NameTarget, Node } from './program.js';
import type { Solver } from './solver.js';
import { addMembersOfWhole } from './whole-exports.js';

/** Adds one file to the solver. */
export function addFile(solver: Solver, index: number): void {
  const file = solver.program.file(index);
  const { facts } = file;
  facts.values.forEach((value, id) => {
    const node = file.values + id;
    // What is but another name of something has nothing of its own.
    if (solver.same.of(node) === node) addValue(solver, index, value, node);
  });
  for (const flow of facts.flows) addFlow(solver, index, flow);
  facts.locals.forEach((local, id) => addLocal(solver, index, local, file.locals + id));
  for (const { kind, test } of facts.blocks) {
    if (kind === 'with' && test !== null) addEntered(solver, file.values + test);
  }
  facts.scopes.forEach((scope, id) => {
    if (scope.kind === 'class') addBases(solver, index, id, scope.bases ?? []);
  });
  addMembersOfWhole(solver, index);
}

function addLocal(solver: Solver, file: number, local: Local, node: Node): void {
  if (local.import !== null) {
    const record = solver.program.file(file).facts.imports[local.import];
    // A class that is imported as a type only still says what is injected under that type.
    if (record) solver.link(() => importTarget(solver, file, record), node);
  }
  if (local.type?.value != null) addDeclared(solver, file, local.type.value, node);
  if (local.declares === null) return;
  const kind = local.kind === 'class' ? 'class' : 'function';
  solver.add(node, solver.objects.intern({ kind, file, scope: local.declares }));
}

/** A parameter or variable that is declared to be of a class of the project holds its instances: injection goes by type. */
function addDeclared(solver: Solver, file: number, type: ValueId, node: Node): void {
  solver.watch(solver.program.valueNode(file, type), (object) => {
    addInstance(solver, object, node);
  });
}

function importTarget(solver: Solver, file: number, record: Import): NameTarget {
  return solver.program.target(file, record.specifier, record.imported);
}

function addBases(solver: Solver, file: number, scope: number, bases: ValueId[]): void {
  const derived = solver.objects.intern({ kind: 'class', file, scope });
  for (const base of bases) {
    solver.watch(solver.program.valueNode(file, base), (object) => {
      solver.bases.add(derived, object);
      solver.derived.add(object, derived);
    });
  }
}

function addValue(solver: Solver, file: number, value: Value, node: Node): void {
  const { values: first } = solver.program.file(file);
  switch (value.kind) {
    case 'global':
      solver.add(node, solver.outside.external('', [value.name]));
      return solver.copy(solver.globalNode(value.name), node);
    case 'member':
      return solver.use(first + value.object, node);
    case 'call':
      return addCall(solver, { file, value, node });
    case 'conditional':
      solver.copy(first + value.then, node);
      return solver.copy(first + value.else, node);
    case 'logical':
      solver.copy(first + value.left, node);
      return solver.copy(first + value.right, node);
    case 'function':
    case 'class':
      return solver.add(node, solver.objects.intern({ kind: value.kind, file, scope: value.of }));
    case 'this':
      return addThis(solver, file, value.of, value.static, node);
    case 'super':
      return addSuper(solver, file, value.of, node);
    case 'module':
      return addModule(solver, file, value.import, node);
    case 'array':
    case 'object':
      return addRecord(solver, file, value, node);
    default:
      return;
  }
}

function addCall(solver: Solver, call: CallContext): void {
  addResumed(solver, call);
  addMadeInstance(solver, call);
  solver.use(solver.program.valueNode(call.file, call.value.callee), call.node);
}

function addThis(solver: Solver, file: number, of: number | null, isStatic: boolean, node: Node): void {
  if (of === null) return addPlainThis(solver, file, node);
  const own = solver.objects.intern({ kind: 'class', file, scope: of });
  // An instance of a class that extends a library's client is that client.
  if (!isStatic) solver.copy(clientsOfClass(solver, own), node);
  solver.add(node, solver.objects.intern({ kind: isStatic ? 'class' : 'instance', file, scope: of }));
}

/** `this` outside of classes: the object literal that has the method, or what a constructor function makes. */
function addPlainThis(solver: Solver, file: number, node: Node): void {
  const value = solver.program.value(file, node - solver.program.file(file).values);
  const owner = solver.receivers.ownerOf(file, value.scope);
  if (owner !== null) solver.copy(solver.thisNode(file, owner), node);
}

function addSuper(solver: Solver, file: number, of: number | null, node: Node): void {
  if (of === null) return;
  const derived = solver.objects.intern({ kind: 'class', file, scope: of });
  solver.bases.each(derived, (base) => {
    const what = solver.objects.get(base);
    solver.add(node, base);
    if (what.kind === 'class') solver.add(node, solver.objects.intern({ ...what, kind: 'instance' }));
  });
}

function addModule(solver: Solver, file: number, id: number, node: Node): void {
  const record = solver.program.file(file).facts.imports[id];
  if (record) solver.link(() => importTarget(solver, file, record), node);
}

function addRecord(
  solver: Solver,
  file: number,
  value: Extract<Value, { kind: 'array' | 'object' }>,
  node: Node,
): void {
  const id = node - solver.program.file(file).values;
  const object = solver.objects.intern({ kind: 'record', file, value: id, array: value.kind === 'array' });
  solver.add(node, object);
  for (const part of partsOf(value)) {
    const from = solver.program.valueNode(file, part.value);
    if (part.spread) solver.watch(from, (source) => spreadInto(solver, source, object));
    else storeEntry(solver, file, object, part, from);
  }
}

/** Elements have their index as a key, up to the first spread. */
function partsOf(value: Extract<Value, { kind: 'array' | 'object' }>): Pick<ObjectEntry, 'key' | 'value' | 'spread'>[] {
  if (value.kind === 'object') return value.entries;
  const spread = value.elements.findIndex((e) => e.spread);
  return value.elements.map((e, index) => ({ ...e, key: spread >= 0 && index >= spread ? null : String(index) }));
}

/** A getter's property is what it returns; a setter gets what is stored in its property. */
function storeEntry(
  solver: Solver,
  file: number,
  object: ObjectId,
  { key, value }: Pick<ObjectEntry, 'key' | 'value'>,
  from: Node,
): void {
  const entry = solver.program.value(file, value);
  if (isPlain(entry)) return;
  const form = entry.kind === 'function' ? solver.program.scope(file, entry.of).form : undefined;
  if (entry.kind === 'function' && form === 'getter') {
    storeMember(solver, object, key, solver.program.returnNode(file, entry.of));
  } else if (entry.kind === 'function' && form === 'setter') {
    const param = solver.program.paramNode(file, entry.of, 0);
    if (param) solver.copy(propertyNode(solver, object, key), param.node);
  } else storeMember(solver, object, key, from);
}

/** `{ ...source }`, `[...source]`: every property of `source`, now and later, is one of `object`. */
export function spreadInto(solver: Solver, source: ObjectId, object: ObjectId): void {
  if (source === object || solver.objects.get(source).kind === 'client') return;
  addSpread(solver, object, source);
  const target = solver.objects.get(object);
  const isList = target.kind === 'record' && target.array;
  const to = isList ? computedNode(solver, object) : propertyNode(solver, object, null);
  loadMember(solver, source, null, to, null);
}

function addFlow(solver: Solver, file: number, flow: Flow): void {
  if (flow.default === undefined && isPlain(solver.program.value(file, flow.value))) return;
  const to = placeNode(solver, file, flow);
  if (to === null) return;
  const from = solver.program.valueNode(file, flow.value);
  if (flow.part.kind === 'whole' || flow.part.kind === 'rest') solver.copy(from, to);
  else solver.load(from, keyOf(flow.part), to, null);
  if (flow.default !== undefined) solver.copy(solver.program.valueNode(file, flow.default), to);
}

function keyOf(part: Flow['part']): string | null {
  if (part.kind === 'member') return part.name;
  return part.kind === 'element' && part.index !== undefined ? String(part.index) : null;
}

function placeNode(solver: Solver, file: number, { place }: Flow): Node | null {
  const fixed = solver.program.fixedPlace(file, place);
  if (fixed !== null) return fixed;
  if (place.kind === 'global') return solver.globalNode(place.name);
  const node = solver.freshNode();
  if (place.kind === 'field') {
    const kind = place.static ? 'class' : 'instance';
    storeMember(solver, solver.objects.intern({ kind, file, scope: place.scope }), place.name, node);
  } else if (place.kind === 'member') {
    solver.watch(solver.program.valueNode(file, place.object), (object) => {
      storeMember(solver, object, place.name, node);
      if (place.name !== null) storeInModule(solver, file, object, place.name, node);
    });
  }
  return node;
}
