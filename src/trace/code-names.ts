/** How a value is written, as far as it is made of names: for messages to people. */

import type { ValueId } from '../model/facts.js';
import type { Program } from './program.js';

/** Longer ways through members and calls are cut in front. */
const MOST_STEPS = 4;

/** `app.locals.cache`, `this.store`, `make()`; null where it has no name. */
export function writtenName(program: Program, file: number, id: ValueId, steps = 0): string | null {
  const value = program.value(file, id);
  const inner = (next: ValueId) => (steps < MOST_STEPS ? writtenName(program, file, next, steps + 1) : '…');
  switch (value.kind) {
    case 'reference':
      return program.file(file).facts.locals[value.local]?.name ?? null;
    case 'global':
      return value.name;
    case 'this':
    case 'super':
      return value.kind;
    case 'member':
      return `${inner(value.object) ?? '…'}${value.name === null ? '[…]' : `.${value.name}`}`;
    case 'call':
      return `${value.new ? 'new ' : ''}${inner(value.callee) ?? '…'}()`;
    case 'await':
      return inner(value.value);
    default:
      return null;
  }
}
