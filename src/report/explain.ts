/** The answer of `explain` for a terminal. */

import { paintedDiff } from './apply.js';
import { clientParts } from './explain-client.js';
import { reasonText, remediesPart, verdictPart } from './explain-verdict.js';
import type { CodeExplanation, Explanation, SiteExplanation } from './explanation.js';
import { count, page, type View, wrap } from './layout.js';
import { painted } from './reasons.js';
import { paired, part } from './sections.js';

/** A site: place, way, uses, role, purpose, identity, options, verdict, unit, what to do, the edit. A code: its meaning. */
export function explainPretty(explanation: Explanation, view: View): string {
  return 'code' in explanation ? codePage(explanation, view) : sitePage(explanation, view);
}

const EFFECTS = {
  keep: 'The site stays as it is; no flag overrides that.',
  review: 'The edit exists, and a person must accept it (`--include review`).',
  note: 'It only tells; the verdict does not depend on it.',
};

const KINDS = {
  reason: 'a reason of a verdict',
  refusal: 'why something was not written',
  finding: 'a finding',
  violation: 'a violation of `check`',
};

function codePage({ code, kind, effect, means, byHand }: CodeExplanation, view: View): string {
  return page([
    `${view.color.bold(code)}: ${KINDS[kind]}`,
    wrap(means, view.width),
    effect === null ? '' : wrap(EFFECTS[effect], view.width),
    byHand === null ? '' : part('What to do', [`  ${wrap(byHand, view.width - 2, '  ')}`], view),
  ]);
}

function sitePage(all: SiteExplanation, view: View): string {
  const findings = all.findings.map(({ code, message }) => [code, message] as const);
  return page([
    headline(all, view),
    ...clientParts(all, view),
    verdictPart(all, view),
    part('Findings', paired(findings, view), view),
    relatedPart(all, view),
    unitPart(all, view),
    remediesPart(all, view),
    editPart(all, view),
  ]);
}

const RELATIONS: Record<SiteExplanation['related'][number]['relation'], string> = {
  opens: 'opens for this call',
  'called-by': 'calls what opens here',
  'part-of': 'this is a part of it',
  holds: 'a part of this',
  duplicates: 'is duplicated here',
  'duplicated-by': 'duplicates this',
};

function headline({ site, client }: SiteExplanation, view: View): string {
  const name = `${site.file}:${site.line}:${site.column}`;
  const library = [site.library, client?.version].filter(Boolean).join(' ');
  const facts = [site.id, site.category, site.api, library, site.container, site.mode, site.zone];
  const where = [
    client?.bound ? boundText(client.bound) : '',
    client && client.within.length > 0 ? `inside of \`${client.within.join('.')}\`` : '',
    client ? (client.once ? 'made once per process' : 'made each time the code runs') : '',
  ];
  const line = (parts: readonly (string | null)[]) => {
    const text = parts.filter((one) => one !== null && one !== '').join(' · ');
    return text === '' ? [] : [`  ${wrap(text, view.width - 2, '  ')}`];
  };
  const lead = `${painted(site.verdict, view)}  `;
  return [
    lead + view.color.bold(wrap(name, view.width - site.verdict.length - 2, '  ')),
    ...line(facts),
    ...line(where),
  ].join('\n');
}

/** Trace names an argument by its index. */
function boundText(bound: string): string {
  const index = /^argument (\d+)$/.exec(bound)?.[1];
  return index === undefined ? `kept in \`${bound}\`` : `argument ${Number(index) + 1} of a call`;
}

function relatedPart({ related }: SiteExplanation, view: View): string {
  const lines = related.map(({ relation, site }) => [site.at, `${RELATIONS[relation]} · ${site.verdict}`] as const);
  return part('Other sites', paired(lines, view), view);
}

function unitPart({ unit, site }: SiteExplanation, view: View): string {
  if (unit === null) return '';
  const others = unit.sites.filter(({ id }) => id !== site.id);
  if (others.length === 0) return '';
  const title = `Unit ${unit.id}: changes together with ${count(others.length, 'other site')}`;
  return part(
    title,
    paired(
      others.map(({ at, verdict }) => [at, verdict]),
      view,
    ),
    view,
  );
}

function editPart({ edit, site }: SiteExplanation, view: View): string {
  if (edit === null) return '';
  const review = site.verdict === 'review' ? ' --include review' : '';
  const command = `redis-migrate apply --sites ${site.id}${review}`;
  const masked = 'Secrets in this diff are masked: it cannot be applied.';
  if (edit.files.length === 0)
    return part(
      'No edit',
      edit.refused.map((one) => `  ${wrap(reasonText(one), view.width - 2, '  ')}`),
      view,
    );
  return [
    part('Edit', [`  ${wrap(command, view.width - 2, '  ')}`], view),
    edit.masked ? view.color.yellow(masked) : '',
    ...edit.files.map(({ diff }) => paintedDiff(diff, view)),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}
