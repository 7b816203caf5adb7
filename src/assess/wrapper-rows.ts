/** Rows of instantiations of the classes that the configuration names: the instance that all share stands for them. */

import { languageOfModule } from '../languages/module-language.js';
import type { Wrapper } from '../model/config.js';
import type { Construction } from '../model/construction.js';
import type { FileFacts } from '../model/facts.js';
import type { Purpose, Reason } from '../model/site.js';
import { argumentThatFails } from './calls-that-fail.js';
import { type Context, factsOf } from './context.js';
import { type ChangingRow, fileReasons, useOf } from './deprecated-rows.js';
import { exemptionOf } from './exempt.js';
import { wrapperRow } from './indirect.js';
import { instanceReasons } from './instance-reasons.js';
import { membersOf } from './instances.js';
import type { Placed } from './lifecycle.js';
import { fileOfModule, kindOfName } from './modules.js';
import type { Replaced } from './patches.js';
import { cycleTo, isAccessorFile } from './reach.js';
import { reason, sortedReasons, verdictOf } from './reasons.js';
import { purposeOfObjects } from './replacement-purpose.js';
import { blank, place } from './sites.js';
import { unusedMember } from './unused-member.js';

/** A construction with the entry of the configuration that names its class. */
export interface Wrapped {
  made: Construction;
  wrapper: Wrapper & { instance: string };
}

/** Constructions of classes for which an instance is named. */
export function wrappedConstructions(context: Context): Wrapped[] {
  return context.trace.constructions.flatMap((made) => {
    const wrapper = context.config.wrappers.find(
      (one) => one.class === made.className && fileOfModule(context, one.module)?.facts.file === made.declaredIn,
    );
    const language = factsOf(context, made.file)?.language === 'python' ? 'python' : 'javascript';
    if (!wrapper || wrapper.instance === null || languageOfModule(wrapper.module) !== language) return [];
    return isAccessorFile(context, made.file) ? [] : [{ made, wrapper: { ...wrapper, instance: wrapper.instance } }];
  });
}

/** Row of one construction. What it opens, if it is seen to, is told as for any wrapper. */
export function wrappedRow(context: Context, { made, wrapper }: Wrapped): ChangingRow & { purpose: Purpose } {
  const opened = context.trace.wrapperInstances.find(({ file, value }) => file === made.file && value === made.value);
  const known = opened && wrapperRow(context, opened);
  const facts = factsOf(context, made.file);
  const exempt = exemptionOf(facts, made.file, made.at.line, context.config);
  const purposed = facts && !known?.site.purpose ? purposeOfObjects(facts, [made.value]) : null;
  const unused = facts ? unusedMember(context, facts, made) : [];
  const reasons = [
    ...(facts ? wrapperReasons(context, facts, made, wrapper) : []),
    ...(exempt ? [reason('exempt', { by: exempt.by, reason: exempt.reason })] : []),
    ...(known?.site.reasons.filter(({ code }) => code === 'role' || code === 'purpose') ?? []),
    ...(purposed?.reasons ?? []),
    ...(unused.length > 0 ? [reason('member-unused', { member: made.bound ?? '' })] : []),
  ];
  const site = {
    ...blank(context, 'wrapper-instance', made),
    ...known?.site,
    ...(purposed ? { purpose: purposed.purpose } : {}),
    library: 'own',
    api: `new ${wrapper.class}`,
    container: made.container,
    pattern: 'wrapper-instance' as const,
    priority:
      context.files.get(made.file)?.zone === 'production' && !exempt ? ('immediate' as const) : ('none' as const),
    verdict: verdictOf(reasons),
    reasons: sortedReasons(reasons),
    exempt,
  };
  return {
    site,
    identified: { ...place(made), symbol: made.symbol, category: 'wrapper-instance' },
    purpose: site.purpose ?? 'unknown',
    changes: site.verdict === 'keep' ? [] : changesOf(context, made, wrapper, unused),
    leaves: unused.length > 0 || !facts ? [] : [leftBehind(context, facts, made, wrapper)],
  };
}

/** The class, by the name that the call has for it: a test that replaces it there no longer replaces what is used. */
function leftBehind(context: Context, facts: FileFacts, made: Construction, wrapper: Wrapped['wrapper']): Replaced {
  const call = facts.values[made.value];
  const callee = call?.kind === 'call' ? facts.values[call.callee] : undefined;
  const local = callee?.kind === 'reference' ? (facts.locals[callee.local]?.name ?? null) : null;
  const to = useOf(context, made.file, { module: wrapper.module, name: wrapper.instance });
  return { module: made.declaredIn, name: wrapper.class, local, stays: false, to };
}

/** The field that nobody reads goes; else the instance stands where the call stood. */
function changesOf(context: Context, made: Construction, wrapper: Wrapped['wrapper'], unused: Placed[]): Placed[] {
  if (unused.length > 0) return unused;
  const use = useOf(context, made.file, { module: wrapper.module, name: wrapper.instance });
  return [{ file: made.file, instruction: { kind: 'replace-call', span: made.span, use } }];
}

function wrapperReasons(context: Context, facts: FileFacts, made: Construction, wrapper: Wrapped['wrapper']): Reason[] {
  const { class: name, instance } = wrapper;
  if (made.file === made.declaredIn) return [reason('instance-itself', { name })];
  const home = factsOf(context, made.declaredIn);
  const reasons = [reason('instance-of', { name, instance }), ...fileReasons(facts)];
  if (!made.sure) reasons.push(reason('instance-unsure', { name }));
  if (home) reasons.push(...standReasons(context, home, wrapper));
  const stand = { name, members: home ? membersOf(home, name) : null };
  const uses = instanceReasons(context, facts, made.value, name, stand);
  reasons.push(...uses.map((one) => orFails(home, facts, made, one)));
  const cycle = cycleTo(context, made.declaredIn, made.file);
  if (cycle !== null && !importsAlready(context, made))
    reasons.push(reason('import-cycle', { way: cycle.join(' → ') }));
  return reasons;
}

/** Arguments that the class does not have are no loss: the call fails. */
function orFails(home: FileFacts | null, facts: FileFacts, made: Construction, found: Reason): Reason {
  const call = facts.values[made.value];
  if (found.code !== 'instance-arguments' || !home || call?.kind !== 'call') return found;
  const argument = argumentThatFails(home, made.className, call);
  return argument === null ? found : reason('instance-call-fails', { name: made.className, argument }, made.at);
}

/** The instance is an object of the class, or a function that needs nothing. */
function standReasons(
  { trace }: Context,
  home: FileFacts,
  { module, class: name, instance }: Wrapped['wrapper'],
): Reason[] {
  const unknown = (why: string) => [reason('instance-unknown', { instance, module, why })];
  const kind = kindOfName(home, instance);
  const named = home.exports.find((one) => one.name === instance);
  const value = named && named.value !== null ? home.values[named.value] : undefined;
  if (kind === null || value?.kind !== 'reference') return unknown('the module has no such name');
  const declared = home.locals[value.local]?.declares ?? null;
  if (kind === 'function' || kind === 'coroutine') {
    const params = declared === null ? [] : (home.scopes[declared]?.params ?? []);
    return params.some((one) => one.default === null && !one.rest) ? unknown('it asks for arguments') : [];
  }
  const flows = home.flows.filter(({ place: at }) => at.kind === 'local' && at.local === value.local);
  const made = trace.constructions.filter(
    (one) => one.file === home.file && one.className === name && flows.some((flow) => flow.value === one.value),
  );
  if (made.length === 0 || made.length !== flows.length) return unknown(`it is not seen to be a \`${name}\``);
  const [call] = made.flatMap((one) => home.values[one.value] ?? []);
  return call?.kind === 'call' && call.args.length > 0 ? [reason('instance-other-arguments', { instance })] : [];
}

/** The file imports the module of the class already, when it is loaded. */
function importsAlready({ files }: Context, { file, declaredIn }: Construction): boolean {
  const entry = files.get(file);
  return (entry?.facts.imports ?? []).some(({ specifier, scope }) => {
    const found = entry?.resolutions[specifier];
    return scope === 0 && found?.kind === 'file' && found.file === declaredIn;
  });
}
