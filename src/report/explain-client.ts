/** What is known of the client of a site: its way, what is done with it, where it connects. */

import type { Reason, Site } from '../model/site.js';
import { reasonText } from './explain-verdict.js';
import type { ExplainedOption, ExplainedUse, SiteExplanation } from './explanation.js';
import type { View } from './layout.js';
import { paired, part } from './sections.js';

/** Way, uses, libraries that get it, where it is lost, role, purpose, identity, options. */
export function clientParts(all: SiteExplanation, view: View): string[] {
  const handed = all.handed.map(({ library, api, at }): Pair => [at, given(library, api)]);
  const escapes = all.escapes.map(({ message, at }): Pair => [at ?? '', message]);
  const options = all.options.map((one): Pair => [one.name, optionText(one)]);
  return [
    part(
      'Way of the client',
      shortened(all.way, ({ text, at }) => [at, text], view),
      view,
    ),
    part(`Uses (${all.uses.length})`, usesOf(all, view), view),
    part('Given to libraries', paired(handed, view), view),
    part('Lost from sight', paired(escapes, view), view),
    part('Role', roleLines(all, view), view),
    part('Purpose', purposeLines(all, view), view),
    part('Identity', identityLines(all.site, view), view),
    part('Options (S meaning, P policy, C connection)', paired(options, view), view),
  ];
}

type Pair = readonly [string, string];

const OUTCOMES: Record<SiteExplanation['options'][number]['outcome'], string> = {
  identity: 'says where it connects',
  dropped: 'goes, the accessor’s own counts',
  equal: 'as the accessor has it',
  differs: 'differs from the accessor',
  'without-effect': 'unknown to the library',
  'not-compared': 'not compared',
};

/** `5 · P · differs from the accessor`; what says where a client connects has no class of its own to people. */
function optionText({ value, outcome, class: letter }: ExplainedOption): string {
  const parts = [value, ...(letter === null || outcome === 'identity' ? [] : [letter]), OUTCOMES[outcome]];
  return parts.join(' · ');
}

function given(library: string, api: string | null): string {
  return api === null ? `${library}, which is not in the table` : `${api} of ${library}`;
}

const MOST = 40;

/** A long list is cut: the JSON has all. */
function shortened<T>(all: readonly T[], toPair: (one: T) => Pair, view: View): string[] {
  const more = all.length - MOST;
  return [
    ...paired(all.slice(0, MOST).map(toPair), view),
    ...(more > 0 ? [view.color.dim(`  and ${more} more (\`--format json\` has all)`)] : []),
  ];
}

function usesOf({ uses, client }: SiteExplanation, view: View): string[] {
  if (client !== null && uses.length === 0) return ['  none that can be seen'];
  return shortened(uses, (use) => [use.at, useText(use)], view);
}

function useText({ member, kind, within, chained, loop, hook, test, shared }: ExplainedUse): string {
  const how = { call: '', read: ' read', write: ' written' }[kind];
  const facts = [
    `${member === null ? 'a computed member' : `.${member}`}${how}`,
    chained === 'multi' ? 'in a MULTI' : chained === 'pipeline' ? 'in a pipeline' : '',
    within === null ? '' : `in \`${within}\``,
    loop ? 'in a loop' : '',
    hook === null ? '' : `on ${hook}`,
    test ? 'in a test' : '',
    shared ? 'other clients come here too' : '',
  ];
  return facts.filter((one) => one !== '').join(' · ');
}

function roleLines({ role }: SiteExplanation, view: View): string[] {
  if (role === null) return [];
  const nothing = 'nothing that is done with it needs a connection of its own';
  const why = evidenceOf(role.evidence) || (role.is === 'command' ? nothing : 'see the reasons below');
  return paired([[role.is, why]], view);
}

function purposeLines({ purpose }: SiteExplanation, view: View): string[] {
  if (purpose === null) return [];
  return paired([[purpose.is, evidenceOf(purpose.evidence) || 'nothing says what it is for']], view);
}

/** Their message begins with what stands before them already. */
function evidenceOf(reasons: readonly Reason[]): string {
  return reasons
    .map((one) => reasonText({ ...one, message: one.message.replace(/^(?:Role|Purpose) [a-z-]+: /, '') }))
    .join(' ');
}

function identityLines({ identity, database }: Site, view: View): string[] {
  if (identity === null) return [];
  const stated = Object.entries(identity.terms).filter(([name, term]) => name !== 'library' && term !== 'default');
  return paired([...stated, ['named database', database ?? 'none']], view);
}
