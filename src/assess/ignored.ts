/** Findings about arguments that name an address and that the library ignores: the code does not open what it says. */

import type { Finding } from '../model/site.js';
import type { Trace } from '../model/traced.js';
import { effectiveOptions } from './arguments.js';

/** One finding for each opening whose address is ignored in every way that its arguments can turn out. */
export function ignoredFindings({ openings }: Trace): Finding[] {
  return openings.flatMap((opening) => {
    const ways = opening.duplicates === null ? effectiveOptions(opening, openings) : [];
    const [first] = ways.flatMap(({ ignored }) => ignored ?? []);
    if (!first || ways.some(({ ignored }) => ignored === undefined)) return [];
    const { library, version, file, at } = opening;
    const message = `${library} ${version ?? ''} opens localhost:6379 here, whatever the arguments say: ${first.what}.`;
    return [{ code: 'address-ignored', severity: 'medium' as const, file, line: at.line, message }];
  });
}
