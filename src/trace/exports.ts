/** Where the exports of files lead, found once: importers of a barrel ask the same, and every round asks again. */

import { exportsNamed } from './exports-in.js';
import type { NameTarget, Program, ProgramFile } from './program.js';

/** What a question lacks: with it the answer can be another. */
interface Lacks {
  /** Files that are not there, and the name that is asked of each; null: several. */
  files: Map<string, string | null>;
  /** Answers that lack files themselves. */
  answers: Set<Answer>;
}

interface Answer {
  file: number;
  name: string;
  target: NameTarget;
  files: Lacks['files'];
  /** Who asks again when it is renewed. */
  again: (() => void)[];
}

export class Exports {
  /** Answers by the index of the file and the name. */
  private readonly known: Map<string, Answer>[] = [];
  /** Answers, and questions of others, that lack a file, by its path. */
  private readonly lackingAnswers = new Map<string, Answer[]>();
  private readonly lackingAsks = new Map<string, (() => void)[]>();
  /** What the question lacks that is being answered; null: nobody wants to know. */
  private lacks: Lacks | null = null;
  /** Who is to ask again. */
  private readonly renewed: (() => void)[] = [];

  constructor(private readonly program: Program) {}

  /** What a file exports under a name. */
  of(file: number, name: string): NameTarget {
    const answer = this.known[file]?.get(name) ?? this.ask(file, name);
    if (answer.files.size > 0) this.lacks?.answers.add(answer);
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
    for (const path of lacks.files.keys()) put(this.lackingAsks, path, again);
    return found;
  }

  /** A file is there now: forgets the answers that it can change. */
  renew(file: ProgramFile): void {
    const path = file.facts.file;
    this.renewed.push(...(this.lackingAsks.get(path) ?? []));
    this.lackingAsks.delete(path);
    for (const answer of this.lackingAnswers.get(path) ?? []) {
      if (!mayGive(file, answer.files.get(path) ?? null) && !this.isTarget(path, answer.target)) continue;
      if (this.known[answer.file]?.get(answer.name) === answer) this.known[answer.file]?.delete(answer.name);
      this.renewed.push(...answer.again.splice(0));
    }
    this.lackingAnswers.delete(path);
  }

  /** Calls those who may get another answer by now. */
  askAgain(): void {
    for (const again of new Set(this.renewed.splice(0))) again();
  }

  private isTarget(path: string, target: NameTarget): boolean {
    if (target.kind !== 'unparsed') return false;
    const resolution = this.program.file(target.importer).project.resolutions[target.specifier];
    return resolution?.kind === 'file' && resolution.file === path;
  }

  private looking<T>(find: () => T): { found: T; lacks: Lacks } {
    const around = this.lacks;
    const lacks: Lacks = { files: new Map(), answers: new Set() };
    this.lacks = lacks;
    const found = find();
    this.lacks = around;
    return { found, lacks };
  }

  private ask(file: number, name: string): Answer {
    const { found: target, lacks } = this.looking(() => this.find(file, name, new Set()));
    const { files, answers } = lacks;
    for (const inner of answers) for (const [path, asked] of inner.files) note(files, path, asked);
    const answer: Answer = { file, name, target, files, again: [] };
    const own = this.known[file] ?? new Map<string, Answer>();
    this.known[file] = own.set(name, answer);
    for (const path of files.keys()) put(this.lackingAnswers, path, answer);
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

  private reExported(file: number, specifier: string, imported: string, seen: Set<string>): NameTarget {
    const resolution = this.program.file(file).project.resolutions[specifier];
    const inside = resolution?.kind === 'file' ? this.program.lookFor(resolution.file, imported) : null;
    return inside ? this.find(inside.index, imported, seen) : this.program.target(file, specifier, imported);
  }

  private fromStars(file: number, name: string, seen: Set<string>): NameTarget | null {
    if (name === 'default') return null;
    let external: NameTarget | null = null;
    for (const e of exportsNamed(this.program.file(file).facts, '*')) {
      if (e.specifier === null) continue;
      const target = this.reExported(file, e.specifier, name, seen);
      if (target.kind === 'external' || target.kind === 'unparsed') external ??= target;
      else if (target.kind !== 'nodes' || target.nodes.length > 0) return target;
    }
    return external;
  }

  /** `module.exports = v` and `export = v`: the default import is `v`, a named import is a member of `v`. */
  private fromWhole(file: number, name: string): NameTarget {
    const whole = exportsNamed(this.program.file(file).facts, '=');
    const nodes = whole.flatMap((e) => (e.value === null ? [] : [this.program.valueNode(file, e.value)]));
    if (nodes.length === 0 && name === 'default') return { kind: 'namespace', file };
    return name === 'default' || nodes.length === 0 ? { kind: 'nodes', nodes } : { kind: 'member', nodes, name };
  }
}

function note(files: Lacks['files'], path: string, name: string | null): void {
  files.set(path, files.has(path) && files.get(path) !== name ? null : name);
}

function put<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Whether a file can give something under a name: what it exports itself, all that others export, or a whole. */
function mayGive({ facts }: ProgramFile, name: string | null): boolean {
  if (name === null || name === 'default' || name === '*' || name === '=') return true;
  return [name, '*', '='].some((one) => exportsNamed(facts, one).length > 0);
}
