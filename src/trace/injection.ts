/**
 * Dependency injection by token: what a provider says stands under a token arrives where the token is asked for. It adds
 * its edges after each round, by what is known then; the solver follows them like all others.
 */

import { CONTAINERS } from '../libraries/containers.js';
import type { CallValue, Param, ValueId } from '../model/facts.js';
import { callback } from './calls.js';
import { callsIn } from './calls-in.js';
import { addInstance } from './clients.js';
import { fieldNode } from './members.js';
import type { ObjectId } from './objects.js';
import type { Node, ProgramFile } from './program.js';
import { isAsking, type Provider, providersOf } from './providers.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';
import { Tokens } from './tokens.js';
import type { Missing } from './wants.js';

export class Injection {
  private readonly tokens: Tokens;
  /** Tokens that something stands under, and the words by which they are named. */
  private readonly provided = new Set<string>();
  private readonly words = new Set<string>();
  /** The providers of each file: they do not change. */
  private readonly providers = new Map<number, Provider[]>();

  constructor(private readonly solver: Solver) {
    this.tokens = new Tokens(solver.program, solver);
  }

  /** Lets what providers give flow to where it is asked for, for all files so far. Edges that exist stay as they are. */
  link(): void {
    if (!this.isUsed()) return;
    this.tokens.renew();
    const { files } = this.solver.program;
    for (const file of files) {
      for (const provider of this.providersOf(file)) this.provide(provider);
    }
    for (const file of files) {
      this.injectParams(file);
      this.injectFields(file);
      this.answer(file);
    }
  }

  /** Words by which files that are not parsed yet may ask for a token with a client under it. */
  names(reach: Reach): string[] {
    if (!this.isUsed()) return [];
    const found = new Set<string>();
    for (const file of this.solver.program.files) {
      for (const { token, container, entries } of this.providersOf(file)) {
        const held = [container.provider.value, container.provider.factory].flatMap((key) => entries.get(key) ?? []);
        if (held.every((value) => reach.clientsThrough(this.at(file.index, value)).size === 0)) continue;
        for (const name of [...this.tokens.namesOf(file.index, token), ...this.decoratorsOf(file.index, token)])
          found.add(name);
      }
    }
    return [...found].sort();
  }

  /** Tokens that are kept in files which are not parsed yet; asked for only where a container is used. */
  missing(): Missing[] {
    return this.isUsed() ? this.tokens.missing.splice(0) : [];
  }

  private isUsed(): boolean {
    return this.solver.program.files.some(({ facts }) =>
      facts.imports.some(({ specifier }) => PACKAGES.has(specifier)),
    );
  }

  private at(file: number, value: ValueId): Node {
    return this.solver.program.valueNode(file, value);
  }

  private providersOf(file: ProgramFile): Provider[] {
    const known = this.providers.get(file.index) ?? providersOf(file);
    this.providers.set(file.index, known);
    return known;
  }

  private provide({ file, container, token, entries }: Provider): void {
    const { solver, tokens } = this;
    const { provider } = container;
    for (const word of tokens.namesOf(file, token)) this.words.add(word);
    for (const key of tokens.keysOf(file, token)) {
      this.provided.add(key);
      const node = this.tokenNode(key);
      const value = entries.get(provider.value);
      if (value !== undefined) solver.copy(this.at(file, value), node);
      const made = entries.get(provider.factory);
      if (made !== undefined) this.callFactory(file, made, entries.get(provider.inject), node);
      const of = entries.get(provider.class);
      if (of !== undefined) this.addInstances(this.at(file, of), node);
      const same = entries.get(provider.same);
      if (same !== undefined) for (const other of tokens.keysOf(file, same)) solver.copy(this.tokenNode(other), node);
    }
  }

  /** What stands under a token; asking for one that is not known can give any. */
  private tokenNode(key: string): Node {
    return this.solver.namedNode(`token ${key}`, (node) => this.solver.copy(node, this.anyToken()));
  }

  private anyToken(): Node {
    return this.solver.namedNode('tokens');
  }

  private addInstances(from: Node, to: Node): void {
    if (!this.solver.isFirst(`instances ${from} ${to}`)) return;
    this.solver.watch(from, (id) => addInstance(this.solver, id, to));
  }

  private callFactory(file: number, made: ValueId, inject: ValueId | undefined, to: Node): void {
    if (this.solver.isFirst(`factory ${file} ${made} ${to}`)) callback(this.solver, this.at(file, made), null, to);
    const list = inject === undefined ? null : this.solver.program.value(file, inject);
    if (list?.kind !== 'array') return;
    list.elements.forEach(({ value }, index) => {
      for (const key of this.tokens.keysOf(file, value)) {
        if (!this.solver.isFirst(`inject ${file} ${made} ${index} ${key}`)) continue;
        callback(this.solver, this.at(file, made), this.tokenNode(key), null, index);
      }
    });
  }

  private injectParams({ index: file, facts }: ProgramFile): void {
    for (const { params, form, parent } of facts.scopes) {
      const owner = parent === null ? undefined : facts.scopes[parent];
      const isMade = form === 'constructor' && (owner?.decorators?.length ?? 0) > 0;
      for (const param of params ?? []) {
        if (param.local === null) continue;
        const to = this.solver.program.localNode(file, param.local);
        for (const from of this.askedBy(file, param.decorators) ?? (isMade ? this.byType(file, param) : []))
          this.solver.copy(from, to);
      }
    }
  }

  private injectFields({ index: file, facts }: ProgramFile): void {
    facts.scopes.forEach((scope, id) => {
      for (const field of scope.fields ?? []) {
        const asked = this.askedBy(file, field.decorators) ?? [];
        if (asked.length === 0) continue;
        const owner = this.solver.objects.intern({ kind: 'instance', file, scope: id });
        for (const from of asked) this.solver.copy(from, fieldNode(this.solver, owner, field.name));
      }
    });
  }

  /** Nodes of the tokens that decorators ask for; null when they ask for none. */
  private askedBy(file: number, decorators: readonly ValueId[]): Node[] | null {
    const found = decorators.flatMap((decorator) => {
      const asked = [...this.solver.of(this.at(file, decorator))].flatMap((id) => this.asked(id) ?? []);
      return asked.flatMap(({ file: home, call }) => {
        const [token] = call.args;
        const keys = token ? this.tokens.keysOf(home, token.value) : [];
        return keys.length === 0 ? [this.anyToken()] : keys.map((key) => this.tokenNode(key));
      });
    });
    return found.length === 0 ? null : found;
  }

  /** The call of `Inject(…)` that gave an object; null for other objects. */
  private asked(id: ObjectId): { file: number; call: CallValue } | null {
    const object = this.solver.objects.get(id);
    if (object.kind !== 'record' || object.value < 0) return null;
    const call = this.solver.program.value(object.file, object.value);
    return call.kind === 'call' && isAsking(this.solver, object.file, call) ? { file: object.file, call } : null;
  }

  /** A parameter whose declared type is a token: `constructor(redis: Redis)` with `{ provide: Redis }`. */
  private byType(file: number, { type }: Param): Node[] {
    if (type?.value == null) return [];
    const keys = this.tokens.keysOf(file, type.value).filter((key) => this.provided.has(key));
    return keys.map((key) => this.tokenNode(key));
  }

  /** `moduleRef.get(TOKEN)`. */
  private answer({ index: file, facts }: ProgramFile): void {
    for (const [id, { callee: called, args }] of callsIn(facts)) {
      const [token] = args;
      if (!token || token.spread) continue;
      const callee = this.solver.program.value(file, called);
      if (callee.kind !== 'member' || callee.name === null || !ASKS.has(callee.name)) continue;
      if (!this.words.has(this.tokens.writtenAs(file, token.value) ?? '')) continue;
      if (!isOutside(this.solver, this.at(file, called))) continue;
      for (const key of this.tokens.keysOf(file, token.value)) {
        if (this.provided.has(key)) this.solver.copy(this.tokenNode(key), this.at(file, id));
      }
    }
  }

  /** Names of the project's own decorators that ask for a token: `const InjectRedis = () => Inject(REDIS)`. */
  private decoratorsOf(file: number, token: ValueId): string[] {
    const { solver, tokens } = this;
    const keys = new Set(tokens.keysOf(file, token));
    return solver.objects.all.flatMap((object, id) => {
      if (object.kind !== 'function') return [];
      const { name } = solver.program.scope(object.file, object.scope);
      const given = [...solver.of(solver.program.returnNode(object.file, object.scope))].flatMap(
        (one) => this.asked(one) ?? [],
      );
      const asks = given.some(({ file: home, call }) => {
        const [first] = call.args;
        return first !== undefined && tokens.keysOf(home, first.value).some((key) => keys.has(key));
      });
      return asks && name !== null && id >= 0 ? [name] : [];
    });
  }
}

/** Methods by which something is asked of a container. */
const ASKS: ReadonlySet<string> = new Set(CONTAINERS.flatMap(({ asks }) => asks));
const PACKAGES: ReadonlySet<string> = new Set(CONTAINERS.flatMap(({ packages }) => packages));

/** A callee that nothing of the project is known to be. */
function isOutside(solver: Solver, callee: Node): boolean {
  return [...solver.of(callee)].every((id) => solver.objects.get(id).kind === 'external');
}
