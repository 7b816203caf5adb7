/** What trace knows of a site. */

import type { FactoryCall, FollowedClient, Opening, Site, Trace, WrapperInstance } from '../model.js';

type Placed = Pick<FollowedClient, 'file' | 'at' | 'endLine' | 'endColumn'>;

function isAt(site: Site) {
  return ({ file, at, endLine, endColumn }: Placed): boolean =>
    file === site.file &&
    at.line === site.line &&
    at.column === site.column &&
    endLine === site.endLine &&
    endColumn === site.endColumn;
}

/** The opening that a site is; null when it is none. */
export function openingOf(site: Site, { openings }: Trace): Opening | null {
  return site.category === 'client' ? (openings.find(isAt(site)) ?? null) : null;
}

/** The call of the project's own factory that a site is; null when it is none. */
export function factoryCallOf(site: Site, { factoryCalls }: Trace): FactoryCall | null {
  return site.category === 'factory-call' ? (factoryCalls.find(isAt(site)) ?? null) : null;
}

/** The client that a site gives, with its way: of an opening, of a factory call, of an instance of the project's own class. */
export function clientOf(site: Site, trace: Trace): FollowedClient | null {
  return factoryCallOf(site, trace) ?? openingOf(site, trace) ?? instanceOf(site, trace);
}

/** The instantiation of one of the project's own classes that a site is; null when it is none. */
export function instanceOf(site: Site, { wrapperInstances }: Trace): WrapperInstance | null {
  return site.category === 'wrapper-instance' ? (wrapperInstances.find(isAt(site)) ?? null) : null;
}

/** Sites whose client is used, handed over or lost at a place; any line when `line` is null. */
export function sitesUsedAt(file: string, line: number | null, sites: readonly Site[], trace: Trace): Site[] {
  return sites.filter((site) => {
    const client = clientOf(site, trace);
    if (client === null) return false;
    const places = [...client.uses, ...client.handed, ...client.escapes, ...client.way].map(({ at }) => at);
    return places.some((at) => at.file === file && (line === null || at.line === line));
  });
}
