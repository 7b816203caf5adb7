/** Names for settings that are filled once per process and that the analysis cannot look into. */

import type { CallValue, LocalId, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import { pick } from './known.js';
import { nameTarget } from './names.js';
import type { NameTarget, Program } from './program.js';
import { urlPart } from './pure-calls.js';

type Member = Extract<Value, { kind: 'member' }>;

/** `file#name` of the module-level constant that a reference denotes; null when it is anything else. */
export function settingsHolder(program: Program, file: number, id: ValueId): string | null {
  const value = program.value(file, id);
  if (value.kind === 'call') return cachedCall(program, file, value);
  if (value.kind === 'member') return memberOfModule(program, file, value);
  if (value.kind !== 'reference') return null;
  const local = program.file(file).facts.locals[value.local];
  if (!local) return null;
  if (local.import === null) {
    const module = local.kind === 'const' && local.scope === 0;
    return module ? `${program.file(file).facts.file}#${local.name}` : null;
  }
  const record = program.file(file).facts.imports[local.import];
  if (!record) return null;
  const target = program.target(file, record.specifier, record.imported);
  if (target.kind === 'unparsed') {
    const resolution = program.file(file).project.resolutions[record.specifier];
    return resolution?.kind === 'file' ? `${resolution.file}#${record.imported}` : null;
  }
  if (target.kind === 'external') return `${target.package}#${record.imported}`;
  return holderOfTarget(program, target);
}

/** `config.settings`, of a module that is imported as a whole. */
function memberOfModule(program: Program, file: number, value: Member): string | null {
  const module = value.name === null ? null : nameTarget(program, file, value.object);
  if (module?.kind !== 'namespace' || value.name === null) return null;
  return holderOfTarget(program, program.exported(module.file, value.name));
}

function holderOfTarget(program: Program, target: NameTarget): string | null {
  if (target.kind !== 'nodes') return null;
  const only = target.nodes.length === 1 ? program.valueOf(target.nodes[0] ?? 0) : null;
  return only ? settingsHolder(program, only.file, only.value) : null;
}

/** A member by its name, and as it is written behind what holds it: `.name`, `["name"]`. */
export interface Part {
  name: string;
  step: string;
}

/** Member of a value that is known as far as it is: what is in it, a component of a URL, else a setting with a name. */
export function knownMember(
  program: Program,
  file: number,
  object: ValueId,
  part: Part,
  known: Known,
  at: Known['at'],
): Known {
  const { name, step } = part;
  const found =
    pick(known, name, at) ?? urlPart(known, name, at) ?? namedSetting(program, file, object, step, known, at);
  return fixedSetting(program, file, object, part, known, found);
}

/** A member of something that is set once per process but not known here: a setting with a name. */
function namedSetting(
  program: Program,
  file: number,
  object: ValueId,
  step: string,
  known: Known,
  at: Known['at'],
): Known {
  const holder = known.kind === 'config' ? known.path : settingsHolder(program, file, object);
  if (holder === null) return { kind: 'unknown', why: `\`${step}\` of a value that is not known`, at };
  return { kind: 'config', path: `${holder}${step}`, fallback: null, at };
}

/**
 * What a member of an object is, when the object is a literal that a constant of a module keeps unchanged: a value that
 * cannot be computed there (`{ url: required('REDIS_URL') }`) is made once and has a name.
 */
function fixedSetting(
  program: Program,
  file: number,
  object: ValueId,
  { name, step }: Part,
  known: Known,
  found: Known,
): Known {
  if (found.kind !== 'unknown' || known.kind !== 'object' || known.open) return found;
  const made = known.entries.filter(({ key }) => key === name);
  const path = made.length === 1 ? constantPath(program, file, object) : null;
  return path === null ? found : { kind: 'config', path: `${path}${step}`, fallback: null, at: found.at };
}

/** `file#settings.redis`: a constant of a module, or a member of one. */
function constantPath(program: Program, file: number, id: ValueId): string | null {
  const value = program.value(file, id);
  if (value.kind !== 'member') return value.kind === 'reference' ? settingsHolder(program, file, id) : null;
  const outer = value.name === null ? null : constantPath(program, file, value.object);
  return outer === null || value.name === null ? null : outer + stepOf(program, file, value, value.name);
}

/** `.name`, or `["name"]` in Python, where an item of a dictionary is no attribute. */
export function stepOf(program: Program, file: number, { key, attribute }: Member, name: string): string {
  const item = key !== null && !attribute && program.file(file).facts.language === 'python';
  return item ? `[${JSON.stringify(name)}]` : `.${name}`;
}

/** `get_settings()` of a function that is decorated to make its result once: `@lru_cache`. */
function cachedCall(program: Program, file: number, call: CallValue): string | null {
  const callee = program.value(file, call.callee);
  if (call.args.length > 0 || callee.kind !== 'reference') return null;
  const made = functionOf(program, file, callee.local, new Set());
  const scope = made && program.scope(made.file, made.scope);
  if (!made || !scope?.decorators?.some((id) => CACHES.has(lastName(program, made.file, id) ?? ''))) return null;
  return `${program.file(made.file).facts.file}#${scope.name}()`;
}

const CACHES = new Set(['lru_cache', 'cache']);

/** The function that a name denotes, through imports. */
function functionOf(
  program: Program,
  file: number,
  id: LocalId,
  seen: Set<string>,
): { file: number; scope: ScopeId } | null {
  const key = `${file} ${id}`;
  const local = program.file(file).facts.locals[id];
  if (!local || seen.has(key)) return null;
  seen.add(key);
  if (local.declares !== null) return { file, scope: local.declares };
  const record = local.import === null ? undefined : program.file(file).facts.imports[local.import];
  const target = record && program.target(file, record.specifier, record.imported);
  const only = target?.kind === 'nodes' && target.nodes.length === 1 ? program.valueOf(target.nodes[0] ?? 0) : null;
  const value = only && program.value(only.file, only.value);
  return only && value?.kind === 'reference' ? functionOf(program, only.file, value.local, seen) : null;
}

/** `a.b.lru_cache(maxsize=1)` → lru_cache. */
function lastName(program: Program, file: number, id: ValueId): string | null {
  const value = program.value(file, id);
  if (value.kind === 'call') return lastName(program, file, value.callee);
  if (value.kind === 'member') return value.name;
  return value.kind === 'reference' ? (program.file(file).facts.locals[value.local]?.name ?? null) : null;
}
