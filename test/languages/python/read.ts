/** Facts of a Python text, and short ways to look at them. */

import { beforeAll } from 'vitest';
import { python } from '../../../src/languages/python/index.js';
import type { FileFacts, Value, ValueId } from '../../../src/model/facts.js';

/** Call once in a test file: the parser is loaded before its tests. */
export function usePython(): void {
  beforeAll(() => python.load());
}

export function read(text: string): FileFacts {
  return python.facts('app/a.py', text);
}

/** A value in one line, so that a test can be read: `call(os.x, [1, db=2])`. */
export function show(facts: FileFacts, id: ValueId | null): string {
  const value = id === null ? undefined : facts.values[id];
  return value === undefined ? 'none' : shown(facts, value);
}

function shown(facts: FileFacts, value: Value): string {
  const of = (id: ValueId) => show(facts, id);
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'template':
      return `\`${value.parts.map((part) => (typeof part === 'string' ? part : `\${${of(part)}}`)).join('')}\``;
    case 'array':
      return `[${value.elements.map((element) => (element.spread ? '...' : '') + of(element.value)).join(', ')}]`;
    case 'object':
      return `{${value.entries.map((entry) => (entry.spread ? '...' : `${entry.key}: `) + of(entry.value)).join(', ')}}`;
    case 'env':
      return `env(${value.name}${value.fallback === null ? '' : `, ${of(value.fallback)}`})`;
    case 'reference':
      return facts.locals[value.local]?.name ?? '?';
    case 'global':
      return `global ${value.name}`;
    case 'this':
      return value.static ? 'cls' : 'self';
    case 'super':
      return 'super';
    case 'member':
      return `${of(value.object)}.${value.name}`;
    case 'call':
      return `${of(value.callee)}(${value.args.map((arg) => `${arg.spread ? '...' : ''}${arg.name ? `${arg.name}=` : ''}${of(arg.value)}`).join(', ')})`;
    case 'await':
      return `await ${of(value.value)}`;
    case 'conditional':
      return `(${of(value.test)} ? ${of(value.then)} : ${of(value.else)})`;
    case 'logical':
      return `(${of(value.left)} ${value.operator} ${of(value.right)})`;
    case 'comparison':
      return `${value.operator}(${value.parts.map(of).join(', ')})`;
    case 'unknown':
      return `unknown ${value.what}(${value.parts.map(of).join(', ')})`;
    case 'assign':
      return `assign ${of(value.value)}`;
    default:
      return value.kind;
  }
}

/** Flows as `place <- value`. */
export function flows(facts: FileFacts): string[] {
  return facts.flows.map(({ place, value, part }) => {
    const arrives = part.kind === 'whole' ? '' : ` (${part.kind})`;
    const scope = 'scope' in place ? (facts.scopes[place.scope]?.name ?? 'module') : '';
    switch (place.kind) {
      case 'local':
        return `${facts.locals[place.local]?.name} <- ${show(facts, value)}${arrives}`;
      case 'field':
        return `${scope}.${place.static ? 'static ' : ''}${place.name} <- ${show(facts, value)}${arrives}`;
      case 'return':
        return `return ${scope} <- ${show(facts, value)}${arrives}`;
      case 'member':
        return `${show(facts, place.object)}.${place.name} <- ${show(facts, value)}${arrives}`;
      default:
        return place.kind;
    }
  });
}
