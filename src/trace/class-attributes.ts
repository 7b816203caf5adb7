/** Constants that a class keeps: `Net.HOST` of Python, `static readonly` of TypeScript, `Database.MAIN.value` of an enum. */

import type { Flow, Scope, ScopeId, ValueId } from '../model/facts.js';
import { nameTarget } from './names.js';
import type { PlaceFlows } from './place-flows.js';
import type { Program } from './program.js';

/** A flow with the file that it is in. */
export interface FlowIn {
  file: number;
  flow: Flow;
}

export interface ClassAt {
  file: number;
  scope: ScopeId;
}

/** Classes whose members are objects with the written value in `.value`. Source: docs.python.org/3/library/enum.html. */
const ENUMS = new Set(['Enum', 'IntEnum', 'StrEnum']);

/** Packages whose classes take every attribute as a field, annotated or not. Source: docs.pydantic.dev/1.10/usage/models. */
const MODELS = new Set(['pydantic', 'pydantic_settings']);

/** Methods by which a class decides itself what its members are. */
const DECIDES = new Set(['__new__', '__init__', '_missing_', '__init_subclass__', '__class_getitem__']);

/**
 * The one value that attribute `name` of the class which an expression names is ever given; null where it is no class, its
 * attribute is set twice or on condition, or something else may answer for it: a metaclass, a base or a decorator of
 * another package, an assignment from outside.
 */
export function classAttribute(
  program: Program,
  flows: PlaceFlows,
  file: number,
  object: ValueId,
  name: string,
): FlowIn | null {
  const value = program.value(file, object);
  if (name === 'value' && value.kind === 'member' && value.name !== null) {
    const owner = classAt(program, file, value.object, new Set());
    return owner && isEnum(program, owner) ? own(program, flows, owner, value.name) : null;
  }
  const found = classAt(program, file, object, new Set());
  return found && inherited(program, flows, found, name, new Set());
}

function inherited(
  program: Program,
  flows: PlaceFlows,
  { file, scope }: ClassAt,
  name: string,
  seen: Set<string>,
): FlowIn | null {
  const key = `${file} ${scope}`;
  if (seen.has(key) || !isPlain(program, { file, scope })) return null;
  seen.add(key);
  const here = own(program, flows, { file, scope }, name);
  if (here || staticFlows(flows, { file, scope }, name).length > 0) return here;
  const bases = (program.scope(file, scope).bases ?? []).flatMap(
    (base) => classAt(program, file, base, new Set()) ?? [],
  );
  const [base] = bases;
  return base && bases.length === 1 ? inherited(program, flows, base, name, seen) : null;
}

function own(program: Program, flows: PlaceFlows, at: ClassAt, name: string): FlowIn | null {
  const [flow, another] = staticFlows(flows, at, name);
  if (!flow || another || flow.part.kind !== 'whole' || flows.isSetOnOthers(name)) return null;
  return program.value(at.file, flow.value).block === null ? { file: at.file, flow } : null;
}

function staticFlows(flows: PlaceFlows, { file, scope }: ClassAt, name: string): Flow[] {
  return flows.ofField(file, scope, name).filter(({ place }) => place.kind === 'field' && place.static);
}

/** The class that an expression names, here or in another file of the project. */
export function classAt(program: Program, file: number, id: ValueId, seen: Set<string>): ClassAt | null {
  const key = `${file} ${id}`;
  if (seen.has(key)) return null;
  seen.add(key);
  const value = program.value(file, id);
  if (value.kind === 'class') return { file, scope: value.of };
  if (value.kind === 'member' && value.name !== null) {
    const holder = nameTarget(program, file, value.object);
    return holder?.kind === 'namespace' ? only(program, program.exported(holder.file, value.name), seen) : null;
  }
  if (value.kind !== 'reference') return null;
  const local = program.file(file).facts.locals[value.local];
  if (local?.kind === 'class' && local.declares !== null) return { file, scope: local.declares };
  const target = nameTarget(program, file, id);
  return target && only(program, target, seen);
}

function only(program: Program, target: ReturnType<Program['exported']>, seen: Set<string>): ClassAt | null {
  const node = target.kind === 'nodes' && target.nodes.length === 1 ? target.nodes[0] : undefined;
  const value = node === undefined ? null : program.valueOf(node);
  return value && classAt(program, value.file, value.value, seen);
}

/** Nothing but the class and classes of the project says what its attributes are. */
function isPlain(program: Program, at: ClassAt): boolean {
  const { file, scope } = at;
  const { facts } = program.file(file);
  const here = program.scope(file, scope);
  if (facts.language !== 'python') return (here.decorators ?? []).length === 0;
  if (declaresTwice(program, at)) return false;
  const bases = here.bases ?? [];
  const inHeader = facts.values.filter(({ span }) => isInHeader(here, span.start));
  const known = bases.every((base) => {
    const value = program.value(file, base);
    return (value.kind === 'global' && value.name === 'object') || classAt(program, file, base, new Set()) !== null;
  });
  // A keyword of the header (`metaclass=M`) is a value beside the bases.
  return (
    known && inHeader.length === bases.length && (here.decorators ?? []).every((id) => isDataclass(program, file, id))
  );
}

/**
 * Whether a constructor that nobody wrote takes a field of the class as an argument: `@dataclass`, attrs, a model of
 * pydantic, and whatever else a decorator or a base of another package makes of annotations.
 */
export function isTakenByConstructor(program: Program, file: number, scope: ScopeId, name: string): boolean {
  const { facts } = program.file(file);
  if (facts.language !== 'python') return false;
  const here = program.scope(file, scope);
  const annotated = (here.fields ?? []).some((field) => field.name === name && field.type !== null);
  const writes = (here.members ?? []).some((id) => program.scope(file, id).name === '__init__');
  if (annotated && !writes && (here.decorators ?? []).length > 0) return true;
  return modelBases(program, { file, scope }, new Set()).some((packageName) => annotated || MODELS.has(packageName));
}

/** Packages that a class has bases of, through classes of the project; an expression that names none is `?`. */
function modelBases(program: Program, at: ClassAt, seen: Set<string>): string[] {
  const key = `${at.file} ${at.scope}`;
  if (seen.has(key)) return [];
  seen.add(key);
  return (program.scope(at.file, at.scope).bases ?? []).flatMap((base) => {
    const value = program.value(at.file, base);
    if (value.kind === 'global') return [];
    const known = classAt(program, at.file, base, new Set());
    if (known) return modelBases(program, known, seen);
    const target = nameTarget(program, at.file, value.kind === 'member' ? value.object : base);
    return [target?.kind === 'external' ? (target.package.split('.')[0] ?? '?') : '?'];
  });
}

function isInHeader({ span, body, name }: Scope, at: number): boolean {
  return at > span.start + 'class '.length + (name ?? '').length && at < body.start;
}

/** `class Net` in an `if` and another one in its `else`: one name, two classes. */
function declaresTwice(program: Program, { file, scope }: ClassAt): boolean {
  const { flows, values, locals } = program.file(file).facts;
  const local = locals.findIndex(({ declares }) => declares === scope);
  const given = flows.filter(({ place }) => place.kind === 'local' && place.local === local);
  return given.length !== 1 || given.some(({ value }) => values[value]?.block !== null);
}

/** `@dataclass`, `@dataclass(frozen=True)`: a default stays an attribute of the class, but for `slots=True`. */
function isDataclass(program: Program, file: number, id: ValueId): boolean {
  const value = program.value(file, id);
  if (value.kind === 'call') {
    return (
      value.args.every(({ name }) => name === 'frozen' || name === 'order') && isDataclass(program, file, value.callee)
    );
  }
  return isFrom(program, file, id, 'dataclasses', new Set(['dataclass']));
}

/** A class of `enum` under one of its usual names, which does not decide for itself what its members are. */
export function isEnum(program: Program, at: ClassAt): boolean {
  const { file, scope } = at;
  const here = program.scope(file, scope);
  const methods = (here.members ?? []).map((id) => program.scope(file, id).name ?? '');
  if (methods.some((name) => DECIDES.has(name)) || (here.decorators ?? []).length > 0) return false;
  if (declaresTwice(program, at)) return false;
  const bases = here.bases ?? [];
  const isPlainType = (id: ValueId) => {
    const base = program.value(file, id);
    return base.kind === 'global' && (base.name === 'str' || base.name === 'int');
  };
  const enums = bases.filter((id) => isFrom(program, file, id, 'enum', ENUMS));
  return enums.length === 1 && bases.every((id) => enums.includes(id) || isPlainType(id));
}

/** Whether an expression is one of these names of a module of another package: `Enum`, `enum.Enum`. */
function isFrom(program: Program, file: number, id: ValueId, module: string, names: ReadonlySet<string>): boolean {
  const value = program.value(file, id);
  const { locals, imports } = program.file(file).facts;
  const importOf = (one: ValueId) => {
    const reference = program.value(file, one);
    const local = reference.kind === 'reference' ? locals[reference.local] : undefined;
    return local && local.import !== null ? imports[local.import] : undefined;
  };
  if (value.kind === 'member') {
    const from = importOf(value.object);
    return from?.specifier === module && from.imported === '*' && names.has(value.name ?? '');
  }
  const from = importOf(id);
  return from?.specifier === module && names.has(from.imported);
}
