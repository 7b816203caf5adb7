/** Calls of the configuration's names where nothing binds them: what is left when an import was taken away and its uses were not. */

import type { UnboundCall } from '../model/unbound-call.js';
import { callsIn } from './calls-in.js';
import { bindingOf } from './container.js';
import { located } from './located.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';

/** Every such call, in the order of files and places. */
export function unboundCalls({ program, solver, reach }: Followed, names: ReadonlySet<string>): UnboundCall[] {
  if (names.size === 0) return [];
  const found = program.files.flatMap(({ index: file, facts }) =>
    callsIn(facts).flatMap(({ id: value, call }): UnboundCall[] => {
      const callee = facts.values[call.callee];
      if (callee?.kind !== 'global' || !names.has(callee.name)) return [];
      const { container, bound } = bindingOf(solver, reach, file, value, () => false);
      return [{ ...located(program, file, value, call), container, bound, name: callee.name }];
    }),
  );
  return found.sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}
