/** Which modules hand out clients, and what leaves the project by a package's exports. */

import type { Project } from '../model/project.js';
import type { Trace } from '../model/traced.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';
import type { Node } from './program.js';
import type { Escape } from './reach.js';
import type { Solver } from './solver.js';

/** A node that users outside of the project can read. */
export interface PublishedNode {
  node: Node;
  escape: Escape;
}

/** Modules and names through which a client can be had. */
export function handsOut(tools: Followed): Trace['handsOut'] {
  const { program } = tools;
  const found: Trace['handsOut'] = [];
  for (const file of program.files) {
    const names = new Set<string>();
    for (const name of exportedNames(tools.solver, file.index)) {
      const nodes = exportNodes(tools.solver, file.index, name);
      if (nodes.some((node) => givesClient(tools, node))) names.add(name);
    }
    if (names.size > 0) found.push({ file: file.facts.file, names: [...names].sort(compare) });
  }
  return found.sort((a, b) => compare(a.file, b.file));
}

/** The value gives a client away, or is a class whose instances do. */
function givesClient(tools: Followed, node: Node): boolean {
  const { solver, reach } = tools;
  if (reach.clientsThrough(node).size > 0) return true;
  for (const id of solver.of(node)) {
    const object = solver.objects.get(id);
    if (object.kind !== 'class') continue;
    const instance = solver.objects.intern({ ...object, kind: 'instance' });
    if (reach.clientsOf(instance).size > 0) return true;
  }
  return false;
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
  const target = solver.program.exported(file, name, new Set());
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
        for (const node of exportNodes(solver, file.index, name)) found.push({ node, escape: leak });
      }
    }
  }
  return found;
}
