/** Rows of deprecated imports: what is imported instead, and why an import stays. */

import { isSourcePath } from '../languages/module-language.js';
import type { AccessorUse, MovedImport } from '../model/change.js';
import type { Deprecated } from '../model/config.js';
import type { FileFacts, ValueId } from '../model/facts.js';
import type { Purpose, Reason } from '../model/site.js';
import type { Context } from './context.js';
import type { DeprecatedImport, NamedImport } from './deprecated-imports.js';
import { calleesIn, nameReasons, usesOf } from './deprecated-reasons.js';
import { exemptionOf } from './exempt.js';
import { guardReasons } from './guarded-imports.js';
import { hashOf } from './ids.js';
import { placeIn } from './instance-reasons.js';
import type { Placed } from './lifecycle.js';
import { fileOfModule, kindOfName } from './modules.js';
import { patchedName, type Replaced } from './patches.js';
import { reason, sortedReasons, verdictOf } from './reasons.js';
import { purposeOfImports } from './replacement-purpose.js';
import { blank, place, type Row } from './sites.js';
import { relativeSpecifier } from './specifiers.js';

/** A row with the edits that it asks for; none when it stays. */
export interface ChangingRow extends Row {
  changes: Placed[];
  /** Calls that go with the name of an import. */
  calls?: ValueId[];
  leaves?: readonly Replaced[];
}

/** Row of one import statement. */
export function deprecatedRow(context: Context, found: DeprecatedImport): ChangingRow & { purpose: Purpose } {
  const { file, span, names, whole } = found;
  const { facts } = file;
  const exempt = exemptionOf(facts, facts.file, placeIn(facts, span.start).line, context.config);
  const purposed = purposeOfImports(facts, names);
  const reasons = [
    ...names.flatMap((name) => [...nameReasons(context, facts, name), ...goneReasons(context, facts, name)]),
    ...wholeReasons(whole),
    ...guardReasons(context, found),
    ...fileReasons(facts),
    ...purposed.reasons,
    ...(exempt ? [reason('exempt', { by: exempt.by, reason: exempt.reason })] : []),
  ];
  const end = placeIn(facts, span.end);
  const api = [...names, ...whole].map(({ entry }) => nameOf(entry)).join(', ');
  const located = {
    file: facts.file,
    at: placeIn(facts, span.start),
    endLine: end.line,
    endColumn: end.column,
    bound: null,
    digest: hashOf([api]),
  };
  const site = {
    ...blank(context, 'deprecated-import', located),
    api,
    purpose: purposed.purpose,
    pattern: 'deprecated-import' as const,
    priority:
      context.files.get(facts.file)?.zone === 'production' && !exempt ? ('recommended' as const) : ('none' as const),
    verdict: verdictOf(reasons),
    reasons: sortedReasons(reasons),
    exempt,
  };
  const instruction = {
    kind: 'move-imports' as const,
    span,
    names: names.map((one) => movedName(context, facts, one)),
  };
  return {
    site,
    purpose: purposed.purpose,
    identified: { ...place(located), symbol: symbolOf(facts, found.scope), category: 'deprecated-import' },
    changes: site.verdict === 'keep' ? [] : [{ file: facts.file, instruction }],
    calls: site.verdict === 'keep' ? [] : names.flatMap((name) => callsOf(facts, name)),
    leaves: names.map((name) => leftBehind(context, facts, name)),
  };
}

/** A name that goes with its calls is missed by tests that replace it. */
function goneReasons(context: Context, facts: FileFacts, { entry, local }: NamedImport): Reason[] {
  return entry.use.drop === null || local === null ? [] : patchedName(context, facts, local);
}

function leftBehind(context: Context, facts: FileFacts, { entry, local }: NamedImport): Replaced {
  return {
    module: fileOfModule(context, entry.module)?.facts.file ?? null,
    name: entry.name,
    local: local === null ? null : (facts.locals[local]?.name ?? null),
    stays: entry.use.drop === null,
    to: useOf(context, facts.file, entry.use),
  };
}

/** One for each module that is taken as a whole. */
function wholeReasons(whole: DeprecatedImport['whole']): Reason[] {
  const named = new Map<string, string[]>();
  for (const { entry, how } of whole) {
    const key = `${how === 'star' ? 'import-star' : 'import-module'} ${entry.module}`;
    named.set(key, [...(named.get(key) ?? []), `\`${entry.name}\``]);
  }
  return [...named].map(([key, names]) => {
    const [code, from] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)];
    return reason(code as 'import-star' | 'import-module', { from, names: names.join(', ') });
  });
}

/** `old.module.Name`, `src/old.ts#name`: as the configuration writes it. */
function nameOf({ language, module, name }: Deprecated): string {
  return `${module}${language === 'python' ? '.' : '#'}${name}`;
}

/** Reasons in the file: those that hold for any edit of it. */
export function fileReasons({ file, generated, embedded, problems }: FileFacts): Reason[] {
  const reasons: Reason[] = [];
  if (generated) reasons.push(reason('generated', undefined));
  if (embedded) reasons.push(reason('embedded', undefined));
  const [problem] = problems;
  if (problem)
    reasons.push(reason('file-problems', { message: problem.message }, { file, line: problem.line, column: 1 }));
  return reasons;
}

/** Calls of a class that its instance stands for. */
function callsOf(facts: FileFacts, { entry, local }: NamedImport): ValueId[] {
  if (entry.use.drop === null || local === null) return [];
  const calls = calleesIn(facts);
  return usesOf(facts, local).flatMap((id) => calls.get(id) ?? []);
}

function movedName(context: Context, facts: FileFacts, name: NamedImport): MovedImport {
  const { entry, local, exported } = name;
  return {
    imported: entry.name,
    local: local === null ? null : (facts.locals[local]?.name ?? null),
    ...(exported === undefined ? {} : { exported }),
    to: useOf(context, facts.file, entry.use),
    calls: entry.use.drop === 'call' ? callsOf(facts, name).flatMap((id) => facts.values[id]?.span ?? []) : null,
  };
}

/** The new name as the file must import and write it. */
export function useOf(context: Context, file: string, { module, name }: { module: string; name: string }): AccessorUse {
  const facts = fileOfModule(context, module)?.facts;
  const kind = facts ? kindOfName(facts, name) : null;
  const called = kind === 'function' || kind === 'coroutine';
  return {
    name,
    specifier: isSourcePath(module) ? relativeSpecifier(context, file, module) : module,
    form: name === 'default' ? 'default' : 'named',
    args: [],
    awaited: kind === 'coroutine',
    ...(called ? {} : { instance: true as const }),
  };
}

/** Names of the functions and classes around a scope, outermost first. */
export function symbolOf({ scopes }: FileFacts, scope: number): string[] {
  const names: string[] = [];
  for (let at: number | null = scope; at !== null; at = scopes[at]?.parent ?? null) {
    const name = scopes[at]?.name;
    if (name !== null && name !== undefined) names.unshift(name);
  }
  return names;
}
