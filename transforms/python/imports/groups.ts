/** How a file orders its imports: groups that blank lines divide, sorted or not. */

import { STDLIB } from '../../../src/languages/python/stdlib.js';
import { sameModule } from '../modules.js';
import type { Source } from '../source.js';
import type { ImportStatement } from './statements.js';

/** Order of the groups: the standard library, installed packages, the project, its own package. */
export type Group = 'standard' | 'installed' | 'project' | 'relative';

/** `accessor` tells what the project's own modules are called. */
export function groupOf(specifier: string, accessor: string): Group {
  if (specifier.startsWith('.')) return 'relative';
  const top = specifier.split('.')[0] ?? specifier;
  if (!accessor.startsWith('.') && top === accessor.split('.')[0]) return 'project';
  return STDLIB.has(top) ? 'standard' : 'installed';
}

/** Statements one below the other without a blank line, in one list of statements. */
export function blocksOf({ text }: Source, statements: readonly ImportStatement[]): ImportStatement[][] {
  const blocks: ImportStatement[][] = [];
  for (const statement of statements) {
    const last = blocks.at(-1)?.at(-1);
    const between = last ? text.slice(last.node.end, statement.node.start) : '';
    const joined = last && !/\n[ \t]*\r?\n/.test(between) && between.replace(/#.*/g, '').trim() === '';
    if (joined) blocks.at(-1)?.push(statement);
    else blocks.push([statement]);
  }
  return blocks;
}

/** Whether the file puts different groups into one block: then a new group needs no blank line. */
export function mixesGroups(blocks: readonly ImportStatement[][], accessor: string): boolean {
  return blocks.some((block) => new Set(block.map(({ specifier }) => groupOf(specifier, accessor))).size > 1);
}

/** The statement of a sorted row behind which a new one belongs; undefined: before the first. */
export function placeInRow(row: readonly ImportStatement[], specifier: string): ImportStatement | undefined {
  const froms = row.filter(({ form }) => form === 'from');
  const names = froms.map((one) => one.specifier);
  const sorted = names.every((name, index) => index === 0 || order(names[index - 1] ?? '', name) <= 0);
  if (!sorted || froms.length === 0) return row.at(-1);
  const before = froms.findLast((one) => order(one.specifier, specifier) <= 0);
  return before ?? row[row.indexOf(froms[0] as ImportStatement) - 1];
}

/** isort's order: names without regard to case; more dots come first. */
function order(left: string, right: string): number {
  const dots = (name: string) => /^\.*/.exec(name)?.[0].length ?? 0;
  if (dots(left) !== dots(right)) return dots(right) - dots(left);
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A plain `from` of the same module that can take one more name. */
export function hostFor(
  source: Source,
  statements: readonly ImportStatement[],
  specifier: string,
): ImportStatement | null {
  const fits = (one: ImportStatement) =>
    one.form === 'from' && one.names.length > 0 && sameModule(source.file, one.specifier, specifier);
  return statements.find((one) => fits(one) && one.items.every(({ type }) => type !== 'wildcard_import')) ?? null;
}
