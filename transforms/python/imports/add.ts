/** Writes the imports of accessors: into a statement that is there, in place of a dead one, or as a new line. */

import type { Edit } from '../../../src/model/change.js';
import { lineStart, nextLine } from '../lines.js';
import { isStatement, type Node } from '../node.js';
import type { Source } from '../source.js';
import { styleOf } from '../style.js';
import { blocksOf, groupOf, hostFor, mixesGroups, placeInRow } from './groups.js';
import { headerEnd } from './header.js';
import { type ImportStatement, importStatements } from './statements.js';

/** A name that new text calls and that nothing binds yet. */
export interface Wanted {
  specifier: string;
  name: string;
  local: string;
}

export interface Added {
  edits: Edit[];
  /** The dead statement whose place the new one took. */
  replaced: ImportStatement | null;
}

const ORDER = ['standard', 'installed', 'project', 'relative'] as const;

/**
 * Imports of one module. `dying` are statements that lose all their names. What is imported must stand above the first of
 * the `changes`.
 */
export function addImport(
  source: Source,
  wanted: readonly Wanted[],
  dying: ReadonlySet<ImportStatement>,
  changes: readonly Edit[],
): Added {
  const before = Math.min(...changes.map(({ start }) => start));
  const specifier = wanted[0]?.specifier ?? '';
  const all = importStatements(source).filter(
    (one) => one.node.parent === source.module && !one.guarded && one.node.end <= before,
  );
  const staying = all.filter((one) => !dying.has(one));
  const host = hostFor(source, staying, specifier);
  if (host) return { edits: [addTo(source, host, wanted.map(item))], replaced: null };
  const statement = importText(wanted);
  const replaced = placeOf(source, all, dying, { specifier, changes });
  if (replaced) {
    const { start, end } = replaced.node;
    return { edits: [{ kind: 'replace', start, end, text: statement }], replaced };
  }
  return { edits: [insert(source, staying, specifier, statement)], replaced: null };
}

/** One statement for names of one module. */
export function importText(wanted: readonly Wanted[]): string {
  return `from ${wanted[0]?.specifier ?? ''} import ${wanted.map(item).join(', ')}`;
}

function item({ name, local }: Wanted): string {
  return name === local ? name : `${name} as ${local}`;
}

/** Puts names behind the last one: on lines of their own where each has one. */
export function addTo({ text, ...rest }: Source, { items }: ImportStatement, names: readonly string[]): Edit {
  const last = items.at(-1) as Node;
  const { eol } = styleOf({ text, ...rest });
  const indent = text.slice(lineStart(text, last.start), last.start);
  const comma = /^[ \t]*,/.exec(text.slice(last.end))?.[0].length ?? 0;
  const at = last.end + comma;
  if (!/^[ \t]+$/.test(indent)) {
    return { kind: 'replace', start: last.end, end: last.end, text: `, ${names.join(', ')}` };
  }
  const lines = names.map((name) => `${eol}${indent}${name}`).join(',');
  return { kind: 'replace', start: at, end: at, text: comma > 0 ? `${lines},` : `,${lines}` };
}

/** A dead statement that stands in the right group, or alone between blank lines where no group of the kind is. */
function placeOf(
  source: Source,
  all: readonly ImportStatement[],
  dying: ReadonlySet<ImportStatement>,
  { specifier, changes }: { specifier: string; changes: readonly Edit[] },
): ImportStatement | null {
  const blocks = blocksOf(source, all);
  const group = groupOf(specifier, specifier);
  const places = [...dying].filter((one) => all.includes(one) && isAloneOnLine(source, one.node));
  // The one that gave what the new call replaces comes first.
  const own = [...places.filter((one) => opens(one, changes)), ...places];
  const same = own.find((one) => groupOf(one.specifier, specifier) === group);
  if (same) return same;
  const hasGroup = all.some((one) => !dying.has(one) && groupOf(one.specifier, specifier) === group);
  if (hasGroup) return null;
  const mixed = mixesGroups(blocks, specifier);
  return (
    own.find((one) =>
      blocks.some((block) =>
        mixed ? block.at(-1) === one : block.includes(one) && block.every((all) => dying.has(all)),
      ),
    ) ?? null
  );
}

/** A name of the statement begins what an edit replaces. */
function opens({ names }: ImportStatement, changes: readonly Edit[]): boolean {
  return names.some(({ binding }) => binding.references.some((at) => changes.some(({ start }) => start === at.start)));
}

function isAloneOnLine({ text }: Source, node: Node): boolean {
  const before = text.slice(lineStart(text, node.start), node.start).replace('\uFEFF', '');
  return isStatement(node) && before === '' && /^[ \t]*\r?\n?$/.test(text.slice(node.end, nextLine(text, node.end)));
}

/** A new line behind the imports of its group, as a new group where the file divides them, or at the head of the file. */
function insert(source: Source, staying: readonly ImportStatement[], specifier: string, statement: string): Edit {
  const { text } = source;
  const { eol } = styleOf(source);
  const group = groupOf(specifier, specifier);
  const own = staying.filter((one) => groupOf(one.specifier, specifier) === group);
  const row = blocksOf(source, own).at(-1);
  if (row) {
    const place = placeInRow(row, specifier);
    return place ? below(source, place.node, statement) : above(source, row[0]?.node as Node, `${statement}${eol}`);
  }
  const earlier = staying.findLast((one) => ORDER.indexOf(groupOf(one.specifier, specifier)) < ORDER.indexOf(group));
  const last = earlier ?? staying.at(-1);
  if (!last) {
    const at = headerEnd(source);
    const gap = /^[ \t]*(?:\r?\n|$)/.test(text.slice(at)) ? '' : eol;
    const own = at > 0 && !/[\n\uFEFF]/.test(text[at - 1] ?? '') ? eol : '';
    const lead = hasBlankAbove(text, at) ? '' : eol;
    return { kind: 'replace', start: at, end: at, text: `${own}${lead}${statement}${eol}${gap}` };
  }
  const divided = !mixesGroups(blocksOf(source, staying), specifier);
  return below(source, last.node, divided ? eol + statement : statement);
}

/** Nothing stands above, or a blank line does. */
function hasBlankAbove(text: string, at: number): boolean {
  return /^[\uFEFF]?$|\n[ \t]*\r?\n$/.test(text.slice(0, at)) || /^(?:[\uFEFF]?#.*\r?\n)+$/.test(text.slice(0, at));
}

function below(source: Source, node: Node, statement: string): Edit {
  const { text } = source;
  const stop = nextLine(text, node.end);
  const line = text.slice(node.end, stop).replace(/\r?\n$/, '');
  const alone = /^[ \t]*;?[ \t]*(#.*)?$/.test(line);
  const at = alone ? node.end + line.length : node.end;
  return {
    kind: 'replace',
    start: at,
    end: at,
    text: alone ? styleOf(source).eol + statement : `; ${statement.trim()}`,
  };
}

function above({ text }: Source, node: Node, line: string): Edit {
  const at = Math.max(lineStart(text, node.start), text.startsWith('\uFEFF') ? 1 : 0);
  return { kind: 'replace', start: at, end: at, text: line };
}
