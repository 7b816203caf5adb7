/** The one owner of a file's imports: it alone adds and takes out names, once, for all changes of the file together. */

import type { ImportsResult } from '../../../src/languages/language.js';
import type { AccessorUse, Edit } from '../../../src/model/change.js';
import type { Span } from '../../../src/model/facts.js';
import { takeOver } from '../../take-over.js';
import { importedAs, possibleNames } from '../accessor-name.js';
import { keepBodies } from '../keep-bodies.js';
import { nextLine, removalOf, tidyDeletions } from '../lines.js';
import { holds } from '../node.js';
import type { Source } from '../source.js';
import { type Added, addImport, importText, type Wanted } from './add.js';
import { deadLocals } from './dead-locals.js';
import { dropNames } from './drop-names.js';
import { Liveness, writes } from './liveness.js';
import { functionAt, localImport, localPlace } from './local.js';
import { type ImportedName, type ImportStatement, importStatements } from './statements.js';

type Dead = Map<ImportStatement, ImportedName[]>;

/**
 * All edits of the file: the given ones, those of its imports, and those of what becomes dead. `taken` stays imported, names
 * bound at `gone` go.
 */
export function importsOf(
  source: Source,
  edits: Edit[],
  uses: AccessorUse[],
  taken: ReadonlySet<string>,
  gone: readonly Span[],
): ImportsResult {
  if (edits.length + gone.length === 0) return { ok: true, edits: [], importsRemoved: [] };
  const liveness = new Liveness(source, edits, taken);
  const locals = deadLocals(source, liveness);
  let dead = deadNames(source, liveness, edits, gone);
  for (let known = -1; known < dead.size; ) {
    known = dead.size;
    // A body that goes takes names along, `TYPE_CHECKING` for one.
    for (const edit of keepBodies(source, [...edits, ...locals, ...removals(source, dead)])) {
      if (edit.start < edit.end) liveness.remove(edit);
    }
    locals.push(...deadLocals(source, liveness));
    dead = deadNames(source, liveness, edits, gone);
  }
  const removed = new Map(dead);
  const { rest: own, filled } = takenOver(edits, dead);
  for (const statement of filled) dead.delete(statement);
  const added = addImports(source, edits, wantedNames(source, liveness, uses, edits), dead);
  const replaced = new Set(added.flatMap((one) => one.replaced ?? []));
  const rest = new Map([...dead].filter(([statement]) => !replaced.has(statement)));
  const all = [...own, ...locals, ...added.flatMap((one) => one.edits), ...removals(source, rest)];
  return {
    ok: true,
    edits: tidyDeletions(source.text, keepBodies(source, all)),
    importsRemoved: [...removed]
      .flatMap(([one, names]) => names.map(({ local }) => `${local} from ${one.specifier}`))
      .sort(),
  };
}

/** Statements that lose all their names and get others in the same run. */
function takenOver(edits: readonly Edit[], dead: Dead): { rest: readonly Edit[]; filled: ImportStatement[] } {
  let rest = edits;
  const filled: ImportStatement[] = [];
  for (const [statement, names] of dead) {
    const changed = names.length === statement.items.length && takeOver(rest, statement.node, statement.items);
    if (!changed) continue;
    rest = changed;
    filled.push(statement);
  }
  return { rest, filled };
}

/** Names to take out, by statement. A name that an import may give only sometimes stays wherever it is imported. */
function deadNames(source: Source, liveness: Liveness, edits: readonly Edit[], gone: readonly Span[]): Dead {
  const statements = importStatements(source);
  const guarded = new Set(statements.filter((one) => one.guarded).flatMap((one) => one.names.map((n) => n.binding)));
  const found = new Map<ImportStatement, ImportedName[]>();
  for (const statement of statements) {
    const names = statement.names.filter(
      ({ binding, imported, local, node }) =>
        // Taken out by what asks for the edits.
        !edits.some((edit) => edit.start < edit.end && holds(edit, node)) &&
        (gone.some((span) => holds(node, span)) ||
          (binding.imported &&
            !guarded.has(binding) &&
            // `from m import A as A` says that the name is given on.
            !(imported === local && node.type === 'aliased_import') &&
            liveness.isDead(binding))),
    );
    if (names.length > 0) found.set(statement, names);
  }
  return found;
}

function removals(source: Source, dead: Dead): Edit[] {
  return [...dead].flatMap(([{ node, items }, names]) => {
    if (names.length < items.length) return dropNames(source.text, items, new Set(names.map((name) => name.node)));
    return [{ kind: 'replace' as const, ...removalOf(source.text, node, source.comments, false), text: '' }];
  });
}

/** Names that the new text calls and that no import gives yet. */
function wantedNames(
  source: Source,
  liveness: Liveness,
  uses: readonly AccessorUse[],
  edits: readonly Edit[],
): (Wanted & { inside: boolean })[] {
  const wanted = new Map<string, Wanted & { inside: boolean }>();
  for (const use of uses) {
    const existing = importedAs(source, use)?.local;
    for (const local of possibleNames(source, use)) {
      if (local === existing || !liveness.isWritten(local) || isGivenBy(source, edits, local)) continue;
      const { specifier, name, inFunction = false } = use;
      wanted.set(`${specifier} ${local}`, { specifier, name, local, inside: inFunction });
    }
  }
  return [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, want]) => want);
}

/** An edit of the imports of the module binds the name: another pattern imports it in the same run. */
function isGivenBy(source: Source, edits: readonly Edit[], local: string): boolean {
  const tops = importStatements(source).filter(({ topLevel, typeOnly }) => topLevel && !typeOnly);
  const word = new RegExp(`(?<![\\w.])${local}(?!\\w)`);
  return edits.some(
    ({ start, end, text }) =>
      word.test(text) && tops.some(({ node }) => node.start <= start && end <= nextLine(source.text, node.end)),
  );
}

function addImports(
  source: Source,
  edits: readonly Edit[],
  wanted: readonly (Wanted & { inside: boolean })[],
  dead: Dead,
): Added[] {
  const dying = new Set([...dead].flatMap(([one, names]) => (names.length === one.items.length ? [one] : [])));
  const ofModule = wanted.filter((want) => !isLocal(edits, want, dying));
  const specifiers = [...new Set(ofModule.map(({ specifier }) => specifier))];
  const added = specifiers.map((specifier) => {
    const own = ofModule.filter((want) => want.specifier === specifier);
    return addImport(source, own, dying, edits);
  });
  return [
    ...added,
    ...localImports(
      source,
      edits,
      wanted.filter((want) => !ofModule.includes(want)),
      dying,
    ),
  ];
}

/** Every call of the name is in a function that has to import, or did import the library, for itself. */
function isLocal(
  edits: readonly Edit[],
  want: Wanted & { inside: boolean },
  dying: ReadonlySet<ImportStatement>,
): boolean {
  return want.inside || callsOf(edits, want).every((offset) => localPlace(dying, offset) !== null);
}

function callsOf(edits: readonly Edit[], { local }: Wanted): number[] {
  return edits.flatMap(({ start, text }) => (writes(text, local) ? [start] : []));
}

function localImports(
  source: Source,
  edits: readonly Edit[],
  wanted: readonly Wanted[],
  dying: ReadonlySet<ImportStatement>,
): Added[] {
  const places = new Map<object, { offset: number; wants: Set<Wanted> }>();
  for (const want of wanted) {
    for (const offset of callsOf(edits, want)) {
      const key = localPlace(dying, offset) ?? functionAt(source, offset);
      if (key === null) throw new Error('an import inside of a function was asked for a call outside of one');
      const place = places.get(key) ?? { offset, wants: new Set() };
      place.wants.add(want);
      places.set(key, place);
    }
  }
  return [...places.values()].map(({ offset, wants }): Added => {
    const statement = importText([...wants]);
    const replaced = localPlace(dying, offset);
    const fn = functionAt(source, offset);
    if (!replaced && fn) return { edits: [localImport(source, fn, statement)], replaced };
    const { start, end } = replaced?.node ?? { start: offset, end: offset };
    return { edits: [{ kind: 'replace', start, end, text: statement }], replaced };
  });
}
