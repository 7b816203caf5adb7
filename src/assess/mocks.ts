/** What tests put in the place of a Redis library, and what becomes of it when sites move to the accessor. */

import { PRESETS } from '../accessors/index.js';
import { moduleName } from '../languages/python/module-name.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts } from '../model/facts.js';
import type { LostMock, Mock } from '../model/mock.js';
import type { Reason, Site } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { type Context, factsOf } from './context.js';
import type { Placed } from './hook-closers.js';
import { isRewritten } from './mock-changes.js';
import { compare } from './order.js';
import { accessorFor } from './reach.js';
import { reason } from './reasons.js';

interface Moving {
  opening: Opening;
  site: Site;
  changes: readonly Placed[];
}

/** The mocks that miss what they are for once the sites that can move have moved; in the order of files and lines. */
export function lostMocks(context: Context, all: readonly Moving[]): LostMock[] {
  const moving = all.filter(({ site }) => site.verdict !== 'keep');
  return (context.trace.mocks ?? []).flatMap((mock) => {
    const own = moving.filter(({ opening }) => mock.openings.includes(opening.index));
    const [first] = own;
    if (own.some(({ changes }) => isRewritten(mock, context, changes))) return [];
    const accessor = first && accessorOf(context, first);
    if (!first || !accessor) return [];
    const { file, line, target } = mock;
    const words = { why: why(context, mock, own, accessor), instead: instead(context, mock, first, accessor) };
    return [{ file, line, target, ...words, sites: own.map(({ site }) => site.id).sort(compare) }];
  });
}

/** The note of a site about the mocks that it would leave behind: the first of them, and how many there are. */
export function mockNotes(site: Site, mocks: readonly LostMock[]): Reason[] {
  const [first, ...more] = mocks.filter(({ sites }) => sites.includes(site.id));
  if (!first) return [];
  const { file, line, target, why, instead } = first;
  const at = { file, line, column: 1 };
  return [reason('mock-loses-target', { target, why, instead, more: more.length }, at)];
}

function accessorOf(context: Context, { opening }: Moving): Accessor | null {
  const language = factsOf(context, opening.file)?.language === 'python' ? 'python' : 'javascript';
  return accessorFor(context, opening.file, language, opening.mode);
}

/** What is taken as it is: the namespace, what `require` gives, and the default, which interoperation may make of either. */
const WHOLE = new Set(['*', '=', 'default']);

function why(context: Context, mock: Mock, own: readonly Moving[], accessor: Accessor): string {
  const files = [...new Set(own.map(({ site }) => site.file))].sort(compare);
  const [first = ''] = files;
  const who = files.length === 1 ? first : `${first} (and ${files.length - 1} more)`;
  const what = `\`${[mock.package, ...mock.path].join('.')}\``;
  if (mock.within !== null) return `${who} no longer makes its client with ${what}, and it is replaced there alone`;
  const gets = context.assuming
    ? `${who} gets its client from the accessor`
    : `${who} gets its client from ${accessor.file}`;
  const facts = factsOf(context, accessor.file);
  if (!facts) return `${gets}, whose code it has to fit from then on`;
  const taken = importedFrom(facts, mock.package);
  if (taken.length === 0) return `${gets}, which does not use \`${mock.package}\``;
  const missing = mock.names === null ? [] : taken.filter((name) => !WHOLE.has(name) && !mock.names?.includes(name));
  if (missing.length > 0) {
    const has = mock.names?.map((name) => `\`${name}\``).join(', ') || 'nothing';
    return `${gets}, which takes \`${missing.join('`, `')}\` of it, and the mock gives ${has}`;
  }
  return `${gets}: the mock has to fit that code, which keeps the client that it made`;
}

/** Names that a file takes of a package; `default` where it takes the default. Namespaces and `require` take what is there. */
function importedFrom({ imports, language }: FileFacts, name: string): string[] {
  const isOf = (specifier: string) =>
    language === 'python' ? specifier.split('.')[0] === name : specifier === name || specifier.startsWith(`${name}/`);
  const own = imports.filter(({ specifier, typeOnly }) => isOf(specifier) && !typeOnly);
  return [...new Set(own.map(({ imported }) => imported))].sort(compare);
}

function instead(context: Context, mock: Mock, { site, opening }: Moving, accessor: Accessor): string {
  const overrides = overrideOf(context, accessor);
  const module =
    accessor.language === 'python' ? moduleName(context.project, accessor.file) : withoutExtension(accessor.file);
  const place = context.assuming ? 'the accessor' : `\`${module}\``;
  const replace =
    accessor.language === 'python'
      ? `Patch \`${accessor.name}\`${mock.within === null ? ` of ${place}` : ` in ${mock.within}`}`
      : `Mock ${place}`;
  if (overrides === null) return `${replace} instead.`;
  const name = accessor.language === 'python' ? `"${site.database ?? 'main'}"` : `'${site.database ?? 'main'}'`;
  const when = opening.container === 'module-singleton' ? `before ${site.file} is loaded` : 'before it is asked for';
  return `Give the accessor a client of the test instead: \`${overrides}(${name}, client)\` of ${place}, ${when}.`;
}

/** The function by which tests give the accessor a client, where its file has one. */
function overrideOf(context: Context, accessor: Accessor): string | null {
  const facts = factsOf(context, accessor.file);
  const names = Object.values(PRESETS).flatMap((preset) =>
    [preset, ...(preset.others ?? [])].flatMap(({ exports }) => exports.override ?? []),
  );
  const exported = new Set(facts?.exports.map(({ name }) => name));
  const isOwn = (name: string) =>
    exported.has(name) || facts?.locals.some((one) => one.name === name && one.kind === 'function' && one.scope === 0);
  return names.find(isOwn) ?? null;
}

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}
