/** Members of Python's enums, by what their names and values are when the program runs. */

import type { Flow, ValueId } from '../model/facts.js';
import { type ClassAt, classAt, isEnum } from './class-attributes.js';
import type { PlaceFlows } from './place-flows.js';
import type { Program } from './program.js';

/** A member of an enum of the project. */
export interface EnumMember {
  of: ClassAt;
  /** A second name of one value is the first one's: `MEMORY = 0` behind `MAIN = 0` is `MAIN`. */
  name: string;
  value: string | number | boolean;
}

/** The member that `Database.CACHE` is; null where it is no enum, or one whose values are not all written as literals. */
export function enumMember(program: Program, flows: PlaceFlows, file: number, id: ValueId): EnumMember | null {
  const read = program.value(file, id);
  if (read.kind !== 'member' || read.name === null) return null;
  const of = classAt(program, file, read.object, new Set());
  if (!of || !isEnum(program, of)) return null;
  // A property or a method of these names would answer instead.
  const methods = (program.scope(of.file, of.scope).members ?? []).map((one) => program.scope(of.file, one).name ?? '');
  if (methods.some((name) => name === 'name' || name === 'value' || name === read.name)) return null;
  const all = membersOf(program, of);
  const own = all?.find(({ name }) => name === read.name);
  if (!all || !own || flows.isSetOnOthers(own.name)) return null;
  const first = all.find(({ value }) => value === own.value);
  return first ? { of, ...first } : null;
}

function membersOf(program: Program, { file, scope }: ClassAt): Omit<EnumMember, 'of'>[] | null {
  const { flows } = program.file(file).facts;
  const set = flows.filter(({ place }) => place.kind === 'field' && place.scope === scope && place.static);
  const found = [...set].sort((a, b) => a.span.start - b.span.start).map((flow) => memberOf(program, file, flow));
  const names = new Set(found.map((one) => one?.name));
  // Python takes True for 1 and 1.0 for 1: only values of one kind are told apart for certain.
  const kinds = new Set(found.map((one) => typeof one?.value));
  if (found.length !== names.size || kinds.size !== 1) return null;
  return found.every((one) => one !== null) ? found : null;
}

function memberOf(program: Program, file: number, { place, value: id, part }: Flow): Omit<EnumMember, 'of'> | null {
  const value = program.value(file, id);
  if (place.kind !== 'field' || part.kind !== 'whole' || value.kind !== 'literal' || value.block !== null) return null;
  return value.value === null ? null : { name: place.name, value: value.value };
}
