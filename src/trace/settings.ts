/** Names for settings that are filled once per process and that the analysis cannot look into. */

import type { ValueId } from '../model/facts.js';
import type { Program } from './program.js';

/** `file#name` of the module-level constant that a reference denotes; null when it is anything else. */
export function settingsHolder(program: Program, file: number, id: ValueId): string | null {
  const value = program.value(file, id);
  if (value.kind !== 'reference') return null;
  const local = program.file(file).facts.locals[value.local];
  if (!local) return null;
  if (local.import === null) {
    const module = local.kind === 'const' && local.scope === 0;
    return module ? `${program.file(file).facts.file}#${local.name}` : null;
  }
  const record = program.file(file).facts.imports[local.import];
  if (!record) return null;
  const target = program.target(file, record.specifier, record.imported);
  if (target.kind === 'unparsed') {
    const resolution = program.file(file).project.resolutions[record.specifier];
    return resolution?.kind === 'file' ? `${resolution.file}#${record.imported}` : null;
  }
  if (target.kind === 'external') return `${target.package}#${record.imported}`;
  if (target.kind !== 'nodes') return null;
  const only = target.nodes.length === 1 ? program.valueOf(target.nodes[0] ?? 0) : null;
  return only ? settingsHolder(program, only.file, only.value) : null;
}
