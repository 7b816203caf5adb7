/** Which stand-ins of tests are for which openings: the package, and what the test loads. */

import { consumers, redisLibrary } from '../libraries/index.js';
import type { FileFacts } from '../model/facts.js';
import type { Mock, MockFound, ModuleGraph } from '../model/mock.js';
import type { Project, Resolution } from '../model/project.js';
import type { Opening } from '../model/traced.js';
import { compare } from './order.js';

/** What the graph must hold for some stand-ins: specifiers of their files, and whether what they load counts. */
export function askedBy(found: readonly MockFound[]): { file: string; specifiers: string[] }[] {
  const asked = new Map<string, Set<string>>();
  for (const one of found) {
    const specifiers =
      one.form === 'name' ? prefixesOf(one.target) : [one.target, ...(one.inModule ? [one.inModule] : [])];
    asked.set(one.file, new Set([...(asked.get(one.file) ?? []), ...specifiers, ...one.unloaded]));
  }
  return [...asked]
    .map(([file, specifiers]) => ({ file, specifiers: [...specifiers].sort(compare) }))
    .sort((a, b) => compare(a.file, b.file));
}

/** The stand-ins for openings, in the order of files and lines; those for nothing that opens are left out. */
export function mocksOf(
  project: Project,
  openings: readonly Opening[],
  found: readonly MockFound[],
  graph: ModuleGraph,
  accessors: readonly string[],
): Mock[] {
  const files = new Map(project.files.map(({ facts }) => [facts.file, facts]));
  const loaded = new Map<string, Set<string>>();
  const mocks = found.flatMap((one): Mock[] => {
    const place = placeOf(one, files, graph);
    if (place === null) return [];
    const loads = () => {
      const key = `${one.file}\n${one.unloaded.join('\n')}`;
      const known = loaded.get(key) ?? loadedBy(one, graph);
      loaded.set(key, known);
      return known;
    };
    const own = openings.filter((opening) => isFor(place, opening, files) && reaches(one, place, opening, loads));
    if (own.length === 0) return [];
    const { file, line, framework, target, names, call } = one;
    const [first] = own;
    const isOwn = !one.forOthers && own.length === 1 && place.within === null;
    const others = isOwn ? [...loads()].filter((other) => other !== first?.file) : [];
    const alone =
      isOwn && !others.some((other) => accessors.includes(other) || takesRedis(files.get(other), place.package));
    const more = { ...(call === undefined ? {} : { call }), ...(alone ? { alone } : {}) };
    return [{ file, line, framework, target, names, ...place, openings: own.map(({ index }) => index), ...more }];
  });
  return mocks.sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.target, b.target));
}

const CONSUMERS: ReadonlySet<string> = new Set(consumers('javascript').flatMap(({ packages }) => packages));

/** A file takes something of the package, or a library that opens or gets clients itself. */
function takesRedis(facts: FileFacts | undefined, name: string): boolean {
  const isOf = (specifier: string) =>
    [...CONSUMERS, name].some((one) => specifier === one || specifier.startsWith(`${one}/`));
  return (facts?.imports ?? []).some(({ specifier, typeOnly }) => !typeOnly && isOf(specifier));
}

type Place = Pick<Mock, 'within' | 'package' | 'path'>;

function placeOf(one: MockFound, files: ReadonlyMap<string, FileFacts>, graph: ModuleGraph): Place | null {
  if (one.form === 'name') return placeOfName(one, files, graph);
  const resolution = resolved(graph, one.file, one.target);
  if (resolution.kind === 'file') return null;
  const name = resolution.kind === 'external' ? resolution.package : one.target;
  if (one.inModule === null) return { within: null, package: name, path: [] };
  const module = resolved(graph, one.file, one.inModule);
  return module.kind === 'file' ? { within: module.file, package: name, path: [] } : null;
}

/** `app.cache.redis.Redis`: the module, the name that it imports from the library, and what is taken of that. */
function placeOfName(one: MockFound, files: ReadonlyMap<string, FileFacts>, graph: ModuleGraph): Place | null {
  const parts = one.target.split('.');
  for (const prefix of prefixesOf(one.target)) {
    const resolution = resolved(graph, one.file, prefix);
    if (resolution.kind !== 'file') continue;
    const [name = '', ...rest] = one.target.slice(prefix.length).replace(/^\./, '').split('.');
    const facts = files.get(resolution.file);
    const imported = facts?.imports.find(({ local }) => local !== null && isOfModule(facts, local, name));
    if (!imported) return null;
    const [first = '', ...modules] = imported.specifier.split('.');
    const own = imported.imported === '*' || imported.imported === '=' ? [] : [imported.imported];
    // `import redis.asyncio` binds `redis`.
    const via = own.length === 0 && name === first ? [] : modules;
    return { within: resolution.file, package: first, path: [...via, ...own, ...rest] };
  }
  const [first = '', ...path] = parts;
  return { within: null, package: first, path };
}

function isOfModule(facts: FileFacts, local: number, name: string): boolean {
  const found = facts.locals[local];
  return found?.name === name && facts.scopes[found.scope]?.kind === 'module';
}

/** Whether an opening is made with what is replaced. A method that is replaced stays where it is, whoever makes the client. */
function isFor(
  { within, package: name, path }: Place,
  opening: Opening,
  files: ReadonlyMap<string, FileFacts>,
): boolean {
  const library = redisLibrary(opening.library);
  const python = files.get(opening.file)?.language === 'python';
  const isPackage = library?.packages.some((one) => one === name || (python && one.split('.')[0] === name));
  if (!library || !isPackage || (within !== null && within !== opening.file)) return false;
  if (!python || path.length === 0) return true;
  const known = library.constructs.some((construct) => startsWith(construct.path, path));
  return known && opening.api.split(/\W+/).includes(path.at(-1) ?? '');
}

/** A module or class on the way to a construct is replaced with all that it has. */
function startsWith(construct: readonly string[], path: readonly string[]): boolean {
  return path.every((part, index) => construct[index] === part);
}

function reaches(one: MockFound, { within }: Place, opening: Opening, loads: () => ReadonlySet<string>): boolean {
  if (within !== null) return true;
  if (!one.forOthers) return loads().has(opening.file);
  const folder = /^(.*?)(?:__mocks__\/|[^/]*$)/.exec(one.file)?.[1] ?? '';
  // A setup or a configuration is for the package that it stands in; `conftest.py` says so by its folder's parent.
  const home = folder.replace(/(?:^|\/)(?:tests?|__tests__|spec)\/.*$/, '/').replace(/^\//, '');
  return opening.file.startsWith(home) || loads().has(opening.file);
}

/** All files that come with a test, without those that it has replaced by a factory. */
export function loadedBy(one: MockFound, graph: ModuleGraph): Set<string> {
  const cut = new Set(
    one.unloaded.flatMap((specifier) => {
      const resolution = resolved(graph, one.file, specifier);
      return resolution.kind === 'file' ? [resolution.file] : [];
    }),
  );
  const loaded = new Set([one.file]);
  for (const file of loaded) {
    for (const next of graph.imports[file] ?? []) if (!cut.has(next)) loaded.add(next);
  }
  return loaded;
}

export function resolved(graph: ModuleGraph, file: string, specifier: string): Resolution {
  return graph.resolutions[file]?.[specifier] ?? { kind: 'unknown' };
}

/** `a.b.c` → `a.b.c`, `a.b`, `a`; dots in front stay. */
export function prefixesOf(dotted: string): string[] {
  const dots = /^\.*/.exec(dotted)?.[0] ?? '';
  const parts = dotted.slice(dots.length).split('.');
  return parts.map((_, index) => dots + parts.slice(0, parts.length - index).join('.'));
}
