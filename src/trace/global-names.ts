/** Names of the runtime, as a file writes them. */

import type { ValueId } from '../model/facts.js';
import type { Program } from './program.js';

/** Whether a value is the global of that name. */
export function isGlobal(program: Program, file: number, id: ValueId, name: string): boolean {
  const value = program.value(file, id);
  return value.kind === 'global' && value.name === name;
}

/** `parseInt`, `Number.parseInt`: the name of a global or of its member; null for any other value. */
export function globalName(program: Program, file: number, id: ValueId): string | null {
  const value = program.value(file, id);
  if (value.kind === 'global') return value.name;
  if (value.kind !== 'member' || value.name === null) return null;
  const object = program.value(file, value.object);
  return object.kind === 'global' ? `${object.name}.${value.name}` : null;
}
