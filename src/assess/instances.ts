/** What one file does with an object that an expression of it makes. */

import type { CallValue, FileFacts, Flow, LocalId, Span, Value, ValueId } from '../model/facts.js';

export interface MemberUse {
  /** Null: computed. */
  member: string | null;
  how: 'call' | 'read' | 'write';
  /** Of a call: what happens to its result. */
  result: CallValue['result'] | null;
  span: Span;
}

export interface Instance {
  uses: MemberUse[];
  /** The object of a `with`: leaving it closes. */
  entered: Span | null;
  /** It is returned, given to a function, or kept where other code reads it. */
  leaves: boolean;
}

/**
 * Follows the object through the variables and fields of its class in this file. A variable that holds other objects too
 * counts as this one.
 */
export function followInstance(facts: FileFacts, made: ValueId): Instance {
  const seen = new Seen(facts, made);
  while (seen.grow());
  return seen.instance();
}

class Seen {
  private readonly values = new Set<ValueId>();
  private readonly locals = new Set<LocalId>();
  private readonly fields = new Set<string>();
  private leaves = false;

  constructor(
    private readonly facts: FileFacts,
    made: ValueId,
  ) {
    this.values.add(made);
  }

  /** One more step of every way; false when there was none. */
  grow(): boolean {
    const before = this.size;
    for (const flow of this.facts.flows) if (this.values.has(flow.value) && flow.part.kind === 'whole') this.keep(flow);
    for (const { params = [] } of this.facts.scopes) {
      for (const { default: given, local } of params) {
        if (given !== null && local !== null && this.values.has(given)) this.locals.add(local);
      }
    }
    this.facts.values.forEach((value, id) => {
      if (this.gives(value)) this.values.add(id);
      if (value.kind === 'call' && value.args.some((arg) => this.values.has(arg.value))) this.leaves = true;
    });
    return this.size > before;
  }

  instance(): Instance {
    const uses: MemberUse[] = [];
    const { values, blocks } = this.facts;
    const results = new Map(
      values.flatMap((value) => (value.kind === 'call' ? [[value.callee, value.result] as const] : [])),
    );
    values.forEach((value, id) => {
      if (value.kind !== 'member' || !this.values.has(value.object)) return;
      const result = results.get(id) ?? null;
      const how = value.write ? 'write' : result !== null ? 'call' : 'read';
      uses.push({ member: value.name, how, result, span: value.span });
    });
    const entered = blocks.find(({ kind, test }) => kind === 'with' && test !== null && this.values.has(test));
    return { uses, entered: entered?.span ?? null, leaves: this.leaves };
  }

  private get size(): number {
    return this.values.size + this.locals.size + this.fields.size;
  }

  private keep({ place }: Flow): void {
    if (place.kind === 'local') this.locals.add(place.local);
    else if (place.kind === 'field') this.fields.add(`${place.scope} ${place.name}`);
    else this.leaves = true;
  }

  private gives(value: Value): boolean {
    switch (value.kind) {
      case 'reference':
        return this.locals.has(value.local);
      case 'member': {
        const owner = this.facts.values[value.object];
        return !value.write && owner?.kind === 'this' && this.fields.has(`${owner.of} ${value.name}`);
      }
      case 'logical':
        return this.values.has(value.left) || this.values.has(value.right);
      case 'conditional':
        return this.values.has(value.then) || this.values.has(value.else);
      case 'await':
      case 'assign':
        return this.values.has(value.value);
      default:
        return false;
    }
  }
}

/** Members that a class has; null when it may have others (a base that is not in the file, `__getattr__`). */
export function membersOf(facts: FileFacts, name: string): Set<string> | null {
  const scope = facts.scopes.findIndex((one) => one.kind === 'class' && one.name === name && one.parent === 0);
  return scope < 0 ? null : membersIn(facts, scope, new Set());
}

function membersIn(facts: FileFacts, scope: number, seen: Set<number>): Set<string> | null {
  const found = facts.scopes[scope];
  if (!found || seen.has(scope)) return null;
  seen.add(scope);
  const names = new Set<string>((found.fields ?? []).map((one) => one.name));
  for (const member of found.members ?? []) {
    const own = facts.scopes[member]?.name;
    if (own !== null && own !== undefined) names.add(own);
  }
  for (const { place } of facts.flows) if (place.kind === 'field' && place.scope === scope) names.add(place.name);
  for (const base of found.bases ?? []) {
    const inherited = baseScope(facts, base);
    const more = inherited === null ? null : membersIn(facts, inherited, seen);
    if (more === null) return isPlainBase(facts, base) ? names : null;
    for (const one of more) names.add(one);
  }
  return names.has('__getattr__') ? null : names;
}

/** Methods of a class whose calls must be awaited. */
export function coroutinesOf({ scopes }: FileFacts, name: string): Set<string> {
  const found = scopes.find((one) => one.kind === 'class' && one.name === name && one.parent === 0);
  const methods = (found?.members ?? []).map((one) => scopes[one]);
  return new Set(methods.flatMap((one) => (one?.async && !one.generator && one.name !== null ? [one.name] : [])));
}

function baseScope({ values, locals, scopes }: FileFacts, base: ValueId): number | null {
  const value = values[base];
  const declares = value?.kind === 'reference' ? (locals[value.local]?.declares ?? null) : null;
  return declares !== null && scopes[declares]?.kind === 'class' ? declares : null;
}

/** `object` has nothing that a program asks a client for. */
function isPlainBase({ values }: FileFacts, base: ValueId): boolean {
  const value = values[base];
  return value?.kind === 'global' && value.name === 'object';
}
