/** Facts as a person reads them: one line for each flow, import, export, scope and block. */

import type { FileFacts, Flow, LocalId, Place, ScopeId, Value, ValueId } from '../../../../src/model/facts.js';

/** A local by name and the line of its declaration, which tells apart locals of one name. */
export function showLocal(facts: FileFacts, id: LocalId): string {
  const local = facts.locals[id];
  if (!local) return `?${id}`;
  return `${local.name}@${lineAt(facts, local.span.start)}`;
}

export function lineAt(facts: FileFacts, offset: number): number {
  return facts.lineStarts.filter((start) => start <= offset).length;
}

function showScope(facts: FileFacts, id: ScopeId | null): string {
  if (id === null) return 'none';
  const scope = facts.scopes[id];
  return scope?.name ?? scope?.kind ?? `?${id}`;
}

export function showPlace(facts: FileFacts, place: Place): string {
  switch (place.kind) {
    case 'local':
      return showLocal(facts, place.local);
    case 'param':
      return `param ${place.index} of ${showScope(facts, place.scope)}`;
    case 'return':
      return `return of ${showScope(facts, place.scope)}`;
    case 'field':
      return `${place.static ? 'static ' : ''}${showScope(facts, place.scope)}.${place.name}`;
    case 'member':
      return `${showValue(facts, place.object)}[${place.name ?? '?'}]`;
    case 'global':
      return `global ${place.name}`;
  }
}

type Show<K extends Value['kind']> = (facts: FileFacts, value: Extract<Value, { kind: K }>) => string;
const list = (facts: FileFacts, ids: ValueId[]) => ids.map((id) => showValue(facts, id)).join(', ');
const spread = (facts: FileFacts, one: { value: ValueId; spread: boolean }) =>
  `${one.spread ? '...' : ''}${showValue(facts, one.value)}`;

const SHOW: { [K in Value['kind']]: Show<K> } = {
  literal: (_, value) => (value.undefined ? 'undefined' : JSON.stringify(value.value)),
  template: (facts, value) =>
    `\`${value.parts.map((part) => (typeof part === 'string' ? part : `\${${showValue(facts, part)}}`)).join('')}\``,
  array: (facts, value) => `[${value.elements.map((one) => spread(facts, one)).join(', ')}]`,
  object: (facts, value) =>
    `{${value.entries.map((one) => (one.spread ? '' : `${one.key ?? '?'}: `) + spread(facts, one)).join(', ')}}`,
  env: (_, value) => `env(${value.name ?? '?'})`,
  reference: (facts, value) => showLocal(facts, value.local),
  global: (_, value) => `global(${value.name})`,
  this: (facts, value) => `this(${value.static ? 'static ' : ''}${showScope(facts, value.of)})`,
  super: (facts, value) => `super(${showScope(facts, value.of)})`,
  module: (facts, value) => `module(${facts.imports[value.import]?.specifier})`,
  member: (facts, value) => {
    const key = value.name ?? (value.key === null ? '?' : `[${showValue(facts, value.key)}]`);
    return `${showValue(facts, value.object)}${value.optional ? '?' : ''}.${key}${value.write ? '!' : ''}`;
  },
  call: (facts, value) => {
    const args = value.args.map((one) => spread(facts, one)).join(', ');
    return `${value.new ? 'new ' : ''}${showValue(facts, value.callee)}${value.optional ? '?.' : ''}(${args})`;
  },
  await: (facts, value) => `await ${showValue(facts, value.value)}`,
  conditional: (facts, value) =>
    `(${showValue(facts, value.test)} ? ${showValue(facts, value.then)} : ${showValue(facts, value.else)})`,
  logical: (facts, value) => `(${showValue(facts, value.left)} ${value.operator} ${showValue(facts, value.right)})`,
  comparison: (facts, value) => `${value.operator}<${list(facts, value.parts)}>`,
  assign: (facts, value) => `(${value.operator} ${showValue(facts, value.value)})`,
  function: (facts, value) => `function ${showScope(facts, value.of)}`,
  class: (facts, value) => `class ${showScope(facts, value.of)}`,
  unknown: (facts, value) => `${value.what}<${list(facts, value.parts)}>`,
};

export function showValue(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id];
  if (!value) return `?${id}`;
  return (SHOW[value.kind] as Show<Value['kind']>)(facts, value as never);
}

function showPart(part: Flow['part']): string {
  if (part.kind === 'whole') return '';
  if (part.kind === 'member') return ` .${part.name}`;
  if (part.kind === 'rest') return ' ...rest';
  return part.index === undefined ? ' [*]' : ` [${part.index}]`;
}

export function showFlow(facts: FileFacts, flow: Flow): string {
  const fallback = flow.default === undefined ? '' : ` = ${showValue(facts, flow.default)}`;
  const arrow = flow.declares ? '=>' : '->';
  return `${showValue(facts, flow.value)}${showPart(flow.part)}${fallback} ${arrow} ${showPlace(facts, flow.place)}`;
}

export function showFlows(facts: FileFacts): string[] {
  return facts.flows.map((flow) => showFlow(facts, flow));
}

export function showImports(facts: FileFacts): string[] {
  return facts.imports.map((one) => {
    const marks = [one.typeOnly && 'type', one.guarded && 'guarded', one.dynamic && 'dynamic'].filter(Boolean);
    const local = one.local === null ? '-' : facts.locals[one.local]?.name;
    return `${[...marks, one.imported].join(' ')} from ${one.specifier} as ${local}`;
  });
}

export function showExports(facts: FileFacts): string[] {
  return facts.exports.map((one) => {
    const type = one.typeOnly ? 'type ' : '';
    if (one.specifier !== null) return `${type}${one.name} = ${one.imported} from ${one.specifier}`;
    return `${type}${one.name}${one.value === null ? '' : ` = ${showValue(facts, one.value)}`}`;
  });
}

/** Everything, for reading while something is wrong. */
export function dump(facts: FileFacts): string {
  const calls = facts.values.flatMap((value, id) =>
    value.kind === 'call' ? [`${value.result} ${value.digest} ${showValue(facts, id)}`] : [],
  );
  const scopes = facts.scopes.map((one, id) => `${id} ${one.kind} ${one.form ?? ''} ${one.name ?? ''} < ${one.parent}`);
  const blocks = facts.blocks.map((one, id) => `${id} ${one.kind} exit ${one.exit} < ${one.parent}`);
  const parts = {
    imports: showImports(facts),
    exports: showExports(facts),
    scopes,
    blocks,
    flows: showFlows(facts),
    calls,
  };
  return Object.entries(parts)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n');
}
