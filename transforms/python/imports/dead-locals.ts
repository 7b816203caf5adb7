/**
 * Variables of functions that served only what is gone (`url = os.getenv("REDIS_URL")`). Names of modules and classes
 * stay: other files can read them.
 */

import type { Edit } from '../../../src/model/change.js';
import { removalOf } from '../lines.js';
import { child, type Node } from '../node.js';
import { isPure } from '../pure.js';
import type { Source } from '../source.js';
import type { Liveness } from './liveness.js';

/** Edits that take such assignments out, to a fixpoint; `liveness` learns of each. */
export function deadLocals(source: Source, liveness: Liveness): Edit[] {
  const dead = new Set<Node>();
  for (let found = true; found; ) {
    found = false;
    for (const binding of source.bindings.all) {
      const [only, ...others] = binding.declarations;
      const statement = only && others.length === 0 ? assignmentOf(source, only) : null;
      if (binding.scope.kind !== 'function' || !statement || dead.has(statement)) continue;
      if (liveness.isGone(statement) || liveness.holdsEdit(statement) || !liveness.isDead(binding)) continue;
      dead.add(statement);
      liveness.remove(statement);
      found = true;
    }
  }
  return [...dead].map((node) => ({
    kind: 'replace',
    ...removalOf(source.text, node, source.comments, true),
    text: '',
  }));
}

/** `name = <expression that only gives a value>`, as a statement of its own. */
function assignmentOf({ text }: Source, name: Node): Node | null {
  const assignment = name.parent;
  const statement = assignment?.parent;
  if (assignment?.type !== 'assignment' || name.field !== 'left' || statement?.type !== 'expression_statement')
    return null;
  const value = child(assignment, 'right');
  return value !== null && isPure(value, text) ? statement : null;
}
