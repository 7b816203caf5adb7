/** Replaces what reads a client by a call of the accessor: `client`, `cache.client`, `self.client`, `get_client()`. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { findReading } from './find-node.js';
import { around, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { effectIn } from './replace-call.js';
import type { Source } from './source.js';

/** Fields in which a name is bound, by the kind of node around it. */
const WRITES: Readonly<Record<string, string>> = {
  assignment: 'left',
  augmented_assignment: 'left',
  for_statement: 'left',
  named_expression: 'name',
};
const TARGETS = /^(?:pattern_list|tuple_pattern|list_pattern|delete_statement|as_pattern_target)$/;
/** Field in which `await x` needs parentheses, by the kind of node around it. */
const TIGHT: Readonly<Record<string, string>> = { attribute: 'object', call: 'function', subscript: 'value' };

/** The edit, or why there is none: nothing reads there, it is bound or deleted, it stands in an f-string, `await` may not stand there. */
export function replaceReference(source: Source, span: Span, use: AccessorUse): Edit | Refusal {
  const node = findReading(source, span);
  if (!node?.parent) {
    return refuse('parser-disagreement', 'nothing with exactly this span reads a client', source, span.start);
  }
  if (WRITES[node.parent.type] === node.field || TARGETS.test(node.parent.type)) {
    return refuse('statement-in-use', 'what held the client is written to here', source, span.start);
  }
  const effect = node.type === 'call' ? effectIn(node) : null;
  if (effect)
    return refuse('statement-in-use', 'an argument binds or waits, and that would be lost', source, effect.start);
  if (around(node).some(({ type }) => type === 'interpolation')) {
    // Before 3.12 the quotes of the arguments would end the text.
    return refuse('statement-in-use', 'it is read inside of an f-string', source, span.start);
  }
  const call = accessorCall(source, nameAt(source, use, span.start), use);
  const wrapped = node.type === 'await' && node.parent.type === 'parenthesized_expression';
  if (!use.awaited) return edit(wrapped ? node.parent : node, call);
  const why = whyNoAwait(source, node);
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  return edit(node, TIGHT[node.parent.type] === node.field ? `(await ${call})` : `await ${call}`);
}

function edit({ start, end }: Node, text: string): Edit {
  return { kind: 'replace', start, end, text };
}
