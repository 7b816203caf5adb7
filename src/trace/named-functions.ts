/** Functions as values: those that a module has under one name are the same wherever they are given. */

import type { ScopeId } from '../model/facts.js';
import type { At, Known } from '../model/traced.js';
import type { Program } from './program.js';

/** A function with what it gives, and the name by which a configuration can speak of it. */
export function functionKnown(program: Program, file: number, scope: ScopeId, returns: Known | null, at: At): Known {
  const { kind, name, parent } = program.scope(file, scope);
  const own = kind === 'function' && name !== null && parent === 0;
  return { kind: 'function', returns, ...(own ? { named: `${program.file(file).facts.file}#${name}` } : {}), at };
}
