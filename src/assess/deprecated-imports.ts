/** Which import statements name what the configuration calls deprecated. From facts alone: trace need not follow them. */

import { writeSpecifier } from '../languages/javascript/write-specifier.js';
import { isSourcePath, languageOfModule } from '../languages/module-language.js';
import type { Config, Deprecated } from '../model/config.js';
import type { FileFacts, Import, LocalId, Span } from '../model/facts.js';
import type { Project, ProjectFile } from '../model/project.js';
import type { Wishes } from '../model/wishes.js';
import { leadsTo } from './modules.js';
import { compare } from './order.js';

export interface NamedImport {
  entry: Deprecated;
  /** Null for a re-export (`export { a } from`). */
  local: LocalId | null;
  exported?: string;
}

/** One statement with names that are deprecated. */
export interface DeprecatedImport {
  file: ProjectFile;
  span: Span;
  scope: number;
  names: NamedImport[];
  /** Names that it takes with all others of the module: nothing can be done about them. */
  whole: { entry: Deprecated; how: 'star' | 'module' }[];
}

/** All of them, in the order of the files and of their texts. */
export function deprecatedImports(project: Project, config: Config): DeprecatedImport[] {
  return project.files.flatMap((file) => {
    const language = file.facts.language === 'python' ? 'python' : 'javascript';
    const entries = config.deprecated.filter((one) => one.language === language);
    return entries.length === 0 ? [] : inFile(file, entries);
  });
}

function inFile(file: ProjectFile, entries: readonly Deprecated[]): DeprecatedImport[] {
  const found = new Map<string, DeprecatedImport>();
  const at = (span: Span, scope: number): DeprecatedImport => {
    const key = `${span.start} ${span.end}`;
    const known = found.get(key) ?? { file, span, scope, names: [], whole: [] };
    found.set(key, known);
    return known;
  };
  for (const entry of entries) {
    for (const one of file.facts.imports) {
      const how = takes(file, one, entry);
      if (how === null) continue;
      const row = at(statementOf(file.facts, one.span), one.scope);
      if (how === 'star' || how === 'module') row.whole.push({ entry, how });
      else for (const local of how) row.names.push({ entry, local });
    }
    for (const { name, specifier, imported, span } of file.facts.exports) {
      if (specifier === null || !leadsTo(file, specifier, entry.module)) continue;
      const row = () => at(statementOf(file.facts, span), 0);
      if (imported === entry.name) row().names.push({ entry, local: null, exported: name });
      else if (imported === '*' && file.facts.language !== 'python') row().whole.push({ entry, how: 'star' });
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.file.facts.file, b.file.facts.file) || a.span.start - b.span.start,
  );
}

/** Locals that an import binds to the deprecated name, or that it takes the name with the whole module; null: it does not. */
function takes(file: ProjectFile, one: Import, entry: Deprecated): LocalId[] | 'star' | 'module' | null {
  const { facts } = file;
  if (one.imported !== '*' && one.imported !== '=') {
    if (leadsTo(file, one.specifier, entry.module))
      return one.imported === entry.name && one.local !== null ? [one.local] : null;
    // `from old import module` and `module.Name`.
    const inner = one.specifier.endsWith('.') ? one.specifier + one.imported : `${one.specifier}.${one.imported}`;
    const python = facts.language === 'python' && leadsTo(file, inner, entry.module);
    return python && readsMember(facts, one.local, entry.name) ? 'module' : null;
  }
  if (!leadsTo(file, one.specifier, entry.module)) return null;
  if (isStar(facts, one)) return 'star';
  const bound = facts.imports.indexOf(one);
  const parts = facts.flows.flatMap(({ value, place, part }) => {
    const from = facts.values[value];
    const own = from?.kind === 'module' && from.import === bound && part.kind === 'member' && part.name === entry.name;
    return own && place.kind === 'local' ? [place.local] : [];
  });
  if (parts.length > 0) return parts;
  return readsMember(facts, one.local, entry.name) ? 'module' : null;
}

/** `from m import *`, not `import m`. */
function isStar({ language, exports }: FileFacts, { specifier, span }: Import): boolean {
  const same = (other: Span) => other.start === span.start && other.end === span.end;
  return (
    language === 'python' && exports.some((one) => one.name === '*' && one.specifier === specifier && same(one.span))
  );
}

/** A member of that name is read from what the import binds; of a dotted import, from anything. */
function readsMember({ values }: FileFacts, local: LocalId | null, name: string): boolean {
  return values.some((value) => {
    if (value.kind !== 'member' || value.name !== name) return false;
    const object = values[value.object];
    return local === null || (object?.kind === 'reference' ? object.local === local : object?.kind === 'member');
  });
}

/** The innermost statement around a span; the span itself when there is none. */
function statementOf({ statements }: FileFacts, span: Span): Span {
  const around = statements.filter((one) => one.span.start <= span.start && span.end <= one.span.end);
  const [first, ...others] = around.map((one) => one.span);
  return others.reduce((inner, one) => (one.end - one.start <= inner.end - inner.start ? one : inner), first ?? span);
}

/** Modules that scan must parse so that old and new names can be compared: asked for as trace asks. */
export function wantedModules(project: Project, config: Config): Wishes['wants'] {
  const asked = deprecatedImports(project, config).flatMap(({ file, names }) =>
    names.flatMap(({ entry }) => [wanted(file, entry.module), wanted(file, entry.use.module)]),
  );
  const others = config.wrappers.flatMap(({ module }) => {
    const language = languageOfModule(module);
    const one = project.files.find(({ facts }) => (facts.language === 'python') === (language === 'python'));
    return one ? [wanted(one, module)] : [];
  });
  const kinds = project.files.flatMap(({ facts }) => kindsAsked(facts, config));
  const all = [...asked, ...others, ...kinds];
  return [...new Map(all.map((one) => [`${one.file} ${one.specifier} ${one.name}`, one])).values()];
}

/** Where the enums come from that methods of a wrapper class tell apart: `isinstance(database, Database)`. */
function kindsAsked(facts: FileFacts, { wrappers }: Config): Wishes['wants'] {
  const names = new Set(wrappers.flatMap((one) => (one.callSites ? [one.class] : [])));
  const classes = facts.scopes.filter(({ kind, name }) => kind === 'class' && name !== null && names.has(name));
  return facts.values.flatMap((value) => {
    const inside = classes.some(({ span }) => span.start <= value.span.start && value.span.end <= span.end);
    if (!inside || value.kind !== 'comparison' || value.operator !== 'isinstance') return [];
    const kind = facts.values[value.parts[1] ?? -1];
    const id = kind?.kind === 'reference' ? facts.locals[kind.local]?.import : null;
    const found = id == null ? undefined : facts.imports[id];
    return found ? [{ file: facts.file, specifier: found.specifier, name: found.imported }] : [];
  });
}

function wanted({ facts: { file } }: ProjectFile, module: string): Wishes['wants'][number] {
  return { file, specifier: isSourcePath(module) ? writeSpecifier(file, module, 'ts') : module, name: null };
}
