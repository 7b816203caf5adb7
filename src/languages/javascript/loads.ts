/** Modules that JavaScript loads under names which it puts together: `import(`./${name}.js`)`, `require(file)`. */

import type { CallValue, FileFacts, ValueId } from '../../model/facts.js';
import { type ComputedName, calledAs, joined, type NameParts, namesOf, type OtherParts } from '../computed-names.js';
import { membersRead } from '../members-read.js';

/** Functions that load the module which their first argument names. `requireActual` and its like are of jest and vitest. */
const LOADERS: ReadonlySet<string> = new Set([
  'require',
  'requireActual',
  'importActual',
  'requireMock',
  'importMock',
  'createRequire',
]);
/** Packages that load what their first argument names: a module, or all modules of a folder. Source: their READMEs. */
const LOADING_PACKAGES: ReadonlySet<string> = new Set([
  'import-fresh',
  'import-from',
  'include-all',
  'jiti',
  'require-all',
  'require-dir',
  'require-directory',
  'requireindex',
]);
const PACKAGES = [...LOADING_PACKAGES].join('|');
/** A load whose argument is no text alone; `require` that is given away; a glob of a bundler. */
const SIGN = new RegExp(
  [
    /\b(?:import|require\w*|import(?:Actual|Mock))\s*(?:<[^<>()]*>\s*)?\((?!\s*(?:(['"])[^'"\n\\]*\1|`[^`$\\]*`)\s*[,)])/
      .source,
    /\bimport\.meta\.glob|\brequire\.context\b|\bcreateRequire\b/.source,
    /\brequire\s*[,;)\]}]|=\s*require\b(?!\s*[.(])/.source,
    `["'](?:${PACKAGES})["']`,
  ].join('|'),
);

/** Whether a text may load a module under a computed name: never says no wrongly. Latin-1 text will do. */
export function mayCompute(text: string): boolean {
  return SIGN.test(text);
}

/** The loads of a file whose names are not written out. */
export function computedNames(facts: FileFacts): ComputedName[] {
  return facts.values.flatMap((value, id): ComputedName[] => {
    const { start: at } = value.span;
    if (value.kind === 'unknown' && value.what === 'import') {
      const [name] = value.parts;
      const reads = membersRead(facts, id);
      return name === undefined ? [{ at, parts: [null], reads }] : named(facts, { at, reads }, name);
    }
    if (value.kind === 'global' && value.name === 'require' && isGivenAway(facts, id)) {
      return [{ at, parts: [null], reads: null }];
    }
    return value.kind === 'call' ? loadedBy(facts, value, id) : [];
  });
}

type Place = Pick<ComputedName, 'at' | 'reads'>;

function named(facts: FileFacts, place: Place, id: ValueId): ComputedName[] {
  return namesOf(facts, id, pathParts).map((parts) => ({ ...place, parts: resolvable(parts) }));
}

function loadedBy(facts: FileFacts, call: CallValue, id: ValueId): ComputedName[] {
  const path = calledAs(facts, call.callee);
  const last = path.at(-1) ?? '';
  const argument = call.args[0]?.value;
  const any: Place = { at: call.span.start, reads: null };
  if (path.length === 2 && path[0] === 'import.meta' && /^glob(?:Eager)?$/.test(last))
    return globs(facts, any, argument);
  if (argument === undefined) return [];
  if (path.length === 2 && path[0] === 'require' && last === 'context') return inFolder(named(facts, any, argument));
  if (isOfLoadingPackage(facts, call.callee)) {
    return inFolder(named(facts, any, argument)).concat(named(facts, any, argument));
  }
  const loads = (LOADERS.has(last) && last !== 'createRequire') || isMadeRequire(facts, call.callee);
  // What vitest's functions give is a promise.
  const reads = /^import/.test(last) ? null : membersRead(facts, id);
  return loads ? named(facts, { ...any, reads }, argument) : [];
}

/** What `createRequire(…)` gave, called at once or under a name. */
function isMadeRequire(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee];
  if (value?.kind === 'call') return calledAs(facts, value.callee).at(-1) === 'createRequire';
  if (value?.kind !== 'reference') return false;
  return facts.flows.some(({ place, value: held }) => {
    const made = place.kind === 'local' && place.local === value.local ? facts.values[held] : undefined;
    const alias = made?.kind === 'global' && made.name === 'require';
    return alias || (made?.kind === 'call' && calledAs(facts, made.callee).at(-1) === 'createRequire');
  });
}

function isOfLoadingPackage(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee];
  if (value?.kind === 'module') return LOADING_PACKAGES.has(facts.imports[value.import]?.specifier ?? '');
  if (value?.kind === 'call') return isOfLoadingPackage(facts, value.callee);
  if (value?.kind !== 'reference') return false;
  const local = facts.locals[value.local];
  if (local?.import != null) return LOADING_PACKAGES.has(facts.imports[local.import]?.specifier ?? '');
  return facts.flows.some(({ place, value: held }) => {
    const made = place.kind === 'local' && place.local === value.local ? facts.values[held] : undefined;
    return (made?.kind === 'module' || made?.kind === 'call') && isOfLoadingPackage(facts, held);
  });
}

/** `files.map(require)`: not called, and nothing is read of it. A name for it is followed above. */
function isGivenAway(facts: FileFacts, id: ValueId): boolean {
  const used = facts.values.some(
    (value) =>
      (value.kind === 'call' && value.callee === id) ||
      (value.kind === 'member' && value.object === id) ||
      (value.kind === 'comparison' && value.parts.includes(id)),
  );
  return !used && !facts.flows.some(({ value, place }) => value === id && place.kind === 'local');
}

function inFolder(names: ComputedName[]): ComputedName[] {
  return names.map((one) => ({ ...one, parts: joined([...one.parts, '/', null]) }));
}

/** Patterns of `import.meta.glob`: what stands before the first wildcard is fixed. Source: vite.dev/guide/features. */
function globs(facts: FileFacts, any: Place, argument: ValueId | undefined): ComputedName[] {
  const value = argument === undefined ? undefined : facts.values[argument];
  if (argument === undefined || !value) return [];
  if (value.kind === 'array') return value.elements.flatMap((one) => globs(facts, any, one.value));
  return namesOf(facts, argument, pathParts).flatMap((parts): ComputedName[] => {
    const [pattern] = parts;
    if (parts.length !== 1 || typeof pattern !== 'string') return [{ ...any, parts: [null] }];
    // What it leaves out makes it no larger.
    if (pattern.startsWith('!')) return [];
    const texts = pattern.split(/[*?{[(].*?(?:[})\]]|(?=\/)|$)|\*+/s);
    const holes = joined(texts.flatMap((text, index) => (index === 0 ? [text] : [null, text])));
    return [pattern.startsWith('/') ? { ...any, parts: holes, rooted: true } : { ...any, parts: holes }];
  });
}

/** `path.join(__dirname, 'plugins', name)`, `new URL('./' + name, import.meta.url)`. */
const pathParts: OtherParts = (facts, id, inner) => {
  const value = facts.values[id];
  if (value?.kind === 'global' && value.name === '__dirname') return ['.'];
  if (value?.kind === 'member' && calledAs(facts, id).join() === 'import.meta,dirname') return ['.'];
  if (value?.kind === 'member' && value.name === 'href') return inner(value.object);
  if (value?.kind !== 'call' || value.args.some(({ spread }) => spread)) return null;
  const path = calledAs(facts, value.callee);
  const name = path.at(-1) ?? '';
  const args = value.args.map((one) => inner(one.value));
  if (['join', 'resolve'].includes(name) && path[0] !== '') return pathOf(name, args);
  if (name === 'pathToFileURL' || name === 'String') return args[0] ?? [null];
  const url = value.new && name === 'URL' && calledAs(facts, value.args[1]?.value ?? -1).join() === 'import.meta,url';
  return url ? (args[0] ?? [null]) : null;
};

/** Without the folder of the file in front, a path counts from where the program was started: nobody knows from where. */
function pathOf(name: string, args: NameParts[]): NameParts {
  const [first] = args;
  const from = typeof first?.[0] === 'string' && first[0].startsWith('.');
  if (!from && name === 'resolve') return [null];
  return args.flatMap((parts, index) => (index === 0 ? parts : ['/', ...parts]));
}

/** An absolute path counts from a folder that only the machine knows. */
function resolvable(parts: NameParts): NameParts {
  const [first] = parts;
  return typeof first === 'string' && /^(?:\/|file:|[A-Za-z]:[\\/])/.test(first) ? joined([null, ...parts]) : parts;
}
