/** What a person has to do after `init`, and what it could not do. */

import type { GuardRule } from '../model/guard.js';
import type { Finding, Site } from '../model.js';
import { CONFIG_FILE, type ExistingAccessor } from './existing.js';
import type { Grouped } from './groups.js';

export interface Outcome {
  grouped: Grouped;
  /** Openings that the preset is for. */
  openings: readonly Site[];
  /** Openings of libraries that the preset is not for. */
  others: readonly Site[];
  findings: readonly Finding[];
  /** Accessors of the configuration that are not written yet. */
  missing: readonly string[];
  /** Functions of the tree that the configuration names. */
  existing: readonly ExistingAccessor[];
  preset: string;
}

/** In order: what was not proposed and why, what is to be written, how to go on. */
export function nextSteps(outcome: Outcome): string[] {
  const { grouped, openings, others, missing, preset, existing } = outcome;
  const steps = [...credentialSteps(outcome)];
  for (const { key, reason } of grouped.refused) steps.push(`${key}: no database is proposed: ${reason.message}.`);
  if (openings.length === 0 && others.length === 0) steps.push('No file opens a connection that could move.');
  else if (openings.length > 0 && grouped.databases.length === 0) {
    steps.push('No opening has an address that can be used: state your databases in the configuration by hand.');
  }
  for (const one of existing) steps.push(...existingSteps(one, grouped));
  if (others.length > 0) steps.push(otherStep(others));
  if (missing.length > 0) {
    const again = `remove ${CONFIG_FILE} and run \`redis-migrate init --yes --scaffold ${preset}\``;
    steps.push(
      grouped.databases.length > 0 ? `Write ${missing.join(', ')}, or ${again}.` : `Write ${missing.join(', ')}.`,
    );
  }
  steps.push('Look through the configuration and commit it.');
  if (missing.length > 0 || openings.length === 0) steps.push('Run `redis-migrate scan` to see what is there.');
  else steps.push('Run `redis-migrate plan`, then `redis-migrate apply --batch next --dry-run`.');
  return steps;
}

/** How to go on after lint rules were written, or are to be. */
export function guardSteps(guard: readonly GuardRule[]): string[] {
  const byHand = guard.filter(({ state }) => state === 'by-hand');
  const written = guard.some(({ state }) => state === 'written');
  return [
    ...(byHand.length > 0 ? ['Add the lint rules below by hand: their files cannot be edited surely.'] : []),
    ...(written ? ['Run your linter, look at the change of its configuration, and commit it.'] : []),
    ...(guard.length > 0
      ? ['Run `redis-migrate init --guard` again after batches: files that have moved come under the rules.']
      : []),
  ];
}

const MOST_PLACES = 5;

/** Where a credential is written in the code: no database is proposed for such an address. */
function credentialSteps({ findings, openings }: Outcome): string[] {
  const files = new Set(openings.map(({ file }) => file));
  const places = findings
    .filter(({ code, file }) => code === 'literal-credential' && files.has(file))
    .map(({ file, line }) => `${file}:${line}`);
  if (places.length === 0) return [];
  const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : '';
  const shown = places.slice(0, MOST_PLACES).join(', ');
  return [
    `A credential is written in the code at ${shown}${more}: move it to the environment and change it. Until then its address gets no database.`,
  ];
}

function existingSteps({ name, identity, policy }: ExistingAccessor, { databases, sites }: Grouped): string[] {
  const rest = [...sites].reduce((sum, [key, all]) => (key === identity ? sum : sum + all.length), 0);
  const steps: string[] = [];
  if (identity === null) steps.push(`Where \`${name}\` connects cannot be computed: every site stays until it can.`);
  else if (rest > 0 || databases.length > 1) {
    steps.push(`\`${name}\` gives ${identity} only: ${rest} ${rest === 1 ? 'site' : 'sites'} of other addresses stay.`);
  }
  if (policy.length > 0)
    steps.push(`\`${name}\` sets ${policy.join(', ')}, which the configuration cannot state: compare by hand.`);
  return steps;
}

function otherStep(others: readonly Site[]): string {
  const libraries = [...new Set(others.flatMap(({ library }) => library ?? []))].sort().join(', ');
  const keys = [...new Set(others.flatMap(({ identity }) => identity?.key ?? []))].sort();
  const addresses = keys.length > 0 ? ` Addresses: ${keys.join(', ')}.` : '';
  const count = others.length === 1 ? '1 opening is' : `${others.length} openings are`;
  return `${count} of ${libraries}, for which there is no accessor to scaffold: write one, and name it under \`accessors\` in the configuration.${addresses}`;
}
