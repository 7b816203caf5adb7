/** Takes the names of clients out: what binds them, and what imports them. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import type { Binding } from './bindings.js';
import { findCall, findStatement } from './find-node.js';
import { importStatements } from './imports/statements.js';
import { removalOf } from './lines.js';
import { holds, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { effectIn } from './replace-call.js';
import type { Source } from './source.js';

/**
 * `client = redis.Redis(…)`, `global client`, `if client is None: client = redis.Redis(…)`. `gone` are the spans that the
 * same change replaces or takes out: a use outside of them, or another place that binds the name, refuses.
 */
export function dropHolder(source: Source, span: Span, opening: Span | null, gone: readonly Span[]): Edit | Refusal {
  const node = findStatement(source, span);
  if (!node) return refuse('parser-disagreement', 'nothing that holds a client has this span', source, span.start);
  const call = opening ? findCall(source, opening) : null;
  if (opening && !call) return refuse('parser-disagreement', 'no call with exactly this span', source, opening.start);
  const effect = call ? effectIn(call) : null;
  if (effect)
    return refuse('statement-in-use', 'an argument binds or waits, and that would be lost', source, effect.start);
  for (const binding of source.bindings.all) {
    const inner = binding.scope.parent !== null && holds(node, binding.scope.body);
    if (inner || !binding.declarations.some((at) => holds(node, at))) continue;
    const used = usedAt(binding, gone);
    if (used) return refuse('statement-in-use', `\`${binding.name}\` goes, and is still used here`, source, used.start);
  }
  return { kind: 'replace', ...removalOf(source.text, node, source.comments, true), text: '' };
}

/** A read of the name, or another place that binds it, outside of what goes. */
function usedAt({ references, declarations }: Binding, gone: readonly Span[]): Node | null {
  return [...references, ...declarations].find((at) => !gone.some((span) => holds(span, at))) ?? null;
}

/** Nothing but what goes uses the name that an import binds at `span`; the owner of the imports takes it out. */
export function checkImport(source: Source, span: Span, gone: readonly Span[]): Refusal[] {
  const certain = importStatements(source).filter(({ guarded, typeOnly }) => !guarded && !typeOnly);
  const found = certain.flatMap(({ names }) => names).find(({ node }) => holds(node, span));
  if (!found?.binding.imported)
    return [refuse('parser-disagreement', 'no import binds a name here', source, span.start)];
  const used = found.binding.references.find((at) => !gone.some((one) => holds(one, at)));
  if (!used) return [];
  return [refuse('statement-in-use', `\`${found.local}\` goes, and is still used here`, source, used.start)];
}
