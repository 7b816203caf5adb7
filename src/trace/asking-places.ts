/** Where a file may ask a container for something, found once: every round asks anew what arrives there. */

import { CONTAINERS } from '../libraries/containers.js';
import type { FileFacts, LocalId, Param, ScopeId, ValueId } from '../model/facts.js';
import { callsIn } from './calls-in.js';

/** A parameter with decorators, or one of the constructor of a class that a container makes. */
export interface AskingParam {
  local: LocalId;
  param: Param;
  isMade: boolean;
}

/** A field with decorators. */
export interface AskingField {
  scope: ScopeId;
  name: string;
  decorators: readonly ValueId[];
}

/** `x.get(TOKEN)` */
export interface AskingCall {
  id: ValueId;
  callee: ValueId;
  token: ValueId;
}

interface AskingPlaces {
  params: readonly AskingParam[];
  fields: readonly AskingField[];
  calls: readonly AskingCall[];
}

const known = new WeakMap<FileFacts, AskingPlaces>();

/** Methods by which something is asked of a container. */
const ASKS: ReadonlySet<string> = new Set(CONTAINERS.flatMap(({ asks }) => asks));

/** The places of a file that may ask. */
export function askingPlaces(facts: FileFacts): AskingPlaces {
  const before = known.get(facts);
  if (before) return before;
  const found = { params: askingParams(facts), fields: askingFields(facts), calls: askingCalls(facts) };
  known.set(facts, found);
  return found;
}

function askingParams({ scopes }: FileFacts): AskingParam[] {
  return scopes.flatMap(({ params, form, parent }) => {
    const owner = parent === null ? undefined : scopes[parent];
    const isMade = form === 'constructor' && (owner?.decorators?.length ?? 0) > 0;
    return (params ?? []).flatMap((param) =>
      param.local !== null && (isMade || param.decorators.length > 0) ? [{ local: param.local, param, isMade }] : [],
    );
  });
}

function askingFields({ scopes }: FileFacts): AskingField[] {
  return scopes.flatMap(({ fields }, scope) =>
    (fields ?? []).flatMap(({ name, decorators }) => (decorators.length > 0 ? [{ scope, name, decorators }] : [])),
  );
}

function askingCalls(facts: FileFacts): AskingCall[] {
  const found: AskingCall[] = [];
  for (const { id, call } of callsIn(facts)) {
    const [token] = call.args;
    const called = facts.values[call.callee];
    if (!token || token.spread || called?.kind !== 'member' || !ASKS.has(called.name ?? '')) continue;
    found.push({ id, callee: call.callee, token: token.value });
  }
  return found;
}
