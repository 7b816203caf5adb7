/** How sites have to do with each other. */

import type { Taken } from '../migrate.js';
import type { Site, Trace } from '../model.js';
import type { Relation, SiteExplanation, SitePlace } from '../report/explanation.js';
import { clientOf, factoryCallOf, instanceOf, openingOf } from './client.js';

export function placeOfSite({ id, file, line, verdict }: Site): SitePlace {
  return { id, at: `${file}:${line}`, verdict };
}

/** Sites that open for a call, calls that an opening serves, the opening of a URL, duplicates. In the order of sites. */
export function relatedSites(site: Site, { sites, trace }: Taken): SiteExplanation['related'] {
  return sites.flatMap((other) => {
    const relation = other === site ? null : relationOf(site, other, trace);
    return relation === null ? [] : [{ relation, site: placeOfSite(other) }];
  });
}

function relationOf(site: Site, other: Site, trace: Trace): Relation | null {
  if (site.partOf === other.id) return 'part-of';
  if (other.partOf === site.id) return 'holds';
  if (opensFor(other, site, trace)) return 'opens';
  if (opensFor(site, other, trace)) return 'called-by';
  const [own, theirs] = [openingOf(site, trace), openingOf(other, trace)];
  if (own && theirs && own.duplicates?.includes(theirs.index)) return 'duplicates';
  return own && theirs?.duplicates?.includes(own.index) ? 'duplicated-by' : null;
}

/** Whether a call of a factory gets its client from an opening, or an instantiated class opens, calls a factory or has such a class. */
function opensFor(maker: Site, site: Site, trace: Trace): boolean {
  if (site.category === 'factory-call') {
    const opening = openingOf(maker, trace);
    if (opening === null) return false;
    return factoryCallOf(site, trace)?.openings.includes(opening.index) ?? false;
  }
  const instance = instanceOf(site, trace);
  if (instance === null || maker.file !== instance.declaredIn) return false;
  const made = clientOf(maker, trace) ?? instanceOf(maker, trace);
  return made?.symbol.includes(instance.className) ?? false;
}
