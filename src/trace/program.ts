/** The parsed files as one program: numbers for every place that can hold a value, and where names lead. */

import type { FileFacts, LocalId, Place, Scope, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Project, ProjectFile } from '../model/project.js';
import type { At } from '../model/traced.js';
import { Exports } from './exports.js';
import { Homes } from './homes.js';
import { targetOf } from './modules.js';
import { PlaceFlows } from './place-flows.js';
import { scopeAround } from './scopes-around.js';

/** A value, local, function result, field, property or global: anything that holds values. */
export type Node = number;

export interface ProgramFile {
  index: number;
  project: ProjectFile;
  facts: FileFacts;
  /** First node of its values, locals and function results. */
  values: Node;
  locals: Node;
  returns: Node;
}

/** Where an imported name leads. */
export type NameTarget =
  | { kind: 'nodes'; nodes: Node[] }
  | { kind: 'namespace'; file: number }
  | { kind: 'member'; nodes: Node[]; name: string }
  | { kind: 'external'; package: string; path: string[] }
  | { kind: 'unparsed'; importer: number; specifier: string; path: string[] };

export class Program {
  /** In the order in which they were added, which is the order of their nodes. */
  readonly files: ProgramFile[] = [];
  private readonly byPath = new Map<string, number>();
  private nextNode: Node = 0;
  private readonly homes = new Homes();
  private readonly exports = new Exports(this);
  /** The flows into a place. */
  readonly flows = new PlaceFlows(this);

  /** Adds the files that it does not have yet and takes over what the project says of the others; gives the new ones. */
  add(project: Project): ProgramFile[] {
    const added: ProgramFile[] = [];
    for (const file of project.files) {
      const known = this.fileAt(file.facts.file);
      if (known) known.project = file;
      else added.push(this.addFile(file));
    }
    return added;
  }

  private addFile(file: ProjectFile): ProgramFile {
    const { facts } = file;
    const values = this.allocate(facts.values.length);
    const locals = this.allocate(facts.locals.length);
    const returns = this.allocate(facts.scopes.length);
    const made = { index: this.files.length, project: file, facts, values, locals, returns };
    this.files.push(made);
    this.byPath.set(facts.file, made.index);
    this.homes.put(values, this.nextNode, made.index);
    this.exports.renew(made);
    return made;
  }

  /** The first of `count` new nodes. */
  allocate(count: number): Node {
    this.nextNode += count;
    return this.nextNode - count;
  }

  file(index: number): ProgramFile {
    const file = this.files[index];
    if (!file) throw new Error(`no file ${index}`);
    return file;
  }

  fileAt(path: string): ProgramFile | null {
    const index = this.byPath.get(path);
    return index === undefined ? null : this.file(index);
  }

  value(file: number, id: ValueId): Value {
    const value = this.file(file).facts.values[id];
    if (!value) throw new Error(`no value ${id} in ${this.file(file).facts.file}`);
    return value;
  }

  scope(file: number, id: ScopeId): Scope {
    const scope = this.file(file).facts.scopes[id];
    if (!scope) throw new Error(`no scope ${id} in ${this.file(file).facts.file}`);
    return scope;
  }

  valueNode(file: number, id: ValueId): Node {
    return this.file(file).values + id;
  }

  localNode(file: number, id: LocalId): Node {
    return this.file(file).locals + id;
  }

  returnNode(file: number, id: ScopeId): Node {
    return this.file(file).returns + id;
  }

  /** The file and value of a value node; null for other nodes. */
  valueOf(node: Node): { file: number; value: ValueId } | null {
    const file = this.fileOfNode(node);
    return file !== null && node < file.locals ? { file: file.index, value: node - file.values } : null;
  }

  /** The file and scope of a result node; null for other nodes. */
  returnOf(node: Node): { file: number; scope: ScopeId } | null {
    const file = this.fileOfNode(node);
    return file !== null && node >= file.returns ? { file: file.index, scope: node - file.returns } : null;
  }

  /** The file that a value, local or result node belongs to; null for the nodes of objects and globals. */
  fileOfNode(node: Node): ProgramFile | null {
    const index = this.homes.at(node);
    return index === null ? null : this.file(index);
  }

  /** Node of a parameter; null when the function has none at that position (a rest parameter takes the positions after it). */
  paramNode(file: number, scope: ScopeId, index: number): { node: Node; rest: boolean } | null {
    const params = this.scope(file, scope).params ?? [];
    const param = params[index] ?? (params.at(-1)?.rest ? params.at(-1) : undefined);
    if (!param || param.local === null) return null;
    return { node: this.localNode(file, param.local), rest: param.rest };
  }

  /** Node of a place that is known without looking at objects; null for fields, members and globals. */
  fixedPlace(file: number, place: Place): Node | null {
    switch (place.kind) {
      case 'local':
        return this.localNode(file, place.local);
      case 'param':
        return this.paramNode(file, place.scope, place.index)?.node ?? null;
      case 'return':
        return this.returnNode(file, place.scope);
      default:
        return null;
    }
  }

  /** Where `imported` of `specifier`, named in `file`, leads. */
  target(file: number, specifier: string, imported: string): NameTarget {
    return targetOf(this, file, specifier, imported);
  }

  /** What a file exports under a name. */
  exported(file: number, name: string): NameTarget {
    return this.exports.of(file, name);
  }

  /** A file that a name leads to, of which that name is asked; null when it is not there yet. */
  lookFor(path: string, name: string): ProgramFile | null {
    const file = this.fileAt(path);
    if (file === null) this.exports.lack(path, name);
    return file;
  }

  /** What `find` gives. `again` is called when files are added with which it may give another thing, once. */
  asking<T>(find: () => T, isSettled: (found: T) => boolean, again: () => void): T {
    return this.exports.asking(find, isSettled, again);
  }

  /** Calls those who may get another answer since files were added. */
  askAgain(): void {
    this.exports.askAgain();
  }

  /** Innermost function scope around a scope; null at module level. Class bodies and blocks are looked through. */
  functionOf(file: number, scope: ScopeId): ScopeId | null {
    return scopeAround(this.file(file).facts, scope, 'function');
  }

  /** Innermost class scope around a scope; null outside of classes. */
  classOf(file: number, scope: ScopeId): ScopeId | null {
    return scopeAround(this.file(file).facts, scope, 'class');
  }

  /** Names of the functions and classes around a scope, outermost first. */
  symbol(file: number, scope: ScopeId): string[] {
    const names: string[] = [];
    let id: ScopeId | null = scope;
    while (id !== null) {
      const current: Scope = this.scope(file, id);
      if (current.kind === 'function' || current.kind === 'class') names.unshift(current.name ?? '');
      id = current.parent;
    }
    return names;
  }

  /** 1-based line and column of an offset. */
  at(file: number, offset: number): At {
    const { facts } = this.file(file);
    let low = 0;
    let high = facts.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((facts.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: facts.file, line: low + 1, column: offset - (facts.lineStarts[low] ?? 0) + 1 };
  }
}
