/** `export { a as b } from './old'`: who imports `b` goes on doing so. */

import type { Edit, Instruction, MovedImport } from '../../src/model/change.js';
import { removeItems } from './imports/items.js';
import { child, list, type Node, nameOf } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { braced, quoted, styleOf } from './style.js';

type Order = Extract<Instruction, { kind: 'move-imports' }>;

export function moveExports(source: Source, { span, names }: Order): (Edit | Refusal)[] {
  const { text, program } = source;
  const statement = list(program, 'body').find(({ start, end }) => start === span.start && end === span.end);
  const module = statement && child(statement, 'source');
  const items = statement ? list(statement, 'specifiers') : [];
  const moved = names.map((name) => ({ name, node: items.find((item) => exportsIt(item, name)) }));
  if (!statement || !module || moved.some(({ node }) => !node)) {
    return [refuse('parser-disagreement', 'no re-export of these names with exactly this span', source, span.start)];
  }
  const style = styleOf(source);
  const gone = new Set(moved.flatMap(({ node }) => node ?? []));
  const specifiers = [...new Set(names.map(({ to }) => to.specifier))];
  const [only] = specifiers;
  if (gone.size === items.length && specifiers.length === 1 && only !== undefined) {
    return [
      replace(module, quoted(only, style)),
      ...moved.flatMap(({ name, node }) => {
        const item = itemOf(name);
        return node && text.slice(node.start, node.end) !== item ? [replace(node, item)] : [];
      }),
    ];
  }
  const lines = specifiers.map((specifier) => {
    const own = names.filter(({ to }) => to.specifier === specifier).map(itemOf);
    return `export ${braced(own.join(', '), style)} from ${quoted(specifier, style)}${style.semicolon ? ';' : ''}`;
  });
  if (gone.size === items.length) return [replace(statement, lines.join(style.eol))];
  return [...lines.map((line) => putBehind(source, span, line)), ...removeItems(text, items, gone)];
}

function exportsIt(item: Node, { imported, exported }: MovedImport): boolean {
  return nameOf(child(item, 'local')) === imported && nameOf(child(item, 'exported')) === exported;
}

function itemOf({ to, exported = to.name }: MovedImport): string {
  const name = to.form === 'default' ? 'default' : to.name;
  return name === exported ? name : `${name} as ${exported}`;
}

function replace({ start, end }: Node, text: string): Edit {
  return { kind: 'replace', start, end, text };
}
