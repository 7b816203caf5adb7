/** What reading or writing a member of an object means. */

import { PROMISE_METHODS } from '../libraries/promises.js';
import type { Scope } from '../model/facts.js';
import { loadAny } from './any-member.js';
import { isPart, isWritten, loadClientMember, recordMembers } from './client-members.js';
import { putAt } from './dense.js';
import { memberOfModule } from './modules.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

const ARRAY_METHODS = new Set(
  ['push unshift pop shift at find findLast filter slice concat map flatMap forEach some every reduce values entries']
    .concat(['reverse sort splice flat fill get set add has keys delete next join includes indexOf size length'])
    .flatMap((names) => names.split(' ')),
);
const FUNCTION_METHODS = new Set(['bind', 'call', 'apply']);
const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'window', 'self']);

/** Lets member `name` (null: any) of `object` flow into `to`. `by` is the member value that reads it. */
export function loadMember(solver: Solver, object: ObjectId, name: string | null, to: Node, by: Node | null): void {
  const what = solver.objects.get(object);
  if (name !== null && PROMISE_METHODS.has(name) && !(what.kind === 'external' && what.path.length > 0)) {
    solver.add(to, solver.objects.intern({ kind: 'builtin', of: object, member: name }));
    if (what.kind !== 'record' && what.kind !== 'namespace') return;
  }
  // Objects that were spread into one another, or classes in a circle, would be asked for ever.
  if (what.kind !== 'client' && !solver.isFirstLoad(object, name, to)) return;
  switch (what.kind) {
    case 'client':
      return loadClientMember(solver, object, name, to, by);
    case 'chain':
      solver.add(to, solver.objects.intern({ kind: 'method', client: what.client, member: name, chained: what.by }));
      return;
    case 'record':
      return loadRecord(solver, object, name, to);
    case 'instance':
    case 'class':
      if (name === null) return loadAny(solver, object, what, to, by !== null);
      if (what.kind === 'class') return loadStatic(solver, what.file, what.scope, name, to);
      return loadInstance(solver, what.file, what.scope, name, to);
    case 'namespace':
      return loadExport(solver, what.file, name, to);
    case 'external':
      return loadExternal(solver, what.package, what.path, name, to);
    case 'unparsed':
      return addKnown(solver, to, name === null ? null : solver.outside.unparsedMember(object, name));
    case 'function':
    case 'method':
      if (what.kind === 'method' && isPart(solver, what)) return loadClientMember(solver, what.client, name, to, by);
      if (what.kind === 'method' && by !== null) recordMembers(solver, what.client, by, isWritten);
      if (name !== null && FUNCTION_METHODS.has(name)) {
        solver.add(to, solver.objects.intern({ kind: 'applied', of: object, member: name }));
      } else if (what.kind === 'function') loadRecord(solver, object, name, to);
      return;
    case 'unknown':
      return solver.add(to, object);
    default:
      return;
  }
}

/** Lets what is in `from` become member `name` (null: any) of `object`. */
export function storeMember(solver: Solver, object: ObjectId, name: string | null, from: Node): void {
  const what = solver.objects.get(object);
  if (what.kind === 'record' || what.kind === 'function') {
    solver.copy(from, name === null ? computedNode(solver, object) : propertyNode(solver, object, name));
  } else if (what.kind === 'instance' || what.kind === 'class') {
    solver.copy(from, name === null ? anyFieldNode(solver, object) : fieldNode(solver, object, name));
    if (name !== null) storeBySetter(solver, what, name, from);
  }
  if (what.kind === 'external' && what.package === '' && isGlobalObject(what.path) && name !== null) {
    solver.copy(from, solver.globalNode(name));
  }
}

/** The node of a property; null: of any, which every property is a part of from then on that it is asked for. */
export function propertyNode(solver: Solver, object: ObjectId, name: string | null): Node {
  const { names } = solver;
  if (name === null || name === '*') {
    return names.whole('properties', object, (node) => {
      for (const property of names.membersOf('property', object)) solver.copy(property, node);
      const computed = names.wholeIfMade('computed', object);
      if (computed !== undefined) solver.copy(computed, node);
    });
  }
  return names.member('property', object, name, (node) => {
    const any = names.wholeIfMade('properties', object);
    if (any !== undefined) solver.copy(node, any);
    for (const reader of solver.readers[object] ?? []) if (reader.name === name) solver.copy(node, reader.to);
  });
}

/** What was stored under a key that is not known: every read can get it. */
export function computedNode(solver: Solver, object: ObjectId): Node {
  const { names } = solver;
  return names.whole('computed', object, (node) => {
    const any = names.wholeIfMade('properties', object);
    if (any !== undefined) solver.copy(node, any);
    for (const { to } of solver.readers[object] ?? []) solver.copy(node, to);
  });
}

/** Who reads a property of an object. */
export interface Reader {
  name: string;
  to: Node;
}

/** Lets what is stored in an object under a key that is not known, and what is spread into it, flow to its reader, now and later. */
function addReader(solver: Solver, object: ObjectId, reader: Reader): void {
  const computed = solver.names.wholeIfMade('computed', object);
  if (computed !== undefined) solver.copy(computed, reader.to);
  const readers = solver.readers[object];
  if (readers) readers.push(reader);
  else putAt(solver.readers, object, [reader]);
  for (const source of [...solver.spreads.of(object)]) loadMember(solver, source, reader.name, reader.to, null);
}

/** Notes that one object is spread into another. */
export function addSpread(solver: Solver, object: ObjectId, source: ObjectId): void {
  if (solver.spreads.of(object).has(source)) return;
  solver.spreads.add(object, source);
  for (const { name, to } of [...(solver.readers[object] ?? [])]) loadMember(solver, source, name, to, null);
}

/** `object.name = v` with a setter of that name. */
function storeBySetter(solver: Solver, { kind, file, scope }: Made, name: string, from: Node): void {
  for (const [id, member] of solver.methods.of(file, scope, name, kind === 'class')) {
    const value = member.form === 'setter' ? solver.program.paramNode(file, id, 0) : null;
    if (value) solver.copy(from, value.node);
  }
}

/** What is made of a class, or the class itself. */
export type Made = { kind: 'instance' | 'class'; file: number; scope: number };

/** What was stored in a field whose name is not known. */
function anyFieldNode(solver: Solver, object: ObjectId): Node {
  return solver.names.whole('computed field', object, (node) => solver.copy(node, allFieldsNode(solver, object)));
}

/** What any field holds: a read whose name is not known can get it. */
export function allFieldsNode(solver: Solver, object: ObjectId): Node {
  return solver.names.whole('fields', object);
}

/** The node of a field of an instance or of a static field; the fields of its base classes are the same node's. */
export function fieldNode(solver: Solver, object: ObjectId, name: string): Node {
  return solver.names.member('field', object, name, (node) => {
    solver.copy(anyFieldNode(solver, object), node);
    solver.copy(node, allFieldsNode(solver, object));
    const what = solver.objects.get(object);
    if (what.kind !== 'instance' && what.kind !== 'class') return;
    const derived = solver.objects.intern({ kind: 'class', file: what.file, scope: what.scope });
    solver.bases.each(derived, (base) => {
      const baseClass = solver.objects.get(base);
      if (baseClass.kind !== 'class') return;
      const owner = solver.objects.intern({ ...baseClass, kind: what.kind });
      const inherited = fieldNode(solver, owner, name);
      solver.copy(inherited, node);
      solver.copy(node, inherited);
    });
  });
}

function loadRecord(solver: Solver, object: ObjectId, name: string | null, to: Node): void {
  const what = solver.objects.get(object);
  const isMethod = what.kind === 'record' && name !== null && ARRAY_METHODS.has(name);
  if (isMethod) solver.add(to, solver.objects.intern({ kind: 'builtin', of: object, member: name }));
  // The elements of a list are no methods of it.
  if (isMethod && what.array) return;
  if (name === null || name === '*') return solver.copy(propertyNode(solver, object, null), to);
  // Most of what is read of the objects of a program is never there: such a property has no node until somebody stores it.
  const property = solver.names.memberIfMade('property', object, name);
  if (property !== undefined) solver.copy(property, to);
  addReader(solver, object, { name, to });
}

function loadMethods(solver: Solver, file: number, scope: number, name: string, isStatic: boolean, to: Node): void {
  addMethods(solver, file, solver.methods.of(file, scope, name, isStatic), to);
}

/** Lets methods flow into a node; of a getter what it returns. */
export function addMethods(solver: Solver, file: number, methods: [number, Scope][], to: Node): void {
  for (const [id, member] of methods) {
    if (member.form === 'getter') solver.copy(solver.program.returnNode(file, id), to);
    else if (member.form !== 'setter') solver.add(to, solver.objects.intern({ kind: 'function', file, scope: id }));
  }
}

function loadInstance(solver: Solver, file: number, scope: number, name: string, to: Node): void {
  const object = solver.objects.intern({ kind: 'instance', file, scope });
  solver.copy(fieldNode(solver, object, name), to);
  loadMethods(solver, file, scope, name, false, to);
  const derived = solver.objects.intern({ kind: 'class', file, scope });
  // The instance may be one of a subclass, which calls its own method of that name.
  solver.derived.each(derived, (sub) => {
    const what = solver.objects.get(sub);
    if (what.kind === 'class') loadMethods(solver, what.file, what.scope, name, false, to);
  });
  solver.bases.each(derived, (base) => {
    const what = solver.objects.get(base);
    if (what.kind !== 'class') return;
    // Classes in a circle would be asked for ever.
    const inherited = solver.objects.intern({ ...what, kind: 'instance' });
    if (solver.isFirstLoad(inherited, name, to)) loadInstance(solver, what.file, what.scope, name, to);
  });
}

function loadStatic(solver: Solver, file: number, scope: number, name: string, to: Node): void {
  const object = solver.objects.intern({ kind: 'class', file, scope });
  solver.copy(fieldNode(solver, object, name), to);
  loadMethods(solver, file, scope, name, true, to);
  solver.bases.each(object, (base) => {
    const what = solver.objects.get(base);
    if (what.kind === 'class' && solver.isFirstLoad(base, name, to))
      loadStatic(solver, what.file, what.scope, name, to);
  });
}

function loadExport(solver: Solver, file: number, name: string | null, to: Node): void {
  const names = name === null ? solver.program.file(file).facts.exports.map((e) => e.name) : [name];
  for (const exported of names) {
    if (exported !== '*') solver.link(() => memberOfModule(solver.program, file, exported), to);
  }
}

/** Adds an object, if there is one. */
export function addKnown(solver: Solver, to: Node, object: ObjectId | null): void {
  if (object !== null) solver.add(to, object);
}

function loadExternal(solver: Solver, packageName: string, path: string[], name: string | null, to: Node): void {
  if (name === null) return;
  if (packageName === '' && isGlobalObject(path)) {
    solver.copy(solver.globalNode(name), to);
    solver.add(to, solver.outside.external('', [name]));
    return;
  }
  solver.add(to, solver.outside.externalMember(packageName, path, name));
}

function isGlobalObject(path: string[]): boolean {
  return path.length === 1 && GLOBAL_OBJECTS.has(path[0] ?? '');
}
