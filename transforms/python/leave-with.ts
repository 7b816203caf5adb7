/** `with redis.Redis() as r:` without the `with`: `r = redis.Redis()`, and the body one step to the left. And calls that enter. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement } from './find-node.js';
import { indentAt, lineStart, nextLine } from './lines.js';
import { child, type Node, parts, walk } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** Edits of the head and of the lines of the body; lines inside of strings stay as they are. */
export function leaveWith(source: Source, span: Span, of?: Span): (Edit | Refusal)[] {
  const node = findStatement(source, span);
  const body = node ? child(node, 'body') : null;
  const item = node?.type === 'with_statement' ? itemOf(node, of) : null;
  const [first] = body ? parts(body) : [];
  if (!node || !body || !item || !first) {
    return [refuse('parser-disagreement', 'no `with` of one item with exactly this span', source, span.start)];
  }
  const { text } = source;
  const outer = indentAt(text, node.start);
  const sameLine = lineStart(text, first.start) < item.value.end;
  const inner = sameLine ? outer : indentAt(text, first.start);
  if (!inner.startsWith(outer)) {
    return [refuse('no-transform', 'its body is indented with other characters than the `with`', source, node.start)];
  }
  const colon = node.children.find(({ type }) => type === ':');
  const headEnd = colon?.end ?? item.value.end;
  return [
    ...head(source, { node, item, headEnd, first, sameLine, outer }),
    ...(sameLine ? [] : dedents(source, { start: headEnd, end: body.end }, outer, inner)),
  ];
}

interface Item {
  value: Node;
  /** What it is bound to; null: nothing. */
  name: Node | null;
}

/** `stack.enter_context(client)` without the stack: `client`. */
export function leaveCall(source: Source, span: Span, of: Span): (Edit | Refusal)[] {
  if (of.start < span.start || of.end > span.end)
    return [refuse('parser-disagreement', 'what a call is given stands outside of it', source, span.start)];
  return [
    { kind: 'replace', start: span.start, end: of.start, text: '' },
    { kind: 'replace', start: of.end, end: span.end, text: '' },
  ];
}

/** The only item of a `with`, bound to a plain name or to nothing; its value is the node of the span `of`, if there is one. */
function itemOf(node: Node, of?: Span): Item | null {
  const item = onlyItem(node);
  if (item === null || of === undefined) return item;
  const value = [...walk(item.value)].find(({ start, end }) => start === of.start && end === of.end);
  return value ? { ...item, value: bare(value) } : null;
}

function onlyItem(node: Node): Item | null {
  const clause = node.children.find(({ type }) => type === 'with_clause');
  const [item, ...more] = clause ? parts(clause) : [];
  const given = item ? (child(item, 'value') ?? parts(item)[0]) : undefined;
  if (!given || more.length > 0) return null;
  if (given.type === 'tuple') {
    // `with (client as c):` is read as a tuple of one.
    const [only, ...others] = parts(given);
    return only && others.length === 0 ? boundItem(only) : null;
  }
  return boundItem(bare(given));
}

/** What stands in parentheses. */
function bare(node: Node): Node {
  const [only] = node.type === 'parenthesized_expression' ? parts(node) : [];
  return only ? bare(only) : node;
}

function boundItem(given: Node): Item | null {
  if (given.type !== 'as_pattern') return { value: bare(given), name: null };
  const [value, target] = [parts(given)[0], parts(given)[1]];
  const name = target?.type === 'as_pattern_target' ? parts(target)[0] : target;
  return value && name?.type === 'identifier' ? { value: bare(value), name } : null;
}

interface Head {
  node: Node;
  item: Item;
  headEnd: number;
  first: Node;
  sameLine: boolean;
  outer: string;
}

function head(source: Source, { node, item, headEnd, first, sameLine, outer }: Head): Edit[] {
  const { text } = source;
  const name = item.name && text.slice(item.name.start, item.name.end);
  const isName = item.value.type === 'identifier';
  if (isName && (name === null || name === text.slice(item.value.start, item.value.end))) {
    // Nothing is left of `with client:` but a comment behind it.
    const comment = source.comments.find(({ start }) => start >= headEnd && start < first.start);
    const end = comment ? comment.start : first.start;
    return [{ kind: 'replace', start: node.start, end, text: '' }];
  }
  const begin: Edit = {
    kind: 'replace',
    start: node.start,
    end: item.value.start,
    text: name === null ? '' : `${name} = `,
  };
  const rest = sameLine
    ? { start: item.value.end, end: first.start, text: `${styleOf(source).eol}${outer}` }
    : { start: item.value.end, end: headEnd, text: '' };
  return [begin, { kind: 'replace', ...rest }];
}

/** Takes the step of the body out of its lines, and out of comments below that stand as deep. */
function dedents({ text, module }: Source, span: Span, outer: string, inner: string): Edit[] {
  const strings = [...walk(module)].filter(
    ({ type, start, end }) => type === 'string' && end > span.start && start < span.end,
  );
  const edits: Edit[] = [];
  for (let at = nextLine(text, span.start); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at));
    if (at >= span.end && !/^[ \t]*(?:#.*)?\r?\n?$/.test(line)) break;
    const inString = strings.some(({ start, end }) => start < at && at < end);
    if (inString || !line.startsWith(inner) || line.trim() === '') continue;
    edits.push({ kind: 'replace', start: at + outer.length, end: at + inner.length, text: '' });
  }
  return edits;
}
