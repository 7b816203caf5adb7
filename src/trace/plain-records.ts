/** Classes of Redis libraries that only hold their arguments: `ClusterNode('h', 7000)` is `{ host: 'h', port: 7000 }`. */

import { LIBRARIES } from '../libraries/index.js';
import type { CallValue, ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import { nameTarget } from './names.js';
import type { Program } from './program.js';

/** The record that a call makes; null for any other call. */
export function recordMade(
  program: Program,
  file: number,
  call: CallValue,
  evaluate: (value: ValueId) => Known,
): Known | null {
  const parameters = parametersOf(program, file, call.callee);
  if (parameters === null || call.args.some(({ spread, name }) => spread || name === '**')) return null;
  const at = program.at(file, call.span.start);
  const entries = call.args.flatMap(({ name, value }, index) => {
    const key = name ?? parameters[index];
    return key === undefined ? [] : [{ key, value: evaluate(value), at }];
  });
  return entries.length === call.args.length ? { kind: 'object', entries, open: false, at } : null;
}

function parametersOf(program: Program, file: number, callee: ValueId): string[] | null {
  const found = externalName(program, file, callee);
  if (found === null) return null;
  for (const library of LIBRARIES) {
    if (library.kind !== 'redis' || !library.records || !library.packages.includes(found.package)) continue;
    const own = found.path.filter((name) => !library.self.includes(name)).join('.');
    const record = library.records.find(({ path }) => path.join('.') === own);
    if (record) return record.parameters;
  }
  return null;
}

function externalName(program: Program, file: number, id: ValueId): { package: string; path: string[] } | null {
  const value = program.value(file, id);
  if (value.kind === 'member' && value.name !== null) {
    const object = externalName(program, file, value.object);
    return object && { ...object, path: [...object.path, value.name] };
  }
  const target = nameTarget(program, file, id);
  return target?.kind === 'external' ? target : null;
}
