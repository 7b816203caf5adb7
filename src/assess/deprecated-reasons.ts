/** Why a deprecated name stays: what stands for it is not there, is another thing, or does not fit the uses. */

import type { Deprecated } from '../model/config.js';
import type { CallValue, FileFacts, LocalId, ValueId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { Context } from './context.js';
import { type Callable, callableOf, misfit } from './deprecated-calls.js';
import type { NamedImport } from './deprecated-imports.js';
import { listed } from './holder-variable.js';
import { instanceReasons, memberReasons, placeIn, type Stand } from './instance-reasons.js';
import { coroutinesOf, membersOf } from './instances.js';
import { fileOfModule, isOwnModule, kindOfName, type NameKind } from './modules.js';
import { cycleTo } from './reach.js';
import { reason } from './reasons.js';

/** Why one name stays, or that it moves. */
export function nameReasons(context: Context, facts: FileFacts, { entry, local }: NamedImport): Reason[] {
  const { module, name, use } = entry;
  const reasons = [reason('deprecated', { name, from: module, to: use.name, module: use.module })];
  const kind = targetKind(context, entry);
  if (typeof kind !== 'string') return [...reasons, kind];
  const cycle = newFile(context, entry) === facts.file ? [facts.file] : cycleOf(context, entry, facts.file);
  if (cycle !== null) reasons.push(reason('import-cycle', { way: cycle.join(' → ') }));
  const uses = local === null ? [] : usesOf(facts, local);
  if (use.drop === 'call') reasons.push(...callReasons(context, facts, entry, { local, uses }));
  else reasons.push(...kindReasons(context, facts, entry, { kind, uses }));
  return reasons;
}

/** What the new name is; a reason when it is not there. */
function targetKind(context: Context, { use: { module, name } }: Deprecated): NameKind | Reason {
  const file = fileOfModule(context, module);
  if (!file) {
    const why = 'the tree has no such module';
    return isOwnModule(context, module) && !context.alone ? reason('import-target', { name, module, why }) : 'open';
  }
  const why = 'the module has no such name';
  return kindOfName(file.facts, name) ?? reason('import-target', { name, module, why });
}

function newFile(context: Context, { use }: Deprecated): string | null {
  return fileOfModule(context, use.module)?.facts.file ?? null;
}

/** The new module imports the file, which did not yet import the new module. */
function cycleOf(context: Context, entry: Deprecated, file: string): string[] | null {
  const target = newFile(context, entry);
  return target === null ? null : cycleTo(context, target, file);
}

/** Reads of a local, other than by those who import it from here. */
export function usesOf({ values, locals }: FileFacts, local: LocalId): ValueId[] {
  const declared = locals[local]?.span.start;
  return values.flatMap((value, id) =>
    value.kind === 'reference' && value.local === local && value.span.start !== declared ? [id] : [],
  );
}

/** The call that each callee is of. */
export function calleesIn({ values }: FileFacts): Map<ValueId, ValueId> {
  return new Map(values.flatMap((value, id) => (value.kind === 'call' ? [[value.callee, id] as const] : [])));
}

interface Uses {
  uses: ValueId[];
}

/** A class becomes its instance: only with all its calls. */
function callReasons(
  context: Context,
  facts: FileFacts,
  entry: Deprecated,
  found: Uses & { local: LocalId | null },
): Reason[] {
  const { name } = entry;
  const calls = calleesIn(facts);
  const others = found.uses.filter((id) => !calls.has(id));
  const given = found.local === null || isTaken(context, facts, found.local) || isPromised(facts, found.local);
  if (given) return [reason('class-in-use', { name })];
  const [other] = others.flatMap((id) => facts.values[id] ?? []);
  if (other) return [reason('class-in-use', { name }, placeIn(facts, other.span.start))];
  const stand = standOf(context, entry);
  return found.uses.flatMap((id) => instanceReasons(context, facts, calls.get(id) ?? id, name, stand));
}

/** Whether another file imports the name from this one. */
function isTaken({ project }: Context, facts: FileFacts, local: LocalId): boolean {
  const name = facts.locals[local]?.name;
  return project.files.some(({ facts: other, resolutions }) =>
    other.imports.some(({ specifier, imported }) => {
      const target = resolutions[specifier];
      return target?.kind === 'file' && target.file === facts.file && imported === name;
    }),
  );
}

/** Whether the file says that its importers may take the name: `from m import A as A`, `__all__ = ["A"]`. */
function isPromised(facts: FileFacts, id: LocalId): boolean {
  const local = facts.locals[id];
  if (local?.scope !== 0) return false;
  const given = facts.imports.some((one) => one.local === id && one.passedOn);
  return given || listed(facts, local.name).length > 0;
}

/** What the objects of the new name can do, as far as their class is seen. */
function standOf(context: Context, { module, name, use }: Deprecated): Stand {
  const facts = fileOfModule(context, use.module)?.facts;
  const made = facts && classOf(facts, use.name);
  if (!facts || !made) return { name: use.name, members: null };
  const old = fileOfModule(context, module)?.facts;
  const was = old && classOf(old, name);
  if (facts.language !== 'python') return { name: use.name, members: membersOf(facts, made) };
  return {
    name: use.name,
    members: membersOf(facts, made),
    coroutines: coroutinesOf(facts, made),
    ...(old && was ? { before: { members: membersOf(old, was), coroutines: coroutinesOf(old, was) } } : {}),
  };
}

/** The class that a name is, or is the one instance of. */
function classOf(facts: FileFacts, name: string): string | null {
  return kindOfName(facts, name) === 'class' ? name : classOfInstance(facts, name);
}

/** Name of the class of the module that an exported name is the one instance of; null when that is not seen. */
function classOfInstance(facts: FileFacts, exported: string): string | null {
  const named = facts.exports.find(({ name }) => name === exported);
  const reference = named && named.value !== null ? facts.values[named.value] : undefined;
  if (reference?.kind !== 'reference') return null;
  const flows = facts.flows.filter(({ place: at }) => at.kind === 'local' && at.local === reference.local);
  const [made, ...more] = flows.map(({ value }) => facts.values[value]);
  const callee = made?.kind === 'call' && more.length === 0 ? facts.values[made.callee] : undefined;
  const local = callee?.kind === 'reference' ? facts.locals[callee.local] : undefined;
  return local?.kind === 'class' ? local.name : null;
}

const WORDS: Record<NameKind, string> = {
  function: 'function',
  coroutine: 'coroutine function',
  class: 'class',
  value: 'value',
  open: 'name',
};

/** What the name was, or is used as, and what stands for it: both must be of one kind. */
function kindReasons(
  context: Context,
  facts: FileFacts,
  entry: Deprecated,
  { kind, uses }: Uses & { kind: NameKind },
): Reason[] {
  const { module, name, use } = entry;
  const old = fileOfModule(context, module);
  const was = (old && kindOfName(old.facts, name)) ?? 'open';
  const calls = calleesIn(facts);
  const called = uses.filter((id) => calls.has(id));
  if (kind === 'open') return [];
  const fileOfNew = fileOfModule(context, use.module);
  const made = called.flatMap((id) => facts.values[calls.get(id) ?? -1] as CallValue);
  const onlyCalled = called.length === uses.length;
  const makes = (one: NameKind) => one === 'class' || one === 'function';
  const fits = was === kind || (makes(was) && makes(kind) && onlyCalled);
  if (was !== 'open' && !fits)
    return [reason('import-target-kind', { name, was: WORDS[was], to: use.name, is: WORDS[kind] })];
  if (kind === 'value' && called.length > 0) {
    const [first] = made;
    const at = first ? placeIn(facts, first.span.start) : null;
    return [reason('import-target-kind', { name, was: 'function or class', to: use.name, is: WORDS[kind] }, at)];
  }
  const objects = kind === 'value' ? uses : kind === 'class' ? called.flatMap((id) => calls.get(id) ?? []) : [];
  const stand = standOf(context, entry);
  const lacks = objects.flatMap((id) => memberReasons(facts, id, stand));
  if (lacks.length > 0 || kind === 'value' || !fileOfNew) return lacks;
  const before: Callable = old ? callableOf(old.facts, name, was) : { kind: was, params: null };
  const after = callableOf(fileOfNew.facts, use.name, kind);
  const found = misfit(facts, made, { name, to: use.name }, { was: before, is: after });
  return found ? [found] : [];
}
