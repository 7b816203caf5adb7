/** The fixed texts of a name that is put together at run time, read from the facts of one file alone. */

import type { FileFacts, ValueId } from '../model/facts.js';

/** Texts and holes in order: `./${name}.js` → ['./', null, '.js']. */
export type NameParts = (string | null)[];

/** A module that is loaded by a name which is not written out. */
export interface ComputedName {
  /** Offset of the load. */
  at: number;
  /** Members that the code reads of the module; null: any, as far as can be seen. */
  reads: string[] | null;
  /** Nothing is known of it: [null]. All texts: the name is fixed, but does not stand where it is loaded. */
  parts: NameParts;
  /** The texts are parts of paths of sources, counted from a folder above: what a bundler looks for. */
  rooted?: true;
}

/** What a language knows of a value that is not made of texts alone; null: nothing. */
export type OtherParts = (facts: FileFacts, id: ValueId, inner: (id: ValueId) => NameParts) => NameParts | null;

const MOST_STEPS = 6;

/** Alternatives of a name: one, but for a choice between several. */
export function namesOf(facts: FileFacts, id: ValueId, other: OtherParts): NameParts[] {
  const value = facts.values[id];
  const branches =
    value?.kind === 'conditional'
      ? [value.then, value.else]
      : value?.kind === 'logical'
        ? [value.left, value.right]
        : null;
  if (branches) return branches.flatMap((branch) => namesOf(facts, branch, other));
  return [joined(partsOf(facts, id, other, 0))];
}

function partsOf(facts: FileFacts, id: ValueId, other: OtherParts, steps: number): NameParts {
  const value = facts.values[id];
  if (!value || steps > MOST_STEPS) return [null];
  const inner = (next: ValueId) => partsOf(facts, next, other, steps + 1);
  const own = other(facts, id, inner);
  if (own) return own;
  switch (value.kind) {
    case 'literal':
      return [value.value === null ? null : String(value.value)];
    case 'template':
      return value.parts.flatMap((part) => (typeof part === 'string' ? [part] : inner(part)));
    case 'await':
    case 'assign':
      return inner(value.value);
    case 'reference': {
      const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === value.local);
      const [only] = flows;
      const fixed = flows.length === 1 && only?.declares && only.part.kind === 'whole';
      return fixed && facts.locals[value.local]?.kind !== 'param' ? inner(only.value) : [null];
    }
    default:
      return [null];
  }
}

/** Neighbouring texts and holes in one. */
export function joined(parts: NameParts): NameParts {
  const found: NameParts = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (typeof part === 'string' && typeof last === 'string') found[found.length - 1] = last + part;
    else if (part !== '' && !(part === null && last === null)) found.push(part);
  }
  return found;
}

/** The name by which a callee is called, and the one before it: `importlib.import_module` → [importlib, import_module]. */
export function calledAs(facts: FileFacts, id: ValueId): string[] {
  const value = facts.values[id];
  if (value?.kind === 'global') return [value.name];
  if (value?.kind === 'member') return [...calledAs(facts, value.object), value.name ?? ''];
  if (value?.kind === 'unknown' && value.what === 'import.meta') return ['import.meta'];
  if (value?.kind !== 'reference') return [''];
  const local = facts.locals[value.local];
  const imported = local?.import == null ? undefined : facts.imports[local.import]?.imported;
  return [imported === undefined || ['*', '=', 'default'].includes(imported) ? (local?.name ?? '') : imported];
}
