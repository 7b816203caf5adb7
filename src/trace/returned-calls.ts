/** Methods that only ask another function, and what they give it for the arguments of one call. */

import type { CallValue, LocalId, Param, ScopeId, Value, ValueId } from '../model/facts.js';
import type { ReturnedCall } from '../model/method-call.js';
import { classAt } from './class-attributes.js';
import { type EnumMember, enumMember } from './enum-members.js';
import type { PlaceFlows } from './place-flows.js';
import type { Program } from './program.js';

interface Fn {
  file: number;
  scope: ScopeId;
}

/** What an expression is in one run: plain data, or a member of an enum. */
type Run = { plain: string | number | boolean | null } | EnumMember;

/** Methods of texts that look at nothing else. */
const OF_TEXT: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};

/**
 * The call that a method gives, where it does nothing else but make names of its parameters, and every argument is known
 * for `given`, a call of the method; else null.
 */
export function returnedCall(
  program: Program,
  flows: PlaceFlows,
  fn: Fn,
  given: { file: number; call: CallValue },
): ReturnedCall | null {
  const scope = program.scope(fn.file, fn.scope);
  if (scope.form !== 'method' || scope.generator || scope.static || (scope.decorators ?? []).length > 0) return null;
  const [flow, ...others] = flows.ofReturn(fn.file, fn.scope);
  const returned = flow && others.length === 0 ? program.value(fn.file, flow.value) : undefined;
  const value = returned?.kind === 'await' ? returned.value : flow?.value;
  const call = value === undefined ? undefined : program.value(fn.file, value);
  if (value === undefined || call?.kind !== 'call' || call.new || call.optional) return null;
  if (!doesNothingElse(program, fn, call)) return null;
  const run = new OneRun(program, flows, fn, given);
  const keywords: ReturnedCall['keywords'] = {};
  for (const { name, spread, value: argument } of call.args) {
    const known = name === null || name === '**' || spread ? null : run.of(argument);
    if (name === null || known === null || !('plain' in known)) return null;
    keywords[name] = known.plain;
  }
  return { value, keywords };
}

/** Beside the call it only gives names to what it makes of its parameters. */
function doesNothingElse(program: Program, { file, scope }: Fn, call: CallValue): boolean {
  const { facts } = program.file(file);
  const isOwn = (one: ScopeId) => program.functionOf(file, one) === scope;
  const inside = (value: Value) => call.span.start <= value.span.start && value.span.end <= call.span.end;
  const own = facts.values.filter((value) => isOwn(value.scope));
  const effect = own.some((value) => {
    if (value === call || (value.kind === 'await' && value.value === facts.values.indexOf(call))) return false;
    if (value.kind === 'call') return !isOfText(program, file, value);
    return (
      ['await', 'assign', 'unknown', 'function', 'class'].includes(value.kind) ||
      (!inside(value) && value.kind === 'module')
    );
  });
  const statements = facts.statements.filter((one) => isOwn(one.scope));
  const plain = statements.every(({ kind, block }) => block === null && kind !== 'throw' && kind !== 'import');
  const ids = new Set(statements.map((one) => facts.statements.indexOf(one)));
  const kept = facts.flows.every(({ place, statement }) => {
    if (statement === null || !ids.has(statement)) return true;
    return place.kind === 'return' || (place.kind === 'local' && isOwn(facts.locals[place.local]?.scope ?? 0));
  });
  return !effect && plain && kept;
}

function isOfText(program: Program, file: number, { callee: id, args }: CallValue): boolean {
  const callee = program.value(file, id);
  return callee.kind === 'member' && callee.name !== null && Object.hasOwn(OF_TEXT, callee.name) && args.length === 0;
}

/** Expressions of a function, as they are for one call of it. */
class OneRun {
  constructor(
    private readonly program: Program,
    private readonly flows: PlaceFlows,
    private readonly fn: Fn,
    private readonly given: { file: number; call: CallValue },
  ) {}

  /** Null: not known. */
  of(id: ValueId): Run | null {
    const { file } = this.fn;
    const value = this.program.value(file, id);
    if (value.kind === 'literal') return value.undefined ? null : { plain: value.value };
    if (value.kind === 'reference') return this.local(value.local);
    if (value.kind === 'conditional') {
      const holds = this.test(value.test);
      return holds === null ? null : this.of(holds ? value.then : value.else);
    }
    if (value.kind === 'call') return this.text(value);
    if (value.kind !== 'member') return null;
    const own = enumMember(this.program, this.flows, file, id);
    if (own) return own;
    const member = this.of(value.object);
    if (!member || 'plain' in member) return null;
    return value.name === 'name' || value.name === 'value' ? { plain: member[value.name] } : null;
  }

  private text({ callee: id }: CallValue): Run | null {
    const callee = this.program.value(this.fn.file, id);
    const object = callee.kind === 'member' ? this.of(callee.object) : null;
    const made = callee.kind === 'member' ? OF_TEXT[callee.name ?? ''] : undefined;
    return made && object && 'plain' in object && typeof object.plain === 'string'
      ? { plain: made(object.plain) }
      : null;
  }

  /** `isinstance(x, Database)`, `isinstance(x, str)`. */
  private test(id: ValueId): boolean | null {
    const value = this.program.value(this.fn.file, id);
    const [what, kind, ...others] = value.kind === 'comparison' && value.operator === 'isinstance' ? value.parts : [];
    const one = what === undefined ? null : this.of(what);
    if (kind === undefined || others.length > 0 || !one) return null;
    const named = this.program.value(this.fn.file, kind);
    if (named.kind === 'global' && named.name === 'str') return 'plain' in one ? typeof one.plain === 'string' : null;
    const of = classAt(this.program, this.fn.file, kind, new Set());
    if (!of) return null;
    if ('plain' in one) return false;
    return of.file === one.of.file && of.scope === one.of.scope ? true : null;
  }

  private local(id: LocalId): Run | null {
    const { file, scope } = this.fn;
    const params = this.program.scope(file, scope).params ?? [];
    const index = params.findIndex(({ local }) => local === id);
    const param = params[index];
    const flows = this.flows.ofLocal(file, id);
    if (param)
      return flows.every(({ value, declares }) => declares || value === param.default)
        ? this.argument(param, index)
        : null;
    const [flow, ...others] = flows;
    const isOwn = this.program.file(file).facts.locals[id]?.scope === scope;
    return isOwn && flow && others.length === 0 && flow.part.kind === 'whole' ? this.of(flow.value) : null;
  }

  /** What the call gives: a literal, or a member of an enum. */
  private argument(param: Param, index: number): Run | null {
    const { file, call } = this.given;
    if (param.rest || call.args.some(({ spread, name }) => spread || name === '**')) return null;
    const positional = call.args[index]?.name === null ? call.args[index] : undefined;
    const one = call.args.find(({ name }) => name !== null && name === param.name) ?? positional;
    if (!one) return param.default === null ? null : this.of(param.default);
    const value = this.program.value(file, one.value);
    if (value.kind === 'literal') return value.undefined ? null : { plain: value.value };
    return enumMember(this.program, this.flows, file, one.value);
  }
}
