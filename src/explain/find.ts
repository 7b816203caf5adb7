/** Which site or code a person means. */

import { posix, relative, resolve, sep } from 'node:path';
import { similar } from '../config/similar.js';
import { UserError } from '../errors.js';
import type { Taken } from '../migrate.js';
import type { Decision } from '../model/decision.js';
import type { Site } from '../model.js';
import { zoneOf } from '../scan/zones.js';
import { sitesUsedAt } from './client.js';
import { CODES } from './codes.js';

const MOST = 6;
const PLACE = /^(.+?)(?::(\d+))?(?::(\d+))?$/;

/** Whether a word can be the id of a site or of a unit, or a place: else only a code was meant. */
export function mayBeSite(what: string): boolean {
  return isPlace(what) || /^(?:u-)?[0-9a-f]+$/i.test(what);
}

function isPlace(what: string): boolean {
  return /[/.\\]|:\d+$/.test(what);
}

/** The error for a word that is no code and cannot be a site. */
export function unknownCode(what: string): UserError {
  const near = [similar(what, CODES), ...CODES.filter((code) => code.includes(what))];
  const known = [...new Set(near.flatMap((code) => code ?? []))].slice(0, MOST);
  const sites = 'A site is named by its id, the beginning of its id, or file:line.';
  return new UserError(
    `${what} is neither a site nor a code`,
    known.length > 0 ? `Near: ${known.join(', ')}. ${sites}` : sites,
  );
}

/**
 * The site of an id, of the beginning of an id, of a unit with one site, or of a place (`file`, `file:line`,
 * `file:line:column`; the file from the root or from where the person stands). Throws a `UserError` with the nearest sites
 * when there is none, and with all that fit when there are several.
 */
export function findSite(what: string, taken: Taken): Site {
  return isPlace(what) ? atPlace(what, taken) : ofId(what.toLowerCase(), taken);
}

/**
 * The decision on a site, named as `findSite` takes it; one whose site is no more also by the place where it was made.
 * Throws a `UserError` with the decisions that there are when there is none, and when several fit.
 */
export function findDecision(what: string, all: readonly Decision[], taken: Pick<Taken, 'sites' | 'root'>): Decision {
  const now = new Map(taken.sites.map((site) => [site.id, site]));
  const [, path = what, lineText] = PLACE.exec(what) ?? [];
  const files = namesOf(path, taken.root);
  const isThere = ({ file, line }: { file: string; line: number }) =>
    files.includes(file) && (lineText === undefined || line === Number(lineText));
  const found = all.filter((one) =>
    isPlace(what) ? isThere(now.get(one.site) ?? one) : one.site.startsWith(what.toLowerCase()),
  );
  const [first] = found;
  if (first && found.length === 1) return first;
  const named = (found.length > 0 ? found : all).slice(0, MOST);
  const shown = named.map((one) => `${one.site} (${one.file}:${one.line} ${one.decision})`).join('; ');
  if (first) throw new UserError(`${what} fits ${found.length} decisions`, `Name one: ${shown}.`);
  throw new UserError(`there is no decision on ${what}`, shown === '' ? 'None was made.' : `There are: ${shown}.`);
}

function ofId(what: string, { sites }: Taken): Site {
  const exact = sites.filter(({ id }) => id === what);
  const found =
    exact.length > 0
      ? exact
      : sites.filter(({ id, unit }) => `${id}\0${unit}`.split('\0').some((one) => one.startsWith(what)));
  const [first] = found;
  if (first && found.length === 1) return first;
  if (first) throw several(what, found);
  const near = [...sites].sort((a, b) => common(b.id, what) - common(a.id, what) || (a.id < b.id ? -1 : 1));
  const shown = near.filter(({ id }) => common(id, what) > 1).slice(0, MOST);
  throw new UserError(
    `no site has an id that begins with ${what}`,
    shown.length > 0
      ? `Near: ${shown.map(line).join('; ')}.`
      : '`redis-migrate scan` lists the sites; each can be named by file:line as well.',
  );
}

/** How many characters two words begin with together. */
function common(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function atPlace(what: string, taken: Taken): Site {
  const [, path = what, lineText, columnText] = PLACE.exec(what) ?? [];
  const files = namesOf(path, taken.root);
  const file = files.find((name) => taken.sites.some((site) => site.file === name));
  if (file === undefined) throw noSiteIn(path, files, taken, lineText === undefined ? null : Number(lineText));
  const here = taken.sites.filter((site) => site.file === file);
  if (lineText === undefined) return only(what, here);
  const number = Number(lineText);
  const starting = here.filter((site) => site.line === number);
  const around = starting.length > 0 ? starting : here.filter((s) => s.line <= number && number <= s.endLine);
  if (around.length === 0) throw noSiteAt(what, file, number, taken);
  const inColumn = around.filter(({ column }) => columnText === undefined || column === Number(columnText));
  return only(what, inColumn.length > 0 ? inColumn : around);
}

/** Of an opening and the URL inside of it, the opening is meant. */
function only(what: string, found: readonly Site[]): Site {
  const whole = found.filter(({ partOf }) => partOf === null);
  const [first] = whole.length > 0 ? whole : found;
  if (first && (whole.length === 1 || found.length === 1)) return first;
  throw several(what, found);
}

function several(what: string, found: readonly Site[]): UserError {
  const shown = found.slice(0, MOST).map(line);
  const more = found.length > MOST ? `; and ${found.length - MOST} more` : '';
  return new UserError(`${what} fits ${found.length} sites`, `Name one: ${shown.join('; ')}${more}.`);
}

function line({ id, file, line, column, api, category }: Site): string {
  return `${id} (${file}:${line}:${column} ${api ?? category})`;
}

/** The path as seen from the root, then as seen from where the person stands. */
function namesOf(path: string, root: string): string[] {
  const fromRoot = posix.normalize(path.split(sep).join('/'));
  const fromHere = relative(root, resolve(path)).split(sep).join('/');
  return [...new Set([fromRoot, fromHere])].filter((name) => !name.startsWith('../'));
}

function noSiteIn(
  path: string,
  names: readonly string[],
  { sites, project, trace }: Taken,
  number: number | null,
): UserError {
  const parsed = names.find((name) => project.files.some(({ facts }) => facts.file === name));
  if (parsed !== undefined && zoneOf(parsed) === 'test') {
    return new UserError(`${path} is a test, and sites in tests are not listed`, 'Say --include-tests.');
  }
  const failed = project.failed.find(({ file }) => names.includes(file));
  if (failed) return new UserError(`${path} could not be read: ${failed.message}`);
  const used = parsed === undefined ? [] : usedIn(parsed, number, sites, trace);
  if (used.length > 0) return new UserError(`there is no site in ${path}`, usedThere(used));
  const files = [...new Set(sites.map(({ file }) => file))];
  const last = (file: string) => file.slice(file.lastIndexOf('/') + 1);
  const below = files.filter((file) => names.some((name) => file.startsWith(`${name.replace(/\/$/, '')}/`)));
  const near = [...below, similar(names[0] ?? path, files), ...files.filter((file) => last(file) === last(path))];
  const shown = [...new Set(near.flatMap((file) => file ?? []))].slice(0, MOST);
  const hint = shown.length > 0 ? `Near: ${shown.join(', ')}.` : '`redis-migrate scan` lists the sites.';
  return new UserError(`there is no site in ${path}`, hint);
}

/** Sites used on the line; when there are none, sites used in the file. */
function usedIn(file: string, number: number | null, sites: readonly Site[], trace: Taken['trace']): Site[] {
  const there = sitesUsedAt(file, number, sites, trace);
  return there.length > 0 ? there : sitesUsedAt(file, null, sites, trace);
}

function noSiteAt(what: string, file: string, number: number, { sites, trace }: Taken): UserError {
  const used = sitesUsedAt(file, number, sites, trace);
  if (used.length > 0) return new UserError(`there is no site at ${what}`, usedThere(used));
  const far = (site: Site) => Math.abs(site.line - number);
  const near = sites.filter((site) => site.file === file).sort((a, b) => far(a) - far(b) || a.line - b.line);
  return new UserError(`there is no site at ${what}`, `Near: ${near.slice(0, MOST).map(line).join('; ')}.`);
}

function usedThere(used: readonly Site[]): string {
  return `A client that is opened elsewhere is used there: ${used.slice(0, MOST).map(line).join('; ')}.`;
}
