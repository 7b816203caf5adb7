/** Does a file import with `import` or with `require`? */

import { child, list, nameOf, walk } from '../node.js';
import type { Source } from '../source.js';

const ESM = /^(Import|Export)(Default|Named|All)?Declaration$/;
const known = new WeakMap<Source, 'esm' | 'commonjs'>();

/** The file's own evidence: its extension, its statements, then `require` and `module.exports`. */
export function moduleKind(source: Source): 'esm' | 'commonjs' {
  let kind = known.get(source);
  if (!kind) {
    kind = decide(source);
    known.set(source, kind);
  }
  return kind;
}

function decide(source: Source): 'esm' | 'commonjs' {
  if (source.file.endsWith('.cjs')) return 'commonjs';
  if (/\.m[jt]s$/.test(source.file)) return 'esm';
  const statements = list(source.program, 'body');
  const esm = statements.some((node) => ESM.test(node.type) || /^TS(ImportEquals|ExportAssignment)/.test(node.type));
  if (esm || source.program.sourceType === 'module') return 'esm';
  let commonjs = false;
  walk(source.program, (node) => {
    const callee = node.type === 'CallExpression' ? child(node, 'callee') : null;
    if (callee?.type === 'Identifier' && nameOf(callee) === 'require') commonjs = true;
    const object = node.type === 'MemberExpression' ? child(node, 'object') : null;
    if (object?.type === 'Identifier' && /^(module|exports)$/.test(nameOf(object) ?? '')) commonjs = true;
    return !commonjs;
  });
  return commonjs || source.file.endsWith('.cts') ? 'commonjs' : 'esm';
}
