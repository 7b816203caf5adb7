/** What of a dependency-injection container a value is: its calls, its decorators, and the providers that say what stands under a token. */

import { CONTAINERS, type InjectionContainer } from '../libraries/containers.js';
import type { CallValue, ObjectEntry, Value, ValueId } from '../model/facts.js';
import { propertyNode } from './members.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Node, ProgramFile } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';
import { Tokens } from './tokens.js';
import { idsOfKind } from './values-in.js';

type ObjectValue = Extract<Value, { kind: 'object' }>;

/** An object literal that says what stands under a token. */
export interface Provider {
  file: number;
  container: InjectionContainer;
  token: ValueId;
  entries: Map<string, ValueId>;
}

/** The providers that a file holds. */
export function providersOf({ index, facts }: ProgramFile): Provider[] {
  return idsOfKind(facts, 'object').flatMap((id) => providersIn(index, facts.values[id] as ObjectValue));
}

function providersIn(file: number, value: ObjectValue): Provider[] {
  return CONTAINERS.flatMap((container) => {
    const entries = providerEntries(value, container);
    const token = entries?.get(container.provider.token);
    return entries && token !== undefined ? [{ file, container, token, entries }] : [];
  });
}

/** Entries of an object by their keys, when it says what stands under a token and nothing is spread into it. */
function providerEntries({ entries }: ObjectValue, { provider }: InjectionContainer): Map<string, ValueId> | null {
  const named = entries.filter((e): e is ObjectEntry & { key: string } => e.key !== null && !e.spread);
  const found = new Map(named.map(({ key, value }) => [key, value]));
  const says = [provider.value, provider.factory, provider.class, provider.same].some((key) => found.has(key));
  return says && found.has(provider.token) && named.length === entries.length ? found : null;
}

/** Whether a call is one of a decorator that asks for a token. */
export function isAsking(solver: Solver, file: number, call: CallValue): boolean {
  return [...solver.of(solver.program.valueNode(file, call.callee))].some((id) => isInject(solver.objects.get(id)));
}

/** Whether an object is a decorator that asks for a token. */
export function isInject(object: AbstractObject): boolean {
  return CONTAINERS.some(({ packages, inject }) => isMember(object, packages, inject));
}

/** Whether calling an object registers or starts what it is given with a container. */
export function isContainer(object: AbstractObject): boolean {
  return CONTAINERS.some(({ packages, takes }) => isMember(object, packages, takes));
}

function isMember(object: AbstractObject, packages: readonly string[], paths: readonly string[][]): boolean {
  if (object.kind !== 'external' || !packages.includes(object.package)) return false;
  return paths.some((path) => path.join('.') === object.path.join('.'));
}

/**
 * Clients that a container gets otherwise than in classes, which it makes itself, and in providers with a token that is
 * known: those arrive where the token is asked for.
 */
export function givenOpenly(solver: Solver, reach: Reach, node: Node): Set<ObjectId> {
  const tokens = new Tokens(solver.program, solver);
  const seen = new Set<ObjectId>();
  const found = new Set<ObjectId>();
  const visit = (at: Node) => {
    for (const id of solver.of(at)) {
      if (seen.has(id)) continue;
      seen.add(id);
      const object = solver.objects.get(id);
      if (object.kind === 'class' || reach.clientsOf(id).size === 0) continue;
      if (object.kind === 'function') visit(solver.program.returnNode(object.file, object.scope));
      else if (object.kind !== 'record') for (const client of reach.clientsOf(id)) found.add(client);
      else if (!isProvider(solver, tokens, object)) {
        for (const one of [id, ...solver.spreads.of(id)]) visit(propertyNode(solver, one, null));
      }
    }
  };
  visit(node);
  return found;
}

function isProvider(
  { program }: Solver,
  tokens: Tokens,
  { file, value }: Extract<AbstractObject, { kind: 'record' }>,
): boolean {
  const literal = value < 0 ? null : program.value(file, value);
  if (literal?.kind !== 'object') return false;
  return providersIn(file, literal).some(({ token }) => tokens.keysOf(file, token).length > 0);
}

/** What the decorators of the classes in a node, and of the classes that those name, tell a container. */
export function toldByClasses(solver: Solver, node: Node): Node[] {
  const seen = new Set<ObjectId>();
  const found: Node[] = [];
  const visit = (at: Node) => {
    for (const id of solver.of(at)) {
      if (seen.has(id)) continue;
      seen.add(id);
      const object = solver.objects.get(id);
      if (object.kind === 'record') visit(propertyNode(solver, id, null));
      if (object.kind !== 'class') continue;
      for (const decorator of solver.program.scope(object.file, object.scope).decorators ?? []) {
        const call = solver.program.value(object.file, decorator);
        if (call.kind !== 'call') continue;
        for (const { value } of call.args) {
          found.push(solver.program.valueNode(object.file, value));
          visit(solver.program.valueNode(object.file, value));
        }
      }
    }
  };
  visit(node);
  return found;
}
