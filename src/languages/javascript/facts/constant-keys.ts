/** Keys that a constant of the module says: `const KEY = Symbol.for('app.redis'); globalThis[KEY]`. */

import type { ts as t } from 'ts-morph';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { literalKey, unwrap } from './names.js';
import { resolve } from './symbols.js';

/** Name of the member that a computed key stands for; null when only a run can tell. */
export function constantKey(b: Builder, key: t.Expression): string | null {
  const inner = unwrap(key);
  if (!ts.isIdentifier(inner)) return keyText(b, inner);
  const id = resolve(b, inner);
  const local = id === null ? undefined : b.locals[id];
  if (local?.kind !== 'const' || local.import !== null) return null;
  const declared = b.source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => b.span(name).start === local.span.start);
  return declared?.initializer ? keyText(b, unwrap(declared.initializer)) : null;
}

/** `'app.redis'`, `Symbol.for('app.redis')`: the registry gives the same symbol for the same text everywhere. */
function keyText(b: Builder, node: t.Expression): string | null {
  if (!ts.isCallExpression(node)) return literalKey(node);
  const callee = unwrap(node.expression);
  const [text] = node.arguments;
  if (!text || !ts.isPropertyAccessExpression(callee) || callee.name.text !== 'for') return null;
  const object = unwrap(callee.expression);
  if (!ts.isIdentifier(object) || object.text !== 'Symbol' || resolve(b, object) !== null) return null;
  const key = literalKey(unwrap(text));
  return key === null ? null : `Symbol.for(${key})`;
}
