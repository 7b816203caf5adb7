/** What a value is, as far as it can be known without running the program. */

import type { CallValue, Flow, Local, LocalId, ObjectEntry, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import type { Callers } from './callers.js';
import type { Changes } from './changes.js';
import { classAttribute, isTakenByConstructor } from './class-attributes.js';
import { EvaluationBounds, tooDeep } from './evaluation-bounds.js';
import { globalName, isGlobal } from './global-names.js';
import { assigned, choice, type Entries, either, logical, spreadEntries, withDefault, without } from './known.js';
import { functionKnown } from './named-functions.js';
import { isNewObject, nameTarget } from './names.js';
import { compared, templateOf } from './operators.js';
import { declaredBy, givenTo } from './parameters.js';
import type { PlaceFlows } from './place-flows.js';
import { recordMade } from './plain-records.js';
import type { NameTarget, Program } from './program.js';
import { pureCall, pureMethod, pureNew } from './pure-calls.js';
import { knownMember, type Part, stepOf } from './settings.js';
import { SettingsRead } from './settings-read.js';
import type { Missing } from './wants.js';

/** Answers for the program as it is when it is made, or renewed: what was found once is not looked for again. */
export class Evaluator {
  /** Imports that lead to files which are not parsed yet, met on the way. */
  readonly missing: Missing[] = [];
  readonly read = new SettingsRead();
  private readonly flows: PlaceFlows;
  private readonly bounds = new EvaluationBounds();

  /** `callers` says what parameters are given; without it they are not known. `changes`: what is set after it was made. */
  constructor(
    private readonly program: Program,
    private callers: (() => Callers) | null = null,
    private readonly changes: Changes | null = null,
  ) {
    this.flows = program.flows;
  }

  /** Files were added: looks again at what they can change, and keeps the rest. */
  renew(callers: (() => Callers) | null = null): void {
    this.callers = callers;
    this.bounds.renew();
  }

  /** What value `id` of a file is. */
  evaluate(file: number, id: ValueId, depth = 0): Known {
    return this.bounds.value(file, id, depth, () => this.valueOf(file, id, depth)) ?? tooDeep(this.program, file, id);
  }

  private valueOf(file: number, id: ValueId, depth: number): Known {
    const value = this.program.value(file, id);
    const at = this.program.at(file, value.span.start);
    const next = (part: ValueId) => this.evaluate(file, part, depth + 1);
    switch (value.kind) {
      case 'literal':
        return value.undefined ? { kind: 'undefined', at } : { kind: 'literal', value: value.value, at };
      case 'template':
        return templateOf(value.parts, next, at);
      case 'array':
        if (value.elements.some((e) => e.spread)) return { kind: 'unknown', why: 'spread into a list', at };
        return { kind: 'array', items: value.elements.map((e) => next(e.value)), at };
      case 'object':
        return this.object(file, id, value.entries, depth);
      case 'env':
        if (value.name === null) return { kind: 'unknown', why: 'computed environment variable', at };
        return { kind: 'env', name: value.name, fallback: value.fallback === null ? null : next(value.fallback), at };
      case 'reference':
        return this.local(file, value.local, depth, at);
      case 'member':
        return this.member(file, value, depth, at);
      case 'await':
      case 'assign':
        return next(value.value);
      case 'conditional':
        return either(next(value.test), next(value.then), next(value.else), at);
      case 'logical':
        return logical(value.operator, next(value.left), next(value.right), at);
      case 'call':
        return this.call(file, value, depth, at);
      case 'function':
        return functionKnown(this.program, file, value.of, this.returned(file, value.of, depth), at);
      case 'comparison':
        return compared(value.operator, value.parts.map(next), at);
      default:
        return { kind: 'unknown', why: `a ${value.kind}`, at };
    }
  }

  private object(file: number, id: ValueId, entries: ObjectEntry[], depth: number): Known {
    const found: Entries = [];
    let open = false;
    for (const entry of entries) {
      const value = this.evaluate(file, entry.value, depth + 1);
      if (entry.spread) open = spreadEntries(value, found) || open;
      else if (entry.key === null) open = true;
      else found.push({ key: entry.key, value, at: this.program.at(file, entry.span.start) });
    }
    const at = this.program.at(file, this.program.value(file, id).span.start);
    const known: Known = { kind: 'object', entries: found, open, at };
    return this.changes?.after(file, id, known) ?? known;
  }

  private local(file: number, id: LocalId, depth: number, at: Known['at']): Known {
    const local = this.program.file(file).facts.locals[id];
    if (!local) return { kind: 'unknown', why: 'unbound name', at };
    if (local.kind === 'import' && local.import !== null) return this.imported(file, local.import, depth, at);
    const circular: Known = { kind: 'unknown', why: 'a value that is made of itself', at };
    return this.bounds.once(`${file} ${id}`, () => this.declared(file, id, local, depth, at)) ?? circular;
  }

  private declared(file: number, id: LocalId, local: Local, depth: number, at: Known['at']): Known {
    const flows = this.flows.ofLocal(file, id);
    if (local.kind === 'param') return this.parameter(file, id, depth, at);
    if (local.kind === 'function' && local.declares !== null)
      return functionKnown(this.program, file, local.declares, this.returned(file, local.declares, depth), at);
    if (flows.length === 0) return { kind: 'unknown', why: `\`${local.name}\` is never given a value here`, at };
    if (local.scope === 0 && this.changes?.isSet(file, local.name))
      return { kind: 'unknown', why: `another module sets \`${local.name}\``, at };
    const known = choice(
      flows.map((flow) => this.flow(file, flow, depth)),
      at,
    );
    // Members that are set later make an object more than its literal shows.
    if (!this.flows.isMutated(file, id)) return known;
    if (known.kind === 'object') return { ...known, open: true, entries: [] };
    return known.kind === 'choice' ? { kind: 'unknown', why: 'a value whose members are set later', at } : known;
  }

  /** A parameter, or a part of one that is taken apart: what all calls give it, where nothing else sets it. */
  private parameter(file: number, id: LocalId, depth: number, at: Known['at']): Known {
    const { name = '', scope = 0 } = this.program.file(file).facts.locals[id] ?? {};
    const known: Known = { kind: 'parameter', name, of: this.program.scope(file, scope).name ?? '', at };
    const flow = declaredBy(this.program, file, scope, this.flows.ofLocal(file, id));
    if (this.callers === null || flow === 'several' || this.flows.isMutated(file, id)) return known;
    this.bounds.pass();
    if (flow?.part.kind === 'member') {
      const part = this.flow(file, flow, depth + 1);
      return part.kind === 'unknown' ? known : { ...known, given: part };
    }
    const place = { file, scope, local: id };
    const given = givenTo(this.program, this.callers(), place, (f, v) => this.evaluate(f, v, depth + 1));
    return given === null ? known : { ...known, given };
  }

  /** What arrives through a flow: the whole value, or a part of it. */
  private flow(file: number, flow: Flow, depth: number): Known {
    const at = this.program.at(file, flow.span.start);
    const whole = () => this.evaluate(file, flow.value, depth + 1);
    const { part } = flow;
    if (part.kind === 'whole') return whole();
    if (part.kind === 'member') {
      const found = this.memberOf(file, flow.value, { name: part.name, step: `.${part.name}` }, depth, at);
      if (flow.default === undefined) return found;
      return withDefault(found, this.evaluate(file, flow.default, depth + 1), at);
    }
    if (part.kind === 'rest') return without(whole(), this.flows.takenFrom(file, flow.value), at);
    return { kind: 'unknown', why: 'an element of a list', at };
  }

  private imported(file: number, id: number, depth: number, at: Known['at']): Known {
    const record = this.program.file(file).facts.imports[id];
    if (!record) return { kind: 'unknown', why: 'unbound import', at };
    const target = this.program.target(file, record.specifier, record.imported);
    return this.read.as(record.imported, this.target(target, depth, at));
  }

  private target(target: NameTarget, depth: number, at: Known['at']): Known {
    if (target.kind === 'unparsed') this.missing.push(target);
    if (target.kind !== 'nodes') this.bounds.pass();
    if (target.kind !== 'nodes') return { kind: 'unknown', why: 'imported from outside', at };
    const known = target.nodes.flatMap((node) => {
      const value = this.program.valueOf(node);
      if (value) this.read.modules.add(value.file);
      return value ? [this.evaluate(value.file, value.value, depth + 1)] : [];
    });
    return known.length > 0 ? choice(known, at) : { kind: 'unknown', why: 'not exported there', at };
  }

  private member(file: number, value: Extract<Value, { kind: 'member' }>, depth: number, at: Known['at']): Known {
    const key = value.key === null ? null : this.evaluate(file, value.key, depth + 1);
    const name = value.name ?? (key?.kind === 'literal' ? String(key.value) : null);
    if (name === null) return { kind: 'unknown', why: 'computed member', at };
    return this.memberOf(file, value.object, { name, step: stepOf(this.program, file, value, name) }, depth, at);
  }

  /** A member of what a value is. */
  private memberOf(file: number, object: ValueId, part: Part, depth: number, at: Known['at']): Known {
    const { name } = part;
    const base = this.program.value(file, object);
    if (base.kind === 'this' && base.of !== null) return this.read.as(name, this.field(file, base.of, name, depth, at));
    if (base.kind === 'member' && base.name === 'env' && isGlobal(this.program, file, base.object, 'process')) {
      return { kind: 'env', name, fallback: null, at };
    }
    const target = nameTarget(this.program, file, object);
    if (target?.kind === 'namespace')
      return this.read.as(name, this.target(this.program.exported(target.file, name), depth, at));
    const kept = classAttribute(this.program, this.flows, file, object, name);
    // A file that is added may set it too.
    if (kept) this.bounds.pass();
    if (kept) return this.read.as(name, this.flow(kept.file, kept.flow, depth));
    const known = this.evaluate(file, object, depth + 1);
    return this.read.memberOf(known, name, knownMember(this.program, file, object, part, known, at));
  }

  /** Field of the class that a `this` belongs to, when it is only ever set to values that are known. */
  private field(file: number, scope: ScopeId, name: string, depth: number, at: Known['at']): Known {
    const flows = this.flows.ofField(file, scope, name);
    const isSet = this.flows.isSetOnOthers(name) || this.flows.isSetBelow(file, scope, name);
    this.bounds.pass();
    if (flows.length === 0 || isSet || isTakenByConstructor(this.program, file, scope, name))
      return { kind: 'unknown', why: `\`this.${name}\` is set elsewhere`, at };
    const known = flows.map((flow) => this.flow(file, flow, depth));
    return choice(known, at);
  }

  private call(file: number, value: CallValue, depth: number, at: Known['at']): Known {
    const next = (part: ValueId) => this.evaluate(file, part, depth + 1);
    const args = value.args.some(({ spread }) => spread) ? null : value.args.map((a) => next(a.value));
    const name = globalName(this.program, file, value.callee);
    const pure = args === null || name === null ? null : (value.new ? pureNew : pureCall)(name, args, at);
    if (pure !== null) return pure;
    if (name === 'Object.assign' && args && isNewObject(this.program, file, value)) return assigned(args, at);
    const method = this.program.value(file, value.callee);
    if (method.kind === 'member' && method.name !== null && args !== null) {
      const found = pureMethod(method.name, () => next(method.object), value.args, args, at);
      if (found !== null) return found;
    }
    const callee = this.evaluate(file, value.callee, depth + 1);
    if (callee.kind === 'function' && callee.returns !== null && !value.new) return callee.returns;
    return recordMade(this.program, file, value, next) ?? { kind: 'unknown', why: 'the result of a call', at };
  }

  /** What a function returns, when that does not depend on how it is called. */
  private returned(file: number, scope: ScopeId, depth: number): Known | null {
    if (this.bounds.isDeep(depth)) return null;
    const [only, ...others] = this.flows.ofReturn(file, scope);
    if (this.program.scope(file, scope).generator) return null;
    return only && others.length === 0 ? this.flow(file, only, depth + 1) : null;
  }
}
