/** Imports single names of a statement from elsewhere. What nothing uses goes, all else keeps the name that the file knows it by. */

import type { Edit, Instruction, MovedImport } from '../../src/model/change.js';
import { importedAs, nameAt } from './accessor-name.js';
import { addTo, host, newStatements, type Wanted } from './imports/add.js';
import { dropNames } from './imports/drop-names.js';
import { Liveness } from './imports/liveness.js';
import { type ImportedName, type ImportStatement, importStatements } from './imports/statements.js';
import { removalOf } from './lines.js';
import { moveExports } from './move-exports.js';
import { child, list, type Node } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import { replaceCall } from './replace-call.js';
import type { Source } from './source.js';
import { quoted, styleOf } from './style.js';

type Order = Extract<Instruction, { kind: 'move-imports' }>;

/** What becomes of one name: `wanted` is null when it goes. */
interface Fate {
  name: ImportedName;
  wanted: Wanted | null;
  /** Edits beside the import. */
  edits: Edit[];
}

export function moveImports(source: Source, order: Order): (Edit | Refusal)[] {
  const { span, names } = order;
  if (names.every(({ local }) => local === null)) return moveExports(source, order);
  const statements = importStatements(source).filter(
    ({ statement }) => statement.start === span.start && statement.end === span.end,
  );
  const statement = statements.find((one) => names.every((name) => nameIn(one, name) !== undefined));
  if (!statement || statement.form === 'equals') {
    return [refuse('parser-disagreement', 'no import of these names with exactly this span', source, span.start)];
  }
  if (statement.declarator && list(statement.statement, 'declarations').length > 1) {
    return [refuse('statement-in-use', 'the statement declares other things too', source, span.start)];
  }
  const fates: Fate[] = [];
  for (const moved of names) {
    const name = nameIn(statement, moved) as ImportedName;
    const fate = moved.calls === null ? renamed(source, name, moved) : called(source, name, moved);
    if ('ok' in fate) return [fate];
    fates.push(fate);
  }
  return [...fates.flatMap(({ edits }) => edits), ...importEdits(source, statement, fates)];
}

function nameIn({ names }: ImportStatement, { imported, local }: MovedImport): ImportedName | undefined {
  return names.find((one) => one.imported === imported && one.local === local);
}

function renamed(source: Source, name: ImportedName, { to }: MovedImport): Fate {
  const { specifier, form } = to;
  return {
    name,
    wanted: isUnused(source, name) ? null : { specifier, form, name: to.name, local: name.local },
    edits: [],
  };
}

/** The instance, or the function that gives it, under a name of its own: the class goes with all its calls. */
function called(source: Source, name: ImportedName, { to, calls }: MovedImport): Fate | Refusal {
  const { binding, local, node } = name;
  const reads = binding.references.filter((at) => at.start < node.start || node.end < at.end);
  if (binding.exported || reads.length !== (calls ?? []).length) {
    return refuse('statement-in-use', `\`${local}\` is also used other than by calling it`, source, node.start);
  }
  const edits: Edit[] = [];
  const written = new Set<string>();
  for (const span of calls ?? []) {
    const edit = replaceCall(source, span, to);
    if ('ok' in edit) return edit;
    edits.push(edit);
    written.add(nameAt(source, to, span.start));
  }
  const [first, ...others] = written;
  if (others.length > 0)
    return refuse('name-shadowed', `\`${to.name}\` means something else at a call`, source, node.start);
  if (first === undefined || first === importedAs(source, to)?.local) return { name, wanted: null, edits };
  return { name, wanted: { specifier: to.specifier, form: to.form, name: to.name, local: first }, edits };
}

function isUnused(source: Source, { binding, node }: ImportedName): boolean {
  const outside = binding.references.filter((at) => at.start < node.start || node.end < at.end);
  return outside.length === 0 && !binding.exported && new Liveness(source, []).isUnneeded(binding);
}

function importEdits(source: Source, statement: ImportStatement, fates: readonly Fate[]): Edit[] {
  const { added, wanted } = hosted(
    source,
    statement,
    fates.flatMap((fate) => fate.wanted ?? []),
  );
  return [...added, ...ownEdits(source, statement, fates, wanted)];
}

/** Names that an import of the new module, already there, can take. */
function hosted(source: Source, own: ImportStatement, all: readonly Wanted[]): { added: Edit[]; wanted: Wanted[] } {
  const added: Edit[] = [];
  const wanted: Wanted[] = [];
  for (const want of all) {
    const plain = own.topLevel && !own.typeOnly && want.form === 'named';
    const found = plain ? host(source, want, new Set([own]), own.statement.start) : null;
    if (found) added.push(...addTo(source, found, [want]));
    else wanted.push(want);
  }
  return { added, wanted };
}

/** What becomes of the statement; `wanted` are the names that need an import of their own. */
function ownEdits(
  source: Source,
  statement: ImportStatement,
  fates: readonly Fate[],
  wanted: readonly Wanted[],
): Edit[] {
  const { text, comments } = source;
  const all = fates.length === statement.names.length;
  if (all && wanted.length === fates.length && isOneModule(wanted) && isNamedOnly(fates)) {
    return inPlace(source, statement, fates);
  }
  const lines = newStatements(source, wanted).map((one) => typed(statement, one));
  const { eol } = styleOf(source);
  const { start, end } = statement.statement;
  if (all && lines.length > 0)
    return [{ kind: 'replace', start, end, text: lines.join(`${eol}${indentOf(text, start)}`) }];
  if (all) return [{ kind: 'replace', ...removalOf(text, statement.statement, comments, 'tool'), text: '' }];
  const behind = lines
    .map((line) => putBehind(source, { start, end }, line))
    .flatMap((one) => ('ok' in one ? [] : [one]));
  const [first, ...others] = behind;
  const joined = first ? [{ ...first, text: [first, ...others].map((one) => one.text).join('') }] : [];
  return [
    ...joined,
    ...dropNames(
      source,
      statement,
      fates.map(({ name }) => name),
    ),
  ];
}

function isOneModule(wanted: readonly Wanted[]): boolean {
  return new Set(wanted.map(({ specifier }) => specifier)).size === 1;
}

/** Names between braces before and after. */
function isNamedOnly(fates: readonly Fate[]): boolean {
  return fates.every(
    ({ name, wanted }) => /^(?:ImportSpecifier|ObjectProperty)$/.test(name.node.type) && wanted?.form === 'named',
  );
}

/** Only the module and the names change: braces, lines, comments and `type` stay as they are written. */
function inPlace(source: Source, statement: ImportStatement, fates: readonly Fate[]): Edit[] {
  const { text } = source;
  const module = moduleNode(statement);
  const specifier = fates[0]?.wanted?.specifier ?? '';
  const glue = statement.form === 'esm' ? ' as ' : ': ';
  const names = fates.flatMap(({ name: { node, local: old }, wanted }): Edit[] => {
    const local = wanted?.local ?? old;
    const item = wanted?.name === local ? local : `${wanted?.name}${glue}${local}`;
    const type = node.importKind === 'type' ? 'type ' : '';
    const edit: Edit = { kind: 'replace', start: node.start, end: node.end, text: type + item };
    return text.slice(node.start, node.end) === edit.text ? [] : [edit];
  });
  const { start, end } = module;
  return [{ kind: 'replace', start, end, text: quoted(specifier, styleOf(source)) }, ...names];
}

/** The text that names the module. */
function moduleNode({ form, statement, declarator }: ImportStatement): Node {
  const own = form === 'esm' ? child(statement, 'source') : declarator && requiredModule(child(declarator, 'init'));
  if (!own) throw new Error('an import names its module');
  return own;
}

function requiredModule(init: Node | null): Node | null {
  if (init === null) return null;
  if (init.type === 'MemberExpression') return requiredModule(child(init, 'object'));
  if (init.type === 'AwaitExpression') return requiredModule(child(init, 'argument'));
  return child(init, 'source') ?? list(init, 'arguments')[0] ?? null;
}

function typed({ typeOnly }: ImportStatement, line: string): string {
  return typeOnly ? line.replace(/^import /, 'import type ') : line;
}

function indentOf(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}
