/** What an expression names, as it is written. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { NameTarget, Program } from './program.js';

/** Where an imported name leads; null for any other value. */
export function nameTarget(program: Program, file: number, id: ValueId): NameTarget | null {
  const value = program.value(file, id);
  if (value.kind !== 'reference') return null;
  const local = program.file(file).facts.locals[value.local];
  if (!local || local.import === null) return null;
  const record = program.file(file).facts.imports[local.import];
  return record ? program.target(file, record.specifier, record.imported) : null;
}

/** Whether the first argument of a call is an object that is made there. */
export function isNewObject(program: Program, file: number, { args: [first] }: CallValue): boolean {
  return first !== undefined && program.value(file, first.value).kind === 'object';
}
