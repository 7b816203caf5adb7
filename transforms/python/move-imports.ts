/** Imports single names of a statement from elsewhere. What nothing uses goes, all else keeps the name that the file knows it by. */

import type { Edit, Instruction, MovedImport } from '../../src/model/change.js';
import { importedAs, nameAt } from './accessor-name.js';
import { addTo } from './imports/add.js';
import { dropNames } from './imports/drop-names.js';
import { exportedNames, REFLECTION } from './imports/liveness.js';
import { type ImportedName, type ImportStatement, importStatements } from './imports/statements.js';
import { nextLine, removalOf } from './lines.js';
import { sameModule } from './modules.js';
import { child, type Node, parts } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import { replaceCall } from './replace-call.js';
import type { Source } from './source.js';

type Order = Extract<Instruction, { kind: 'move-imports' }>;

/** What becomes of one name. `written` is null when it goes. */
interface Fate {
  node: Node;
  specifier: string;
  written: string | null;
  /** Edits beside the import. */
  edits: Edit[];
}

/** `taken` are names that other files take from this one. */
export function moveImports(source: Source, order: Order, taken: ReadonlySet<string>): (Edit | Refusal)[] {
  const { span, names } = order;
  const statement = importStatements(source).find(({ node }) => node.start === span.start && node.end === span.end);
  if (statement?.form !== 'from') {
    return [refuse('parser-disagreement', 'no import of names with exactly this span', source, span.start)];
  }
  const fates: Fate[] = [];
  for (const name of names) {
    const found = statement.names.find(({ imported, local }) => imported === name.imported && local === name.local);
    if (!found) return [refuse('parser-disagreement', `no import of \`${name.imported}\` here`, source, span.start)];
    const fate =
      name.calls === null ? renamed(source, statement, found, name, taken) : called(source, found, name, taken);
    if ('ok' in fate) return [fate];
    fates.push(fate);
  }
  return [...fates.flatMap(({ edits }) => edits), ...importEdits(source, statement, fates)];
}

/** The new name under the old local one. */
function renamed(
  source: Source,
  statement: ImportStatement,
  found: ImportedName,
  { to }: MovedImport,
  taken: ReadonlySet<string>,
): Fate {
  const { node, local, binding } = found;
  const gone = isUnused(source, statement, found, taken) || isImportedTwice(source, statement, found, to);
  const alias = child(node, 'alias') !== null || to.name !== local;
  const written = gone ? null : alias ? `${to.name} as ${binding.name}` : to.name;
  return { node, specifier: to.specifier, written, edits: [] };
}

/** The instance, or the function that gives it, under a name of its own: the class goes with all its calls. */
function called(source: Source, found: ImportedName, name: MovedImport, taken: ReadonlySet<string>): Fate | Refusal {
  const { node, local, binding } = found;
  const { to, calls } = name;
  const edits: Edit[] = [];
  const left = binding.references.length !== (calls ?? []).length;
  if (left || isGiven(source, found, taken)) {
    return refuse('statement-in-use', `\`${local}\` is also used other than by calling it`, source, node.start);
  }
  const existing = importedAs(source, to);
  const names = new Set<string>();
  for (const span of calls ?? []) {
    const edit = replaceCall(source, span, to);
    if ('ok' in edit) return edit;
    edits.push(edit);
    names.add(nameAt(source, to, span.start));
  }
  const [written, ...others] = names;
  if (written === undefined || written === existing?.local) {
    if (others.length === 0) return { node, specifier: to.specifier, written: null, edits };
  }
  if (others.length > 0)
    return refuse('name-shadowed', `\`${to.name}\` means something else at a call`, source, node.start);
  return { node, specifier: to.specifier, written: to.name === written ? to.name : `${to.name} as ${written}`, edits };
}

/** Other code can read the name without a reference in this file. */
function isGiven(
  source: Source,
  { binding, local, imported, node }: ImportedName,
  taken: ReadonlySet<string>,
): boolean {
  if (binding.scope.kind === 'class') return true;
  if (binding.scope.kind !== 'module') return false;
  const passedOn = imported === local && node.type === 'aliased_import';
  return passedOn || taken.has(local) || exportedNames(source).has(local);
}

function isUnused(source: Source, { node }: ImportStatement, found: ImportedName, taken: ReadonlySet<string>): boolean {
  const { text, file, bindings, comments } = source;
  const { binding } = found;
  if (binding.references.length > 0 || binding.declarations.length > 1 || isGiven(source, found, taken)) return false;
  if (binding.scope.kind === 'module' && /(?:^|\/)__init__\.py$/.test(file)) return false;
  if (bindings.unbound.some(({ name }) => REFLECTION.has(name))) return false;
  // Whoever silences the linter means the import to be there.
  const stop = nextLine(text, node.end);
  const silenced = comments.some(
    ({ start, end }) => start >= node.start && end <= stop && /noqa|unused-import/i.test(text.slice(start, end)),
  );
  return !silenced;
}

/** The file imports the new name under this local already, in the same scope. */
function isImportedTwice(
  source: Source,
  own: ImportStatement,
  { binding }: ImportedName,
  to: MovedImport['to'],
): boolean {
  return importStatements(source).some(
    (one) =>
      one !== own &&
      one.form === 'from' &&
      !one.guarded &&
      one.node.end <= own.node.start &&
      sameModule(source.file, one.specifier, to.specifier) &&
      one.names.some((name) => name.binding === binding && name.imported === to.name),
  );
}

function importEdits(source: Source, statement: ImportStatement, fates: readonly Fate[]): Edit[] {
  const { text, comments } = source;
  const { node, items } = statement;
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) {
    if (fate.written !== null) groups.set(fate.specifier, [...(groups.get(fate.specifier) ?? []), fate]);
  }
  const edits: Edit[] = [];
  const hosted = [...groups].filter(([specifier]) => hostOf(source, statement, specifier) !== null);
  for (const [specifier, group] of hosted) {
    const host = hostOf(source, statement, specifier);
    if (host)
      edits.push(
        addTo(
          source,
          host,
          group.map(({ written }) => written ?? ''),
        ),
      );
    groups.delete(specifier);
  }
  const leaving = new Set(fates.map((fate) => fate.node));
  const all = leaving.size === items.length;
  const [first, ...others] = [...groups];
  const rest = all ? others : first ? [first, ...others] : [];
  for (const [specifier, group] of rest) {
    const behind = putBehind(
      source,
      node,
      `from ${specifier} import ${group.map(({ written }) => written).join(', ')}`,
    );
    if (!('ok' in behind)) edits.push(behind);
  }
  if (!all) return [...edits, ...dropNames(text, items, leaving)];
  if (!first) return [...edits, { kind: 'replace', ...removalOf(text, node, comments, false), text: '' }];
  return [...edits, ...inPlace(source, statement, first)];
}

/** The statement keeps its form: its module and the names of one group change, the others go. */
function inPlace({ text }: Source, { node, items }: ImportStatement, [specifier, group]: [string, Fate[]]): Edit[] {
  const module = child(node, 'module_name') ?? node;
  const staying = new Set(group.map((one) => one.node));
  const gone = new Set(items.filter((item) => !staying.has(item)));
  const written = group.filter((one) => text.slice(one.node.start, one.node.end) !== one.written);
  return [
    { kind: 'replace', start: module.start, end: module.end, text: specifier },
    ...written.map(
      (one): Edit => ({ kind: 'replace', start: one.node.start, end: one.node.end, text: one.written ?? '' }),
    ),
    ...(gone.size > 0 ? dropNames(text, items, gone) : []),
  ];
}

/** An import of the new module in the same body, with nothing but imports between. */
function hostOf(source: Source, own: ImportStatement, specifier: string): ImportStatement | null {
  const body = own.node.parent;
  const siblings = body ? parts(body) : [];
  const at = siblings.indexOf(own.node);
  const fits = (one: ImportStatement) => {
    const index = siblings.indexOf(one.node);
    const between = siblings.slice(Math.min(index, at) + 1, Math.max(index, at));
    return index >= 0 && between.every(({ type }) => /import/.test(type));
  };
  return (
    importStatements(source).find(
      (one) =>
        one !== own &&
        one.form === 'from' &&
        one.items.length > 0 &&
        one.items.every(({ type }) => type !== 'wildcard_import') &&
        sameModule(source.file, one.specifier, specifier) &&
        fits(one),
    ) ?? null
  );
}
