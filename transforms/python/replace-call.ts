/** Replaces one call by a call of the accessor. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { findCall } from './find-node.js';
import { type Node, walk } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/** What would be lost with an argument: names that are bound, and what only runs because it stands there. */
const EFFECTS = new Set(['named_expression', 'yield', 'await']);
/** Field in which `await x` needs parentheses, by the kind of node around it. */
const TIGHT: Readonly<Record<string, string>> = { attribute: 'object', call: 'function', subscript: 'value' };

/** The edit, or why there is none: no such node, `await` where none may stand, an argument that does more than give a value. */
export function replaceCall(source: Source, span: Span, use: AccessorUse): Edit | Refusal {
  const found = findCall(source, span);
  if (!found) return refuse('parser-disagreement', 'no call with exactly this span', source, span.start);
  const effect = effectIn(found);
  if (effect) {
    return refuse(
      'statement-in-use',
      'an argument binds, waits or yields, and that would be lost',
      source,
      effect.start,
    );
  }
  const call = accessorCall(source, nameAt(source, use, span.start), use);
  const waits = found.parent?.type === 'await';
  if (!use.awaited) return edit(waits && found.parent ? found.parent : found, call);
  if (waits) return edit(found, call);
  const why = whyNoAwait(source, found);
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  const tight = found.parent && TIGHT[found.parent.type] === found.field;
  return edit(found, tight ? `(await ${call})` : `await ${call}`);
}

function edit({ start, end }: Node, text: string): Edit {
  return { kind: 'replace', start, end, text };
}

/** What a call of its arguments does that would be lost without it. */
export function effectIn(call: Node): Node | null {
  const own = call.children.find(({ field }) => field === 'arguments');
  for (const node of own ? walk(own) : []) if (EFFECTS.has(node.type)) return node;
  return null;
}
