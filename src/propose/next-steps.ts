/** What a person has to do after `init`, and what it could not do. */

import { PRESETS, presetFor } from '../accessors/index.js';
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
  steps.push(...otherSteps(others, preset));
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

/** Openings that are not of the preset's library, by what is in the way: the address, or that no scaffold gives such clients. */
function otherSteps(others: readonly Site[], preset: string): string[] {
  const base = PRESETS[preset];
  const lacksAddress = ({ identity, library }: Site) =>
    !identity?.key && library !== null && base !== undefined && presetFor(base, library) !== null;
  const unknown = others.filter(lacksAddress);
  const known = others.filter((site) => !lacksAddress(site));
  const steps: string[] = [];
  if (unknown.length > 0) {
    const [{ file, line }] = unknown as [Site];
    steps.push(
      `${countOf(unknown)} of ${librariesOf(unknown)} ${unknown.length === 1 ? 'leads' : 'lead'} to an address that is not known, so no accessor is proposed for ${unknown.length === 1 ? 'it' : 'them'}: \`redis-migrate explain ${file}:${line}\` says why.`,
    );
  }
  if (known.length > 0) {
    const keys = [...new Set(known.flatMap(({ identity }) => identity?.key ?? []))].sort();
    steps.push(
      `${countOf(known)} ${known.length === 1 ? 'is' : 'are'} of ${librariesOf(known)}, for which there is no accessor to scaffold: write one, and name it under \`accessors\` in the configuration.${keys.length > 0 ? ` Addresses: ${keys.join(', ')}.` : ''}`,
    );
  }
  return steps;
}

function countOf({ length }: readonly Site[]): string {
  return length === 1 ? '1 opening' : `${length} openings`;
}

function librariesOf(sites: readonly Site[]): string {
  return [...new Set(sites.flatMap(({ library }) => library ?? []))].sort().join(', ');
}
