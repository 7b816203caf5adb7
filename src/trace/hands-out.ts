/** Which modules hand out clients, and what leaves the project by a package's exports. */

import type { Project } from '../model/project.js';
import type { Wishes } from '../model/wishes.js';
import { classesThatOpen, constructionsOf } from './classes-that-open.js';
import { exportsNamed } from './exports-in.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';
import { perProgram } from './per-program.js';
import type { Node } from './program.js';
import { toldByClasses } from './providers.js';
import type { Escape } from './reach.js';
import type { Solver } from './solver.js';

/** A node that users outside of the project can read. */
export interface PublishedNode {
  node: Node;
  escape: Escape;
}

/** Modules and names through which a client, or the library's class, can be had. */
export const handsOut = perProgram((tools): Wishes['handsOut'] => {
  const { program } = tools;
  const givers = classesWithClients(tools);
  const runners = new Set([...closingFunctions(tools), ...whatOpens(tools)]);
  const found: Wishes['handsOut'] = [];
  for (const file of program.files) {
    const names = new Set(libraryNames(tools.solver, file.index));
    for (const name of exportedNames(tools.solver, file.index)) {
      if (gives(tools, givers, file.index, name, new Set()) || runs(tools, runners, file.index, name)) names.add(name);
    }
    if (names.size > 0) found.push({ file: file.facts.file, names: [...names].sort(compare) });
  }
  return found.sort((a, b) => compare(a.file, b.file));
});

function gives(tools: Followed, givers: ReadonlySet<ObjectId>, file: number, name: string, seen: Set<string>): boolean {
  const key = `${file} ${name}`;
  if (seen.has(key)) return false;
  seen.add(key);
  const { solver } = tools;
  const target = solver.program.exported(file, name);
  const whole = (other: number) => exportedNames(solver, other).some((n) => gives(tools, givers, other, n, seen));
  if (target.kind === 'namespace') return whole(target.file);
  if (target.kind === 'external') return isLibrary(solver, target.package);
  if (target.kind === 'unparsed') return false;
  return target.nodes.some((node) => {
    if (tools.reach.givesAway(node)) return true;
    return [...solver.of(node)].some((id) => {
      const object = solver.objects.get(id);
      if (object.kind === 'external') return isLibrary(solver, object.package);
      return object.kind === 'namespace' ? whole(object.file) : givers.has(id);
    });
  });
}

function runs({ solver }: Followed, functions: ReadonlySet<ObjectId>, file: number, name: string): boolean {
  const target = solver.program.exported(file, name);
  return target.kind === 'nodes' && target.nodes.some((node) => [...solver.of(node)].some((id) => functions.has(id)));
}

/** Functions that close a client: who calls them decides whether that is a shutdown. */
function closingFunctions({ solver, program }: Followed): Set<ObjectId> {
  const found = new Set<ObjectId>();
  for (const client of solver.clients.called()) {
    const closing = solver.clients.libraryOf(client)?.closes ?? [];
    for (const [node, { member }] of solver.clients.callsOf(client)) {
      const where = program.valueOf(node);
      if (!where || member === null || !closing.includes(member)) continue;
      const scope = program.functionOf(where.file, program.value(where.file, where.value).scope);
      if (scope !== null) found.add(solver.objects.intern({ kind: 'function', file: where.file, scope }));
    }
  }
  return found;
}

/** Functions that open a client, and classes with such methods: who calls them decides how often that is, and with what fields. */
function whatOpens({ solver, program }: Followed): ObjectId[] {
  return solver.objects.ofKind('client').flatMap(([, object]) => {
    const { file, value } = solver.clients.placeOf(object);
    const scope = program.functionOf(file, program.value(file, value).scope);
    if (scope === null) return [];
    const around = program.scope(file, scope).parent;
    const within = around !== null && program.scope(file, around).kind === 'class' ? around : null;
    const own = solver.objects.intern({ kind: 'function', file, scope });
    return within === null ? [own] : [own, solver.objects.intern({ kind: 'class', file, scope: within })];
  });
}

/** `export * from 'ioredis'`: every name that can lead to a construct. */
function libraryNames(solver: Solver, file: number): string[] {
  return exportsNamed(solver.program.file(file).facts, '*').flatMap((e) => {
    const target = e.specifier === null ? null : solver.program.target(file, e.specifier, '*');
    if (target?.kind !== 'external') return [];
    const libraries = solver.libraries.filter((l) => l.kind === 'redis' && l.packages.includes(target.package));
    return libraries.flatMap((l) =>
      l.kind === 'redis' ? [...l.self, ...l.constructs.flatMap((c) => c.path.slice(0, 1))] : [],
    );
  });
}

/** Names of globals through which a client can be had, as the text of a file has them: of a registered symbol its key. */
export const globalsWithClients = perProgram(({ solver, reach }): string[] => {
  const found: string[] = [];
  for (const node of reach.named) {
    const key = solver.nameOf(node);
    if (key?.startsWith('global ')) {
      found.push(key.slice('global '.length).replace(/^Symbol\.for\((.*)\)$/, '$1'));
    }
  }
  return found.sort(compare);
});

function isLibrary(solver: Solver, packageName: string): boolean {
  return solver.libraries.some((l) => l.kind === 'redis' && l.packages.includes(packageName));
}

/** Classes that open clients, whose instances or subclasses get at one, or that are clients themselves. */
function classesWithClients(tools: Followed): Set<ObjectId> {
  const { solver, reach } = tools;
  const found = new Set([
    ...clientsOfSubclasses(tools).keys(),
    ...classesThatOpen(tools, constructionsOf(tools)).classes,
  ]);
  for (const [id] of solver.objects.ofKind('class')) {
    const extendsLibrary = [...solver.bases.of(id)].some((base) => {
      const what = solver.objects.get(base);
      return what.kind === 'external' && isLibrary(solver, what.package);
    });
    if (extendsLibrary || reach.clientsOf(id).size > 0) found.add(id);
  }
  // What a class inherits it hands on.
  for (const id of found) for (const sub of solver.derived.of(id)) found.add(sub);
  return found;
}

/** Clients that a subclass gets at: those in fields that are not private, by class. */
export function clientsOfSubclasses({
  solver,
  reach,
}: Pick<Followed, 'solver' | 'reach'>): Map<ObjectId, Set<ObjectId>> {
  const found = new Map<ObjectId, Set<ObjectId>>();
  for (const node of reach.named) {
    const owner = solver.names.ownerOf(node);
    const object = owner === null ? null : solver.objects.get(owner);
    if ((object?.kind !== 'instance' && object?.kind !== 'class') || isPrivate(solver, node, object)) continue;
    const id = solver.objects.intern({ ...object, kind: 'class' });
    const clients = found.get(id) ?? new Set<ObjectId>();
    found.set(id, clients);
    for (const client of reach.clientsThrough(node)) clients.add(client);
  }
  return found;
}

function isPrivate(solver: Solver, node: Node, { file, scope }: { file: number; scope: number }): boolean {
  const name = solver.nameOf(node)?.split(' ').at(-1) ?? '';
  const field = solver.program.scope(file, scope).fields?.find((f) => f.name === name);
  return name.startsWith('#') || field?.access === 'private';
}

/** Names that a file exports, those of `export *` included, through barrels of barrels. */
function exportedNames(solver: Solver, file: number, seen: Set<number> = new Set()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const names = new Set<string>();
  for (const e of solver.program.file(file).facts.exports) {
    if (e.typeOnly) continue;
    if (e.name !== '*') names.add(e.name);
    else if (e.specifier !== null) {
      const target = solver.program.target(file, e.specifier, '*');
      if (target.kind !== 'namespace') continue;
      for (const name of exportedNames(solver, target.file, seen)) if (name !== 'default') names.add(name);
    }
  }
  return [...names];
}

function exportNodes(solver: Solver, file: number, name: string): Node[] {
  const target = solver.program.exported(file, name);
  return target.kind === 'nodes' || target.kind === 'member' ? target.nodes : [];
}

/** Exports of the entry files of packages that others can install. */
export function publishedNodes(project: Project, solver: Solver): PublishedNode[] {
  const found: PublishedNode[] = [];
  for (const manifest of project.manifests) {
    if (manifest.private) continue;
    for (const entry of manifest.entries) {
      const file = solver.program.fileAt(entry);
      if (!file) continue;
      for (const name of exportedNames(solver, file.index)) {
        const message = `package ${manifest.name ?? manifest.file} exports it as ${name}`;
        const offset = file.facts.exports.find((e) => e.name === name)?.span.start ?? 0;
        const leak: Escape = { code: 'escapes-through-published-export', message, file: file.index, offset };
        for (const node of exportNodes(solver, file.index, name)) {
          for (const one of [node, ...toldByClasses(solver, node)]) found.push({ node: one, escape: leak });
        }
      }
    }
  }
  return found;
}
