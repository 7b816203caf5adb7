/** Takes a statement out, or refuses when something still needs what it declares. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { around, findStatement, isListed, nodeOf, type Path } from './find-node.js';
import { removalOf } from './lines.js';
import { child, list, type Node } from './node.js';
import { isPure } from './pure.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/** `gone` are the spans that the same change replaces or takes out: a use inside them is no use. */
export function dropStatement(source: Source, span: Span, gone: readonly Span[]): Edit | Refusal {
  const path = findStatement(source, span);
  if (!path) return refuse('parser-disagreement', 'no statement with exactly this span', source, span.start);
  const node = nodeOf(path);
  const used = neededElsewhere(source, node, gone);
  if (used !== null)
    return refuse('statement-in-use', `\`${used}\` is declared here and used elsewhere`, source, node.start);
  const target = removable(path);
  if (target === null) return { kind: 'replace', start: node.start, end: node.end, text: '{}' };
  return { kind: 'replace', ...removalOf(source.text, target, source.comments, 'attached'), text: '' };
}

/** A name that the statement declares (or exports) and that is read outside of what goes. */
function neededElsewhere(source: Source, node: Node, gone: readonly Span[]): string | null {
  if (node.type.startsWith('Export')) return 'export';
  const outside = (at: Node): boolean => !gone.some((span) => span.start <= at.start && at.end <= span.end);
  for (const binding of source.bindings.all) {
    const declared = binding.declarations.some((at) => node.start <= at.start && at.end <= node.end);
    const inner = binding.scope.start >= node.start && binding.scope.end <= node.end;
    if (declared && !inner && (binding.exported || binding.references.some(outside))) return binding.name;
  }
  return null;
}

/**
 * What can be cut: the statement in a list of statements, or the `if` around it when nothing is left of it and its
 * condition only looks. Null when the place needs a statement: `else close();` keeps an empty block.
 */
function removable(path: Path): Node | null {
  const parents = around(path);
  const [parent, above] = parents;
  if (!isListed(path))
    return parent?.type === 'IfStatement' && emptied(parent) && parents[1] && isBlockLike(parents[1]) ? parent : null;
  const alone = parent?.type === 'BlockStatement' && list(parent, 'body').length === 1;
  const grand = parents[2];
  if (alone && above?.type === 'IfStatement' && emptied(above) && grand && isBlockLike(grand)) return above;
  return nodeOf(path);
}

function emptied(node: Node): boolean {
  const test = child(node, 'test');
  return child(node, 'alternate') === null && test !== null && isPure(test);
}

function isBlockLike(node: Node): boolean {
  return ['Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock'].includes(node.type);
}
