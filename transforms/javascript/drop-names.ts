/** Takes the names of clients out: what declares them, and what gives them to other files. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import type { Binding } from './bindings.js';
import { findStatement, nodeOf } from './find-node.js';
import { removeItems } from './imports/items.js';
import { importStatements } from './imports/statements.js';
import { removalOf } from './lines.js';
import { list, type Node, walk } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { effectIn, foundCall } from './replace-call.js';
import type { Source } from './source.js';

/** Members of classes that can hold a client, and methods that open it when they are asked. */
const MEMBERS = new Set([
  'ClassProperty',
  'ClassPrivateProperty',
  'ClassAccessorProperty',
  'ClassMethod',
  'ClassPrivateMethod',
]);
/** Lists of which an item can be taken: their field. */
const LISTS: Readonly<Record<string, string>> = {
  ExportNamedDeclaration: 'specifiers',
  ObjectExpression: 'properties',
};

/**
 * `const redis = new Redis(…)`, `private redis: Redis`, `if (!client) { client = new Redis(…) }`. `gone` are the spans that
 * the same change replaces or takes out: a use outside of them refuses.
 */
export function dropHolder(source: Source, span: Span, opening: Span | null, gone: readonly Span[]): Edit | Refusal {
  const path = findStatement(source, span);
  const node = path ? nodeOf(path) : find(source, span, (one) => MEMBERS.has(one.type));
  if (!node) return refuse('parser-disagreement', 'nothing that holds a client has this span', source, span.start);
  const call = opening ? foundCall(source, opening) : null;
  if (opening && !call) return refuse('parser-disagreement', 'no call with exactly this span', source, opening.start);
  const effect = call ? effectIn(call.node) : null;
  if (effect) {
    return refuse('statement-in-use', 'an argument assigns or yields, and that would be lost', source, effect.start);
  }
  const used = source.bindings.all.find((binding) => declaredIn(binding, node) && isUsed(binding, gone));
  if (used) return inUse(source, used, gone, node);
  return { kind: 'replace', ...removalOf(source.text, node, source.comments, 'attached'), text: '' };
}

function declaredIn({ declarations, scope }: Binding, node: Node): boolean {
  const inner = scope.start >= node.start && scope.end <= node.end;
  return !inner && declarations.some((at) => node.start <= at.start && at.end <= node.end);
}

function isUsed({ references }: Binding, gone: readonly Span[]): boolean {
  return references.some((at) => !isIn(at, gone));
}

function isIn(at: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= at.start && at.end <= span.end);
}

function inUse(source: Source, { name, references }: Binding, gone: readonly Span[], node: Node): Refusal {
  const at = references.find((one) => !isIn(one, gone)) ?? node;
  return refuse('statement-in-use', `\`${name}\` goes, and is still used here`, source, at.start);
}

/** Nothing but what goes uses the name that an import binds at `span`; the owner of the imports takes it out. */
export function checkImport(source: Source, span: Span, gone: readonly Span[]): Refusal[] {
  const certain = importStatements(source).filter(({ guarded, typeOnly }) => !guarded && !typeOnly);
  const found = certain
    .flatMap(({ names }) => names)
    .find(({ node }) => node.start <= span.start && span.end <= node.end);
  if (!found) return [refuse('parser-disagreement', 'no import binds a name here', source, span.start)];
  return isUsed(found.binding, gone) ? [inUse(source, found.binding, gone, found.node)] : [];
}

/** Specifiers of `export { … }`, properties of `module.exports = { … }`, and whole statements such as `export default x`. */
export function dropExports(source: Source, spans: readonly Span[]): (Edit | Refusal)[] {
  const lists = new Map<Node, Set<Node>>();
  const answers: (Edit | Refusal)[] = [];
  for (const span of spans) {
    const statement = findStatement(source, span);
    const owner = statement ? null : ownerOf(source, span);
    if (statement) answers.push(whole(source, nodeOf(statement)));
    else if (owner) lists.set(owner.list, (lists.get(owner.list) ?? new Set()).add(owner.item));
    else answers.push(refuse('parser-disagreement', 'no export with exactly this span', source, span.start));
  }
  for (const [owner, gone] of lists) {
    const items = list(owner, LISTS[owner.type] ?? '');
    if (gone.size < items.length) answers.push(...removeItems(source.text, items, gone));
    else if (owner.type === 'ExportNamedDeclaration') answers.push(whole(source, owner));
    else answers.push({ kind: 'replace', start: owner.start, end: owner.end, text: '{}' });
  }
  return answers;
}

function whole(source: Source, node: Node): Edit {
  return { kind: 'replace', ...removalOf(source.text, node, source.comments, 'attached'), text: '' };
}

/** The list that holds the item with this span, or the item whose exported name has it. */
function ownerOf(source: Source, span: Span): { list: Node; item: Node } | null {
  for (const node of nodesOf(source)) {
    const field = LISTS[node.type];
    const item =
      field === undefined
        ? undefined
        : list(node, field).find((one) => one.start === span.start && one.end === span.end);
    if (item) return { list: node, item };
  }
  return null;
}

function find(source: Source, { start, end }: Span, wanted: (node: Node) => boolean): Node | null {
  return nodesOf(source).find((node) => node.start === start && node.end === end && wanted(node)) ?? null;
}

function nodesOf(source: Source): Node[] {
  const found: Node[] = [];
  walk(source.program, (node) => {
    found.push(node);
    return true;
  });
  return found;
}
