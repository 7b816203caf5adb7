/** Expressions that only give a value: leaving them out changes nothing else. */

import { child, type Node, parts } from './node.js';

/** Functions that only convert or look at what they are given, and reads of the environment. */
const HARMLESS = /^(?:int|str|bool|float|len|isinstance|hasattr|os\.getenv|os\.environ\.get|environ\.get|getenv)$/;
const LEAVES = /^(?:identifier|integer|float|true|false|none|string_(?:start|content|end)|escape_sequence|ellipsis)$/;
const COMPOUND =
  /^(?:string|concatenated_string|interpolation|parenthesized_expression|boolean_operator|not_operator|comparison_operator|binary_operator|unary_operator|conditional_expression|tuple|list|dictionary|pair|set|attribute|subscript|argument_list|keyword_argument|type|format_specifier|type_conversion)$/;

/** Literals, names, members, operators on those, and calls of a few functions such as `os.getenv` and `int`. */
export function isPure(node: Node, text: string): boolean {
  if (LEAVES.test(node.type)) return true;
  if (node.type === 'call') {
    const callee = child(node, 'function');
    const list = child(node, 'arguments');
    const named = callee !== null && HARMLESS.test(text.slice(callee.start, callee.end));
    return named && list !== null && isPure(list, text);
  }
  return COMPOUND.test(node.type) && parts(node).every((one) => isPure(one, text));
}
