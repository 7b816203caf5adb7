/** Takes single names out of an import statement and leaves the rest as it is written. */

import type { Edit } from '../../../src/model/change.js';
import { child, list, type Node } from '../node.js';
import type { Source } from '../source.js';
import { namedItems } from './add.js';
import { removeItems } from './items.js';
import type { ImportedName, ImportStatement } from './statements.js';

/** At least one name of the statement stays. */
export function dropNames(source: Source, statement: ImportStatement, names: readonly ImportedName[]): Edit[] {
  const gone = new Set(names.map((name) => name.node));
  const items = namedItems(statement);
  if (statement.form !== 'esm') return removeItems(source.text, items, gone);
  const first = list(statement.statement, 'specifiers').find((node) => node.type === 'ImportDefaultSpecifier');
  const edits: Edit[] = [];
  if (first && gone.has(first)) edits.push(dropDefault(source, statement.statement, first));
  const rest = list(statement.statement, 'specifiers').filter((node) => node !== first);
  if (rest.length > 0 && rest.every((node) => gone.has(node))) edits.push(dropRest(source, statement.statement, first));
  else edits.push(...removeItems(source.text, items, gone));
  return edits;
}

/** `Redis, ` of `import Redis, { Cluster } from`. */
function dropDefault(source: Source, statement: Node, first: Node): Edit {
  const comma = source.text.indexOf(',', first.end);
  const space = /^\s*/.exec(source.text.slice(comma + 1))?.[0].length ?? 0;
  if (comma === -1 || comma > statement.end) throw new Error('a default import beside others has a comma behind it');
  return { kind: 'replace', start: first.start, end: comma + 1 + space, text: '' };
}

/** `, { Cluster }` of `import Redis, { Cluster } from`. */
function dropRest(source: Source, statement: Node, first: Node | undefined): Edit {
  const module = child(statement, 'source');
  const from = source.text.lastIndexOf('from', module?.start ?? statement.end);
  if (!first) throw new Error('a statement that loses all its names is dropped whole');
  return { kind: 'replace', start: first.end, end: source.text.slice(0, from).trimEnd().length, text: '' };
}
