/** Writes the imports of accessors: into a statement that is there, in place of a dead one, or as a new line. */

import type { Edit } from '../../../src/model/change.js';
import { sameModule } from '../accessor-name.js';
import { lineStart, nextLine } from '../lines.js';
import { child, list, type Node } from '../node.js';
import type { Source } from '../source.js';
import { braced, quoted, styleOf } from '../style.js';
import { headerEnd } from './header.js';
import { moduleKind } from './module-kind.js';
import { type ImportStatement, importStatements } from './statements.js';

/** A name that new text calls and that nothing binds yet. */
export interface Wanted {
  specifier: string;
  form: 'named' | 'default';
  name: string;
  local: string;
}

/** One new statement for each module, in the order in which the names are wanted. */
export function newStatements(source: Source, wanted: readonly Wanted[]): string[] {
  const specifiers = [...new Set(wanted.map((want) => want.specifier))];
  const write = moduleKind(source) === 'esm' ? esmStatement : requireStatements;
  return specifiers.flatMap((specifier) =>
    write(
      source,
      specifier,
      wanted.filter((want) => want.specifier === specifier),
    ),
  );
}

function esmStatement(source: Source, specifier: string, wanted: readonly Wanted[]): string[] {
  const style = styleOf(source);
  const [first, ...others] = wanted.filter((want) => want.form === 'default').map((want) => want.local);
  const named = wanted.filter((want) => want.form === 'named').map((want) => item(want, 'esm'));
  const inside = [...others.map((local) => `default as ${local}`), ...named];
  const clause = [...(first ? [first] : []), ...(inside.length > 0 ? [braced(inside.join(', '), style)] : [])].join(
    ', ',
  );
  return [`import ${clause} from ${quoted(specifier, style)}${style.semicolon ? ';' : ''}`];
}

function requireStatements(source: Source, specifier: string, wanted: readonly Wanted[]): string[] {
  const style = styleOf(source);
  const module = `require(${quoted(specifier, style)})`;
  const end = style.semicolon ? ';' : '';
  const named = wanted.filter((want) => want.form === 'named').map((want) => item(want, 'require'));
  const defaults = wanted
    .filter((want) => want.form === 'default')
    .map((want) => `const ${want.local} = ${module}.default${end}`);
  return named.length === 0 ? defaults : [...defaults, `const ${braced(named.join(', '), style)} = ${module}${end}`];
}

function item(want: Wanted, form: 'esm' | 'require'): string {
  const name = want.form === 'default' ? 'default' : want.name;
  if (name === want.local) return name;
  return form === 'esm' ? `${name} as ${want.local}` : `${name}: ${want.local}`;
}

/** A statement that already takes names of this module between braces, runs before the change, and can take one more. */
export function host(
  source: Source,
  want: Wanted,
  dying: ReadonlySet<ImportStatement>,
  before: number,
): ImportStatement | null {
  const form = moduleKind(source) === 'esm' ? 'esm' : 'require';
  const fits = (statement: ImportStatement): boolean =>
    statement.form === form &&
    statement.topLevel &&
    !statement.guarded &&
    !statement.typeOnly &&
    !dying.has(statement) &&
    (form === 'esm' || statement.statement.end <= before) &&
    sameModule(statement.specifier, want.specifier) &&
    namedItems(statement).length > 0;
  return importStatements(source).find(fits) ?? null;
}

/** Names between the braces of a statement. */
export function namedItems(statement: ImportStatement): Node[] {
  if (statement.form === 'esm') {
    return list(statement.statement, 'specifiers').filter((node) => node.type === 'ImportSpecifier');
  }
  const target = statement.declarator ? child(statement.declarator, 'id') : null;
  return target?.type === 'ObjectPattern' ? list(target, 'properties') : [];
}

/** Puts a name behind the last one: on its own line where each has one. */
export function addTo(source: Source, statement: ImportStatement, wanted: readonly Wanted[]): Edit[] {
  const { text } = source;
  const last = namedItems(statement).at(-1);
  if (!last) return [];
  const names = wanted.map((want) => item(want, statement.form === 'esm' ? 'esm' : 'require'));
  const start = lineStart(text, last.start);
  const indent = text.slice(start, last.start);
  const comma = /^\s*,/.exec(text.slice(last.end))?.[0].length ?? 0;
  if (/^[ \t]+$/.test(indent) && nextLine(text, last.end) > last.end && start > statement.statement.start) {
    const glue = styleOf(source).eol + indent;
    const at = last.end + comma;
    const added = names.join(`,${glue}`);
    return [{ kind: 'replace', start: at, end: at, text: comma > 0 ? `${glue}${added},` : `,${glue}${added}` }];
  }
  return [{ kind: 'replace', start: last.end, end: last.end, text: `, ${names.join(', ')}` }];
}

/** Inserts statements behind the last import that runs before `before`, or at the head of the file. */
export function insert(source: Source, statements: readonly string[], before: number): Edit[] {
  if (statements.length === 0) return [];
  const { text } = source;
  const { eol } = styleOf(source);
  const joined = statements.join(eol);
  const last = lastImport(source, before);
  if (last === null) {
    const at = headerEnd(source);
    const gap = /^\s*(\r?\n|$)/.test(text.slice(at, nextLine(text, at))) ? '' : eol;
    const own = at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\uFEFF' ? eol : '';
    return [{ kind: 'replace', start: at, end: at, text: `${own}${joined}${eol}${gap}` }];
  }
  const stop = nextLine(text, last.end);
  const line = text.slice(last.end, stop).replace(/\r?\n$/, '');
  const rest = /^[ \t]*(\/\/.*|\/\*[^\n]*\*\/[ \t]*)?$/.test(line);
  const at = rest ? last.end + line.length : last.end;
  return [{ kind: 'replace', start: at, end: at, text: rest ? eol + joined : ` ${statements.join(' ')}` }];
}

function lastImport(source: Source, before: number): Node | null {
  const esm = moduleKind(source) === 'esm';
  const top = list(source.program, 'body').filter((node) =>
    esm
      ? /^(ImportDeclaration|TSImportEqualsDeclaration)$/.test(node.type)
      : requires(source, node) && node.end <= before,
  );
  return top.at(-1) ?? null;
}

/** `const x = require(…)`, `require(…)`, `require(…).config()`. */
function requires(source: Source, node: Node): boolean {
  if (importStatements(source).some((statement) => statement.statement === node && statement.form === 'require'))
    return true;
  return node.type === 'ExpressionStatement' && /^require\s*\(/.test(source.text.slice(node.start, node.end));
}
