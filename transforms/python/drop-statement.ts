/** Takes a statement out, or refuses when something still needs what it binds. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement } from './find-node.js';
import { removalOf } from './lines.js';
import { holds, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/**
 * `gone` are the spans that the same change replaces or takes out: a use inside them is no use. A body that is left
 * empty is the matter of `keepBodies`, which sees all edits of the file.
 */
export function dropStatement(source: Source, span: Span, gone: readonly Span[]): Edit | Refusal {
  const node = findStatement(source, span);
  if (!node) return refuse('parser-disagreement', 'no statement with exactly this span', source, span.start);
  const used = neededElsewhere(source, node, gone);
  if (used !== null) {
    return refuse('statement-in-use', `\`${used}\` is bound here and used elsewhere`, source, node.start);
  }
  return { kind: 'replace', ...removalOf(source.text, node, source.comments, true), text: '' };
}

/** A name that the statement binds and that is read outside of what goes. */
function neededElsewhere({ bindings }: Source, node: Node, gone: readonly Span[]): string | null {
  const outside = (at: Node): boolean => !gone.some((span) => holds(span, at));
  for (const { name, scope, declarations, references } of bindings.all) {
    const binds = declarations.some((at) => holds(node, at)) && !(scope.parent && holds(node, scope.body));
    if (binds && (scope.kind !== 'function' || references.some(outside))) return name;
  }
  return null;
}
