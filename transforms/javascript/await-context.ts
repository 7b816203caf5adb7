/** May `await` stand at a place? */

import { around, nodeOf, type Path } from './find-node.js';
import { moduleKind } from './imports/module-kind.js';
import { isFunction, list, type Node } from './node.js';
import type { Source } from './source.js';

const FIELDS = new Set(['ClassProperty', 'ClassPrivateProperty', 'ClassAccessorProperty']);

/** Null when it may; else why not, as the end of a sentence. */
export function whyNoAwait(source: Source, path: Path): string | null {
  let from = nodeOf(path);
  for (const node of around(path)) {
    if (isFunction(node) && !isKeyOrDecorator(node, from)) return inFunction(node, from);
    if (FIELDS.has(node.type) && node.value === from) return 'a class field cannot wait';
    if (node.type === 'StaticBlock') return 'a static block cannot wait';
    if (node.type === 'TSModuleBlock') return 'a namespace cannot wait';
    from = node;
  }
  return moduleKind(source) === 'esm' && !/\.c[jt]s$/.test(source.file)
    ? null
    : 'a CommonJS module cannot wait at its top level';
}

function inFunction(node: Node, from: Node): string | null {
  if (list(node, 'params').includes(from)) return 'the default of a parameter cannot wait';
  if (node.kind === 'constructor') return 'a constructor cannot wait';
  return node.async === true ? null : 'the function around it is not async';
}

function isKeyOrDecorator(node: Node, from: Node): boolean {
  return node.key === from || list(node, 'decorators').includes(from);
}
