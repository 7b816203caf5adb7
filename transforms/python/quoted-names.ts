/** Names that stand inside of strings and comments and mean code: annotations that are evaluated later. */

import { around, child, type Node, parts } from './node.js';

/** Generic types whose arguments may be quoted outside of annotations: `Client = Optional["Redis"]`. */
const GENERIC =
  /(?:^|\.)(?:Optional|Union|List|Dict|Set|FrozenSet|Tuple|Type|Callable|Awaitable|Coroutine|Annotated|ClassVar|Final|(?:Async)?(?:Iterator|Iterable|Generator)|Mapping|Sequence|list|dict|set|frozenset|tuple|type)$/;
/** Functions that take a type as text. */
const TAKES_TYPE = /(?:^|\.)(?:cast|TypeVar|NewType|ForwardRef)$/;

/** Names in a string or comment that is a type; none for every other one. */
export function namesInText(node: Node, text: string): string[] {
  const own = text.slice(node.start, node.end);
  if (node.type === 'comment') {
    const type = /^#\s*type:\s*(?!ignore\b)(.*)$/.exec(own)?.[1];
    return type === undefined ? [] : words(type.replace(/#.*$/, ''));
  }
  return isType(node, text) ? words(own) : [];
}

function words(type: string): string[] {
  return [...type.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name);
}

function isType(string: Node, text: string): boolean {
  let from = string;
  for (const node of around(string)) {
    if (node.type === 'type') return true;
    if (node.type === 'subscript' && from.field === 'subscript')
      return GENERIC.test(textOf(child(node, 'value'), text));
    if (node.type === 'call')
      return TAKES_TYPE.test(textOf(child(node, 'function'), text)) && isTypeArgument(from, string);
    if (/_(statement|definition)$/.test(node.type)) return false;
    from = node;
  }
  return false;
}

/** The first argument of `cast`, and `bound` of `TypeVar`: the list of arguments holds it directly. */
function isTypeArgument(list: Node, string: Node): boolean {
  return parts(list).some((one) => one === string || child(one, 'value') === string);
}

function textOf(node: Node | null, text: string): string {
  return node ? text.slice(node.start, node.end) : '';
}
