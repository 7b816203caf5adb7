/**
 * Which values of one file always hold the same, so that they are one node: reads of a name and the name, `await v` and
 * `v`, every `this` of a class, every `a.b` of the same `a`. Most values of a program are of these kinds.
 */

import type { FileFacts, Flow, LocalId, Value, ValueId } from '../model/facts.js';
import { literalKey } from './literal-keys.js';
import type { Node, ProgramFile } from './program.js';
import type { SameNodes } from './same-nodes.js';

/** Unites them. To be called before anything else is said of the file's nodes. */
export function uniteAlike(same: SameNodes, file: ProgramFile): void {
  const { facts, values, locals } = file;
  for (const [local, value] of bound(facts)) same.unite(locals + local, values + value);
  facts.values.forEach((value, id) => {
    const as = sameAs(value, file);
    if (as !== null) same.unite(values + id, as);
  });
  uniteEqual(same, file);
}

/** `const a = v`: names with one value, which nothing else can give one. */
function bound({ locals, flows }: FileFacts): Map<LocalId, ValueId> {
  const found = new Map<LocalId, ValueId>();
  const others = new Set<LocalId>();
  for (const flow of flows) {
    const { place } = flow;
    if (place.kind !== 'local') continue;
    const { kind, type, declares } = locals[place.local] ?? {};
    const isBound = kind === 'const' && declares === null && type?.value == null && isWhole(flow);
    if (!isBound || found.has(place.local)) others.add(place.local);
    else found.set(place.local, flow.value);
  }
  for (const local of others) found.delete(local);
  return found;
}

function isWhole({ part, default: other }: Flow): boolean {
  return part.kind === 'whole' && other === undefined;
}

/** The node that a value is just another name of; null when it is more. */
function sameAs(value: Value, { values, locals }: ProgramFile): Node | null {
  switch (value.kind) {
    case 'reference':
      return locals + value.local;
    case 'await':
    case 'assign':
      return values + value.value;
    case 'logical':
      return value.operator === '&&' ? values + value.right : null;
    default:
      return null;
  }
}

/** Values that are written alike. The object of a member comes before the member, so what it is one with is known. */
function uniteEqual(same: SameNodes, { facts, values, returns }: ProgramFile): void {
  const firsts = new Map<string, Node>();
  const names = new Map<string | null, number>();
  const members = new Map<number, Node>();
  facts.values.forEach((value, id) => {
    const node = values + id;
    if (value.kind === 'member') {
      const name = value.name ?? literalKey(facts, value.key);
      const number = names.get(name) ?? names.size;
      names.set(name, number);
      // Names times nodes of the file: small numbers, which are cheap as keys.
      uniteFirst(same, members, number * (returns - values) + same.of(values + value.object) - values, node);
    } else if (value.kind === 'global') uniteFirst(same, firsts, value.name, node);
    else if (value.kind === 'this' && value.of !== null)
      uniteFirst(same, firsts, `this ${value.of} ${value.static}`, node);
  });
}

function uniteFirst<K>(same: SameNodes, firsts: Map<K, Node>, key: K, node: Node): void {
  const first = firsts.get(key);
  if (first === undefined) firsts.set(key, node);
  else same.unite(node, first);
}
