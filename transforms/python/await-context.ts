/** May `await` stand at a place? */

import { around, isFunction, type Node } from './node.js';
import type { Source } from './source.js';

/** Null when it may; else why not, as the end of a sentence. */
export function whyNoAwait(source: Source, node: Node): string | null {
  let from = node;
  for (const above of around(node)) {
    // Defaults, decorators, annotations and bases are evaluated outside of what they belong to.
    const within = from.field === 'body';
    if (/_comprehension$/.test(above.type)) return 'a comprehension would become an asynchronous one';
    if (above.type === 'generator_expression') return 'a generator expression would become an asynchronous one';
    if (above.type === 'lambda' && within) return 'a lambda cannot wait';
    if (above.type === 'class_definition' && within) return 'the body of a class cannot wait';
    if (isFunction(above) && within) return isAsync(source, above) ? null : whySync(source, above);
    from = above;
  }
  return 'a module cannot wait at its top level';
}

function isAsync({ text }: Source, fn: Node): boolean {
  return fn.children.some((one) => !one.named && text.slice(one.start, one.end) === 'async');
}

function whySync({ text }: Source, fn: Node): string {
  const name = fn.children.find(({ field }) => field === 'name');
  const written = name ? text.slice(name.start, name.end) : '';
  return written === '__init__' ? '`__init__` cannot wait' : 'the function around it is not async';
}
