/** Modules that Python loads under names which it puts together: `import_module(f"app.{name}")`, `__import__(name)`. */

import type { CallValue, FileFacts, Value, ValueId } from '../../model/facts.js';
import { type ComputedName, calledAs, joined, type NameParts, namesOf, type OtherParts } from '../computed-names.js';
import { membersRead } from '../members-read.js';

/**
 * Functions that load what their first argument names: of the standard library (`importlib`, `pkgutil`, `pydoc`, `runpy`),
 * Django, Werkzeug, Scrapy, Kombu. Source: the documentation of each.
 */
const LOADERS: ReadonlySet<string> = new Set([
  'import_module',
  '__import__',
  'resolve_name',
  'locate',
  'run_module',
  'import_string',
  'import_from_string',
  'load_object',
  'symbol_by_name',
]);
/** Functions that load the file of a path, with the position of the path. */
const OF_PATHS: Readonly<Record<string, number>> = { run_path: 0, spec_from_file_location: 1, load_source: 1 };
const BY_NAME = [...LOADERS].join('|');
const BY_PATH = Object.keys(OF_PATHS).join('|');
const SIGN = new RegExp(
  `(?<!\\w)(?:${BY_NAME})(?!\\w)(?!\\s*\\(\\s*(["'])[^"'\\n\\\\{%]*\\1\\s*[,)])|(?<!\\w)(?:${BY_PATH})(?!\\w)|\\bsys\\s*\\.\\s*modules\\b`,
);

/** Whether a text may load a module under a computed name: never says no wrongly. Latin-1 text will do. */
export function mayCompute(text: string): boolean {
  return SIGN.test(text);
}

/** The loads of a file whose names are not written out. */
export function computedNames(facts: FileFacts): ComputedName[] {
  return facts.values.flatMap((value, id): ComputedName[] => {
    const { start: at } = value.span;
    const path = value.kind === 'call' ? pathGiven(facts, value) : null;
    if (path) return [{ at, parts: path, reads: null }];
    const name = nameGiven(facts, value);
    if (name === null) return isGivenAway(facts, id) ? [{ at, parts: [null], reads: null }] : [];
    const reads = membersRead(facts, id);
    return namesOf(facts, name, dottedParts(facts)).map((parts) => ({
      at,
      parts: inPackage(facts, value, parts),
      reads,
    }));
  });
}

/** Of a path only the name of the file counts: the folders are those of a machine. */
function pathGiven(facts: FileFacts, value: CallValue): NameParts | null {
  const position = OF_PATHS[calledAs(facts, value.callee).at(-1) ?? ''];
  if (position === undefined) return null;
  const argument = value.args.find(({ name }) => name === 'location')?.value ?? value.args[position]?.value ?? -1;
  const [only] = namesOf(facts, argument, dottedParts(facts));
  const last = only?.at(-1);
  return typeof last === 'string' ? [null, last.replace(/\.py$/, '').replaceAll('/', '.')] : [null];
}

/** What names the module: the first argument of a loader, or the key of `sys.modules`; null: nothing is loaded. */
function nameGiven(facts: FileFacts, value: Value): ValueId | null {
  if (value.kind === 'member' && calledAs(facts, value.object).join('.') === 'sys.modules') {
    return value.write ? null : value.key;
  }
  if (value.kind !== 'call') return null;
  const path = calledAs(facts, value.callee);
  const last = path.at(-1) ?? '';
  const held = path.join('.') === 'sys.modules.get';
  if (!LOADERS.has(last) && !held) return null;
  const written = value.args.find(({ name }, index) => (index === 0 && name === null) || name === 'name');
  return written?.value ?? value.args[0]?.value ?? null;
}

/** `map(import_module, names)`: a loader that is not called there. */
function isGivenAway(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.kind !== 'reference' && value?.kind !== 'global' && value?.kind !== 'member') return false;
  const name = calledAs(facts, id).at(-1) ?? '';
  if (!LOADERS.has(name)) return false;
  // Names that an import binds are values too, at the end of the file: nobody reads those.
  const read = value.statement !== null && facts.statements[value.statement]?.kind !== 'import';
  return read && !facts.values.some((by) => by.kind === 'call' && by.callee === id);
}

/** `import_module(".x", package=…)`: a relative name counts from the package that is given. */
function inPackage(facts: FileFacts, value: Value, parts: NameParts): NameParts {
  const [first] = parts;
  const given =
    value.kind === 'call'
      ? value.args.find(({ name }, index) => name === 'package' || (name === null && index === 1))
      : null;
  if (typeof first !== 'string' || !first.startsWith('.') || !given) return parts;
  const named = facts.values[given.value];
  if (named?.kind === 'global' && ['__package__', '__name__'].includes(named.name)) return parts;
  const above = /^\.+/.exec(first)?.[0].length ?? 1;
  if (named?.kind !== 'literal' || typeof named.value !== 'string' || above > 1) return [null];
  return joined([named.value, ...parts]);
}

/** `".".join([…])`, `"app.{}".format(x)`, `"app.%s" % x`, `__package__ + ".x"`. */
function dottedParts({ file }: FileFacts): OtherParts {
  return (facts, id, inner) => {
    const value = facts.values[id];
    if (value?.kind === 'global' && ['__package__', '__name__'].includes(value.name)) return ownName(file, value.name);
    if (value?.kind === 'comparison' && value.operator === '%')
      return filled(inner(value.parts[0] ?? -1), /%(?:\(\w*\))?[a-z]/);
    const method = value?.kind === 'call' ? facts.values[value.callee] : undefined;
    if (value?.kind !== 'call' || method?.kind !== 'member') return null;
    if (method.name === 'format') return filled(inner(method.object), /\{[^{}]*\}/);
    const list = facts.values[value.args[0]?.value ?? -1];
    const [between = null] = method.name === 'join' ? inner(method.object) : [];
    if (between === null || list?.kind !== 'array' || list.elements.some(({ spread }) => spread)) return null;
    return list.elements.flatMap((one, index) => (index === 0 ? inner(one.value) : [between, ...inner(one.value)]));
  };
}

/** In relative form: what follows begins with a dot, which makes it relative to the package of the file. */
function ownName(file: string, name: string): NameParts {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name === '__package__' || stem === '__init__' ? [''] : [`.${stem}`];
}

function filled(parts: NameParts, hole: RegExp): NameParts {
  return parts.flatMap((part) =>
    part === null ? [null] : part.split(hole).flatMap((text, index) => (index === 0 ? [text] : [null, text])),
  );
}
