/** A field that is filled with an object and never read: the object goes, and the field with it. */

import type { Construction } from '../model/construction.js';
import type { FileFacts } from '../model/facts.js';
import type { Context } from './context.js';
import { fieldHolder } from './holder-field.js';
import type { Placed } from './hook-closers.js';

/** Functions and members by which Python reads fields that it does not name. */
const REFLECTS = /^(?:vars|getattr|asdict|__dict__|__slots__)$/;

/**
 * What takes the field out; empty unless nobody reads it: no file says its name but to fill it, and the class neither has
 * a base, a subclass or a decorator nor hands itself to what may look at all its fields.
 */
export function unusedMember(context: Context, facts: FileFacts, made: Construction): Placed[] {
  if (made.container !== 'class-member' || made.bound === null) return [];
  const said = context.mentions?.get(made.bound);
  if (!said || looksAtItself(facts)) return [];
  const statement = facts.values[made.value];
  const index = statementAround(facts, statement?.span ?? made.span);
  const opening = { value: made.value, span: made.span, statement: index };
  const holder = fieldHolder(context, { opening, facts, others: [] });
  if (!holder || holder.obstacles.length > 0 || holder.readings.length > 0) return [];
  if (isMarked(facts, made)) return [];
  const onlyHere = said.size === 1 && said.get(facts.file) === holder.drops.length;
  return onlyHere ? holder.drops : [];
}

/** A base or a decorator of the class may read its fields by names that no file here says. */
function isMarked({ flows, scopes, values }: FileFacts, { value }: Construction): boolean {
  const place = flows.find((flow) => flow.value === value)?.place;
  const owner = place?.kind === 'field' ? scopes[place.scope] : undefined;
  const bases = (owner?.bases ?? []).map((id) => values[id]);
  const plain = bases.every((base) => base?.kind === 'global' && base.name === 'object');
  return !owner || !plain || (owner.decorators ?? []).length > 0;
}

function statementAround({ statements }: FileFacts, span: { start: number; end: number }): number | null {
  const around = statements.flatMap((one, index) =>
    one.span.start <= span.start && span.end <= one.span.end ? [{ index, size: one.span.end - one.span.start }] : [],
  );
  return around.sort((a, b) => a.size - b.size)[0]?.index ?? null;
}

/** `vars(self)`, `JSON.stringify(this)`, `{ ...this }`: fields are read without their names. */
function looksAtItself({ language, values }: FileFacts): boolean {
  if (language === 'python') {
    return values.some(
      (value) =>
        ((value.kind === 'global' || value.kind === 'member') && value.name !== null && REFLECTS.test(value.name)) ||
        (value.kind === 'member' && value.attribute),
    );
  }
  const owners = new Set(values.flatMap((value) => (value.kind === 'member' ? [value.object] : [])));
  return values.some((value, id) => value.kind === 'this' && !owners.has(id));
}
