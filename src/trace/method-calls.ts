/** Calls of methods on instances of the classes that the configuration names. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { MethodCall } from '../model/method-call.js';
import type { Callers } from './callers.js';
import { callsIn } from './calls-in.js';
import { located } from './located.js';
import type { AbstractObject } from './objects.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';
import type { PlaceFlows } from './place-flows.js';
import { returnedCall } from './returned-calls.js';
import { Sources } from './sources.js';
import { isParsed } from './wants.js';

type Instance = Extract<AbstractObject, { kind: 'instance' }>;

interface Asked extends Followed {
  sources: Sources;
  flows: PlaceFlows;
  classNames: ReadonlySet<string>;
}

/** Every such call outside of the class itself, in the order of files and places. */
export function watchedMethodCalls(
  followed: Followed,
  callers: () => Callers,
  classNames: ReadonlySet<string>,
): MethodCall[] {
  if (classNames.size === 0) return [];
  const { program } = followed;
  const asked = { ...followed, classNames, sources: new Sources(program, callers), flows: program.flows };
  return program.files
    .flatMap((file) =>
      callsIn(file.facts).flatMap(({ id, call }) => {
        const found = methodCall(asked, file.index, call);
        return found ? [{ ...located(program, file.index, id, call), bound: null, ...found }] : [];
      }),
    )
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

type Called = Pick<MethodCall, 'className' | 'declaredIn' | 'member' | 'sure' | 'runs' | 'held' | 'returns'>;

function methodCall(asked: Asked, file: number, call: CallValue): Called | null {
  const { callee: id } = call;
  const { program, classNames } = asked;
  const callee = program.value(file, id);
  if (callee.kind !== 'member' || callee.name === null || program.value(file, callee.object).kind === 'this')
    return null;
  const objects = objectsOf(asked, file, callee.object);
  const instance = objects.find((one): one is Instance => {
    return one.kind === 'instance' && classNames.has(program.scope(one.file, one.scope).name ?? '');
  });
  if (!instance) return null;
  const [runs, ...others] = objectsOf(asked, file, id);
  const only = others.length === 0 && runs?.kind === 'function' ? runs : null;
  return {
    className: program.scope(instance.file, instance.scope).name ?? '',
    declaredIn: program.file(instance.file).facts.file,
    member: callee.name,
    sure: objects.every((one) => one === instance) && isOnly(asked, file, callee.object, callee.name, instance),
    runs: only && { file: program.file(only.file).facts.file, scope: only.scope },
    held: only ? heldBy(asked, only.file, only.scope) : [],
    returns: only ? returnedCall(program, asked.flows, only, { file, call }) : null,
  };
}

/** What a value may be. What an import stood for before its file was parsed is that file's now. */
function objectsOf({ program, solver }: Asked, file: number, id: ValueId): AbstractObject[] {
  const all = [...solver.of(program.valueNode(file, id))].map((one) => solver.objects.get(one));
  return all.filter((one) => one.kind !== 'unparsed' || !isParsed(program, one.importer, one.specifier));
}

import { idsOfKind } from './values-in.js';

/** Only constructions of the class make the object, and its method of that name is the one that the class declares. */
function isOnly(asked: Asked, file: number, object: ValueId, method: string, { file: home, scope }: Instance): boolean {
  const { program, sources } = asked;
  if (sources.isReplaced(method) || sources.isField(home, scope, method)) return false;
  const made = sources.of(file, object);
  return (
    (made ?? []).length > 0 &&
    (made ?? []).every((one) => {
      const from = program.fileAt(one.file);
      const call = from?.facts.values[one.value];
      if (!from || call?.kind !== 'call') return false;
      const classes = objectsOf(asked, from.index, call.callee);
      const isClass = (what: AbstractObject) => what.kind === 'class' && what.file === home && what.scope === scope;
      return classes.length > 0 && classes.every(isClass);
    })
  );
}

function heldBy({ program, sources }: Asked, file: number, scope: number): MethodCall['held'] {
  const { facts } = program.file(file);
  return idsOfKind(facts, 'member').flatMap((id) => {
    const value = facts.values[id];
    if (value?.kind !== 'member' || program.functionOf(file, value.scope) !== scope) return [];
    return program.value(file, value.object).kind === 'this' ? [{ value: id, from: sources.of(file, id) }] : [];
  });
}
