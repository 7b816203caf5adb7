/** Names that a star import may bind: a name that nothing else binds is a member of one of the modules. */

import type { Span, ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { isBuiltin } from './builtin-names.js';

/** A read of such a name; null where no star import stands before it, or the name is one of the language. */
export function starName(builder: Builder, name: string, span: Span, context: Context): ValueId | null {
  if (builder.stars.length === 0 || isBuiltin(name)) return null;
  const members = builder.stars.map((star) => {
    const object = builder.value({ kind: 'module', import: star }, span, context);
    return builder.value({ kind: 'member', object, name, key: null, optional: false, write: false }, span, context);
  });
  // Which of them has the name is not known here.
  return members.reduce((before, member) => {
    const test = builder.value({ kind: 'unknown', what: 'star import', parts: [] }, span, context);
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the IR, and no promise is near.
    return builder.value({ kind: 'conditional', test, then: before, else: member }, span, context);
  });
}
