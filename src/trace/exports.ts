/** Where the exports of files lead, found once: importers of a barrel ask the same, and every round asks again. */

import { exportsNamed } from './exports-in.js';
import type { NameTarget, Program, ProgramFile } from './program.js';

/** What a question lacks: with it the answer can be another. */
interface Lacks {
  /** Files that are not there, and the name that is asked of each; null: several. */
  files: Map<string, string | null>;
  /** Files that hand on all of files that are not there: one of those can have the name. */
  barrels: Map<number, string | null>;
  /** Answers that lack something themselves. */
  answers: Set<Answer>;
}

interface Answer {
  file: number;
  name: string;
  target: NameTarget;
  lacks: boolean;
  /** Who asks again when it is renewed. */
  again: (() => void)[];
}

/** An answer, and the name that it asks of what is not there. */
interface Lacking {
  answer: Answer;
  name: string | null;
}

/** What the `export * from` of a file name, in their order. Of those that lead outside the first is enough in JavaScript. */
interface Stars {
  all: { specifier: string; inside: number | null }[];
  /** Whether a file that one of them names is not there. */
  lacks: boolean;
}

export class Exports {
  /** Answers by the index of the file and the name. */
  private readonly known: Map<string, Answer>[] = [];
  private readonly stars = new Map<number, Stars>();
  /** Files that hand on all of a file which is not there, by its path. */
  private readonly barrelsOf = new Map<string, Set<number>>();
  private readonly lackingFile = new Map<string, Lacking[]>();
  private readonly lackingBarrel = new Map<number, Lacking[]>();
  /** Questions of others that lack a file, by its path. */
  private readonly asksLacking = new Map<string, (() => void)[]>();
  /** What the question lacks that is being answered; null: nobody wants to know. */
  private lacks: Lacks | null = null;
  /** Who is to ask again. */
  private readonly renewed: (() => void)[] = [];

  constructor(private readonly program: Program) {}

  /** What a file exports under a name. */
  of(file: number, name: string): NameTarget {
    const answer = this.known[file]?.get(name) ?? this.ask(file, name);
    if (answer.lacks) this.lacks?.answers.add(answer);
    return answer.target;
  }

  /** Notes that a file is not there of which a name is asked. */
  lack(path: string, name: string): void {
    if (this.lacks) note(this.lacks.files, path, name);
  }

  /** What `find` gives. Unless that is settled, `again` is called by `askAgain` when it may be another thing. */
  asking<T>(find: () => T, isSettled: (found: T) => boolean, again: () => void): T {
    const { found, lacks } = this.looking(find);
    if (isSettled(found)) return found;
    for (const answer of lacks.answers) answer.again.push(again);
    for (const path of lacks.files.keys()) put(this.asksLacking, path, again);
    return found;
  }

  /** A file is there now: forgets the answers that it can change. */
  renew(file: ProgramFile): void {
    const path = file.facts.file;
    this.renewed.push(...taken(this.asksLacking, path));
    this.renewLacking(file, taken(this.lackingFile, path));
    const barrels = this.barrelsOf.get(path) ?? [];
    this.barrelsOf.delete(path);
    for (const barrel of barrels) {
      this.stars.delete(barrel);
      const left = this.renewLacking(file, taken(this.lackingBarrel, barrel));
      this.lackingBarrel.set(barrel, left);
    }
  }

  /** Calls those who may get another answer by now. */
  askAgain(): void {
    for (const again of new Set(this.renewed.splice(0))) again();
  }

  /** Forgets those answers that a file can change; gives the others. */
  private renewLacking(file: ProgramFile, all: readonly Lacking[]): Lacking[] {
    return all.filter(({ answer, name }) => {
      if (!mayGive(file, name) && !this.isTarget(file.facts.file, answer.target)) return true;
      if (this.known[answer.file]?.get(answer.name) === answer) this.known[answer.file]?.delete(answer.name);
      this.renewed.push(...answer.again.splice(0));
      return false;
    });
  }

  private isTarget(path: string, target: NameTarget): boolean {
    if (target.kind !== 'unparsed') return false;
    const resolution = this.program.file(target.importer).project.resolutions[target.specifier];
    return resolution?.kind === 'file' && resolution.file === path;
  }

  private looking<T>(find: () => T): { found: T; lacks: Lacks } {
    const around = this.lacks;
    const lacks: Lacks = { files: new Map(), barrels: new Map(), answers: new Set() };
    this.lacks = lacks;
    const found = find();
    this.lacks = around;
    return { found, lacks };
  }

  private ask(file: number, name: string): Answer {
    const { found: target, lacks } = this.looking(() => this.find(file, name, new Set()));
    const { files, barrels } = lacks;
    const answer: Answer = { file, name, target, lacks: files.size + barrels.size > 0, again: [] };
    const own = this.known[file] ?? new Map<string, Answer>();
    this.known[file] = own.set(name, answer);
    for (const [path, asked] of files) put(this.lackingFile, path, { answer, name: asked });
    for (const [barrel, asked] of barrels) put(this.lackingBarrel, barrel, { answer, name: asked });
    return answer;
  }

  private find(file: number, name: string, seen: Set<string>): NameTarget {
    const none: NameTarget = { kind: 'nodes', nodes: [] };
    if (name === '*') return { kind: 'namespace', file };
    const key = `${file} ${name}`;
    if (seen.has(key)) return none;
    seen.add(key);
    const named = exportsNamed(this.program.file(file).facts, name);
    if (name === '=' && named.length === 0) return { kind: 'namespace', file };
    const nodes = named.flatMap((e) => (e.value === null ? [] : [this.program.valueNode(file, e.value)]));
    for (const e of named) {
      if (e.specifier === null || e.imported === null) continue;
      const target = this.reExported(file, e.specifier, e.imported, seen);
      if (target.kind !== 'nodes') return target;
      nodes.push(...target.nodes);
    }
    if (nodes.length > 0 || named.length > 0) return { kind: 'nodes', nodes };
    return this.fromStars(file, name, seen) ?? this.fromWhole(file, name);
  }

  /** What is there is asked here, so that no answer depends on another one. */
  private reExported(file: number, specifier: string, imported: string, seen: Set<string>): NameTarget {
    const resolution = this.program.file(file).project.resolutions[specifier];
    const inside = resolution?.kind === 'file' ? this.program.lookFor(resolution.file, imported) : null;
    return inside ? this.find(inside.index, imported, seen) : this.program.target(file, specifier, imported);
  }

  private fromStars(file: number, name: string, seen: Set<string>): NameTarget | null {
    if (name === 'default') return null;
    const { all, lacks } = this.starsOf(file);
    if (lacks && this.lacks) note(this.lacks.barrels, file, name);
    let external: NameTarget | null = null;
    for (const { specifier, inside } of all) {
      const target = inside === null ? this.program.target(file, specifier, name) : this.find(inside, name, seen);
      if (target.kind === 'external' || target.kind === 'unparsed') external ??= target;
      else if (target.kind !== 'nodes' || target.nodes.length > 0) return target;
    }
    return external;
  }

  private starsOf(file: number): Stars {
    const known = this.stars.get(file);
    if (known) return known;
    const { facts, project } = this.program.file(file);
    const stars: Stars = { all: [], lacks: false };
    for (const { specifier } of exportsNamed(facts, '*')) {
      const resolution = specifier === null ? undefined : project.resolutions[specifier];
      const inside = resolution?.kind === 'file' ? (this.program.fileAt(resolution.file)?.index ?? null) : null;
      if (resolution?.kind === 'file' && inside === null) {
        const barrels = this.barrelsOf.get(resolution.file) ?? new Set();
        this.barrelsOf.set(resolution.file, barrels.add(file));
        stars.lacks = true;
      }
      // A name of Python can be that of a module beside any of them.
      const isFirst = inside !== null || facts.language === 'python' || stars.all.every((one) => one.inside !== null);
      if (specifier !== null && isFirst) stars.all.push({ specifier, inside });
    }
    this.stars.set(file, stars);
    return stars;
  }

  /** `module.exports = v` and `export = v`: the default import is `v`, a named import is a member of `v`. */
  private fromWhole(file: number, name: string): NameTarget {
    const whole = exportsNamed(this.program.file(file).facts, '=');
    const nodes = whole.flatMap((e) => (e.value === null ? [] : [this.program.valueNode(file, e.value)]));
    if (nodes.length === 0 && name === 'default') return { kind: 'namespace', file };
    return name === 'default' || nodes.length === 0 ? { kind: 'nodes', nodes } : { kind: 'member', nodes, name };
  }
}

function note<K>(asked: Map<K, string | null>, key: K, name: string | null): void {
  asked.set(key, asked.has(key) && asked.get(key) !== name ? null : name);
}

function put<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function taken<K, T>(lists: Map<K, T[]>, key: K): readonly T[] {
  const list = lists.get(key) ?? [];
  lists.delete(key);
  return list;
}

/** Whether a file can give something under a name: what it exports itself, all that others export, or a whole. */
function mayGive({ facts }: ProgramFile, name: string | null): boolean {
  if (name === null || name === 'default' || name === '*' || name === '=') return true;
  return [name, '*', '='].some((one) => exportsNamed(facts, one).length > 0);
}
