/** The one owner of a file's imports: it alone adds and takes out names, once, for all changes of the file together. */

import type { ImportsResult } from '../../../src/languages/language.js';
import type { AccessorUse, Edit } from '../../../src/model/change.js';
import type { Span } from '../../../src/model/facts.js';
import { takeOver } from '../../take-over.js';
import { importedAs, possibleNames } from '../accessor-name.js';
import { lineStart, nextLine, removalOf, tidyDeletions } from '../lines.js';
import type { Node } from '../node.js';
import type { Source } from '../source.js';
import { addTo, host, insert, namedItems, newStatements, type Wanted } from './add.js';
import { deadDeclarations, dropDeclarations } from './dead-declarations.js';
import { dropNames } from './drop-names.js';
import { Liveness } from './liveness.js';
import { moduleKind } from './module-kind.js';
import { type ImportedName, type ImportStatement, importStatements } from './statements.js';

/** All edits of the file: the given ones, those of its imports, and those of what becomes dead. Names bound at `gone` go. */
export function importsOf(source: Source, edits: Edit[], uses: AccessorUse[], gone: readonly Span[]): ImportsResult {
  if (edits.length + gone.length === 0) return { ok: true, edits: [], importsRemoved: [] };
  const liveness = new Liveness(source, edits);
  const declarations = deadDeclarations(source, liveness);
  const dead = deadNames(source, liveness, gone);
  const dying = new Set([...dead].filter(([one, names]) => names.length === one.names.length).map(([one]) => one));
  const { rest, filled } = takenOver(edits, dead);
  for (const statement of filled) dying.delete(statement);
  const added = addImports(source, wantedNames(source, liveness, uses, edits), dying, edits);
  const removed: Edit[] = [];
  for (const [statement, names] of dead) {
    if (added.replaced === statement || filled.includes(statement)) continue;
    if (!dying.has(statement)) removed.push(...dropNames(source, statement, names));
    else if (statement.declarator) declarations.add(statement.declarator);
    else removed.push(dropWhole(source, statement.statement));
  }
  return {
    ok: true,
    edits: tidyDeletions(source.text, [...rest, ...added.edits, ...removed, ...dropDeclarations(source, declarations)]),
    importsRemoved: [...dead]
      .flatMap(([one, names]) => names.map(({ local }) => `${local} from ${one.specifier}`))
      .sort(),
  };
}

/** Statements that lose all their names and get others in the same run. */
function takenOver(edits: readonly Edit[], dead: ReadonlyMap<ImportStatement, ImportedName[]>) {
  let rest = edits;
  const filled: ImportStatement[] = [];
  for (const [statement, names] of dead) {
    const items = namedItems(statement);
    const changed = items.length === names.length && takeOver(rest, statement.statement, items);
    if (!changed) continue;
    rest = changed;
    filled.push(statement);
  }
  return { rest, filled };
}

function deadNames(source: Source, liveness: Liveness, gone: readonly Span[]): Map<ImportStatement, ImportedName[]> {
  const found = new Map<ImportStatement, ImportedName[]>();
  for (const statement of importStatements(source)) {
    const untouchable = statement.guarded || liveness.isGone(statement.statement);
    const names = statement.names.filter(
      (name) =>
        (liveness.isDead(name.binding) || holdsOne(name.node, gone)) &&
        name.binding.declarations.length === 1 &&
        !liveness.isGone(name.node),
    );
    if (!untouchable && names.length > 0) found.set(statement, names);
  }
  return found;
}

function holdsOne({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => start <= span.start && span.end <= end);
}

/** Names that the new text calls and that no import gives yet. */
function wantedNames(
  source: Source,
  liveness: Liveness,
  uses: readonly AccessorUse[],
  edits: readonly Edit[],
): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const use of uses) {
    const existing = importedAs(source, use)?.local;
    for (const local of possibleNames(source, use)) {
      if (local === existing || !liveness.isWritten(local) || isGivenBy(source, edits, local)) continue;
      wanted.set(`${use.specifier} ${local}`, { specifier: use.specifier, form: use.form, name: use.name, local });
    }
  }
  return [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, want]) => want);
}

/** An edit of the imports of the module binds the name: another pattern imports it in the same run. A call binds nothing. */
function isGivenBy(source: Source, edits: readonly Edit[], local: string): boolean {
  const tops = importStatements(source).filter(({ topLevel }) => topLevel);
  const word = new RegExp(`(?<![\\w$.])${local.replace(/\$/g, '\\$')}(?![\\w$]|\\s*[(.])`);
  return edits.some(
    ({ start, end, text }) =>
      word.test(text) &&
      tops.some(({ statement }) => statement.start <= start && end <= nextLine(source.text, statement.end)),
  );
}

interface Added {
  edits: Edit[];
  /** The dead statement whose place the new ones took. */
  replaced: ImportStatement | null;
}

function addImports(
  source: Source,
  wanted: readonly Wanted[],
  dying: ReadonlySet<ImportStatement>,
  changes: readonly Edit[],
): Added {
  const before = firstChange(changes);
  const hosted = new Map<ImportStatement, Wanted[]>();
  const alone: Wanted[] = [];
  for (const want of wanted) {
    const statement = want.form === 'named' ? host(source, want, dying, before) : null;
    if (statement) hosted.set(statement, [...(hosted.get(statement) ?? []), want]);
    else alone.push(want);
  }
  const edits = [...hosted].flatMap(([statement, wants]) => addTo(source, statement, wants));
  const statements = newStatements(source, alone);
  const replaced = statements.length === 0 ? null : placeFor(source, dying, changes);
  if (!replaced) return { edits: [...edits, ...insert(source, statements, before)], replaced };
  const { statement } = replaced;
  const { start } = removalOf(source.text, statement, source.comments, 'tool');
  const eol = source.text.includes('\r\n') ? '\r\n' : '\n';
  // Only comments above go with it, not the indentation or the space to a neighbour.
  const from = start < lineStart(source.text, statement.start) ? start : statement.start;
  return {
    edits: [...edits, { kind: 'replace', start: from, end: statement.end, text: statements.join(eol) }],
    replaced,
  };
}

/**
 * A dead statement of the same kind that stands alone in its declaration and runs before the first change: the one
 * that gave what the new call replaces, else the first.
 */
function placeFor(source: Source, dying: ReadonlySet<ImportStatement>, edits: readonly Edit[]): ImportStatement | null {
  const esm = moduleKind(source) === 'esm';
  const before = firstChange(edits);
  const fits = (statement: ImportStatement): boolean =>
    statement.topLevel &&
    (esm ? statement.form !== 'require' : statement.form === 'require') &&
    (esm || statement.statement.end <= before) &&
    (statement.declarator === null || (statement.statement.declarations as Node[]).length === 1);
  const places = [...dying].filter(fits);
  return places.find((statement) => opens(statement, edits)) ?? places[0] ?? null;
}

/** A name of the statement is the callee of what an edit replaces: `new` and blanks at most stand before it. */
function opens(statement: ImportStatement, edits: readonly Edit[]): boolean {
  const callee = (at: Node): boolean =>
    edits.some((edit) => edit.start <= at.start && at.end <= edit.end && at.start - edit.start <= 'new '.length);
  return statement.names.some((name) => name.binding.references.some(callee));
}

function firstChange(edits: readonly Edit[]): number {
  return Math.min(...edits.map((edit) => edit.start));
}

function dropWhole(source: Source, statement: Node): Edit {
  return { kind: 'replace', ...removalOf(source.text, statement, source.comments, 'tool'), text: '' };
}
