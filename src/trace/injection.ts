/**
 * Dependency injection by token: what a provider says stands under a token arrives where the token is asked for. It adds
 * its edges after each round, by what is known then; the solver follows them like all others.
 */

import { CONTAINERS } from '../libraries/containers.js';
import type { CallValue, Param, ValueId } from '../model/facts.js';
import { type AskingCall, type AskingField, type AskingParam, askingPlaces } from './asking-places.js';
import { callback } from './calls.js';
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
    for (const { index, facts } of files) {
      const { params, fields, calls } = askingPlaces(facts);
      this.injectParams(index, params);
      this.injectFields(index, fields);
      this.answer(index, calls);
    }
  }

  /** Words by which files that are not parsed yet may ask for a token with a client under it. */
  names(reach: Reach): string[] {
    if (!this.isUsed()) return [];
    const found = new Set<string>();
    let asking: AskingFunction[] | null = null;
    for (const file of this.solver.program.files) {
      for (const { token, container, entries } of this.providersOf(file)) {
        const held = [container.provider.value, container.provider.factory].flatMap((key) => entries.get(key) ?? []);
        if (held.every((value) => !reach.givesAway(this.at(file.index, value)))) continue;
        for (const name of this.tokens.namesOf(file.index, token)) found.add(name);
        const keys = this.tokens.keysOf(file.index, token);
        asking ??= this.askingFunctions();
        for (const { name, asks } of asking) if (keys.some((key) => asks.has(key))) found.add(name);
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

  private injectParams(file: number, params: readonly AskingParam[]): void {
    for (const { local, param, isMade } of params) {
      const to = this.solver.program.localNode(file, local);
      for (const from of this.askedBy(file, param.decorators) ?? (isMade ? this.byType(file, param) : []))
        this.solver.copy(from, to);
    }
  }

  private injectFields(file: number, fields: readonly AskingField[]): void {
    for (const { scope, name, decorators } of fields) {
      const asked = this.askedBy(file, decorators) ?? [];
      if (asked.length === 0) continue;
      const owner = this.solver.objects.intern({ kind: 'instance', file, scope });
      for (const from of asked) this.solver.copy(from, fieldNode(this.solver, owner, name));
    }
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
  private answer(file: number, calls: readonly AskingCall[]): void {
    for (const { id, callee, token } of calls) {
      if (!this.words.has(this.tokens.writtenAs(file, token) ?? '')) continue;
      if (!isOutside(this.solver, this.at(file, callee))) continue;
      for (const key of this.tokens.keysOf(file, token)) {
        if (this.provided.has(key)) this.solver.copy(this.tokenNode(key), this.at(file, id));
      }
    }
  }

  /** The project's own decorators that ask for tokens: `const InjectRedis = () => Inject(REDIS)`. */
  private askingFunctions(): AskingFunction[] {
    const { solver, tokens } = this;
    return solver.objects.ofKind('function').flatMap(([, object]) => {
      const { name } = solver.program.scope(object.file, object.scope);
      if (name === null) return [];
      const asks = new Set<string>();
      for (const id of solver.of(solver.program.returnNode(object.file, object.scope))) {
        const asked = this.asked(id);
        const [token] = asked?.call.args ?? [];
        if (asked && token) for (const key of tokens.keysOf(asked.file, token.value)) asks.add(key);
      }
      return asks.size > 0 ? [{ name, asks }] : [];
    });
  }
}

/** A function of the project whose result asks for tokens. */
interface AskingFunction {
  name: string;
  asks: ReadonlySet<string>;
}

const PACKAGES: ReadonlySet<string> = new Set(CONTAINERS.flatMap(({ packages }) => packages));

/** A callee that nothing of the project is known to be. */
function isOutside(solver: Solver, callee: Node): boolean {
  return [...solver.of(callee)].every((id) => solver.objects.get(id).kind === 'external');
}
