/** Findings about how long clients live: connections that are opened again and again. */

import type { Finding } from '../model/site.js';
import type { FollowedClient, Opening, Trace } from '../model/traced.js';
import { compare } from './order.js';
import { isDedicated, roleOf } from './roles.js';

/**
 * Openings and factory calls that run for each request or in each turn of a loop, without a memo. A client that is not
 * closed again is a leak (high); one that is costs a connection each time (medium), which a client with a role of its own
 * may be worth (low). In the order of files and lines.
 */
export function lifetimeFindings(
  { openings, factoryCalls }: Trace,
  isProduction: (file: string) => boolean,
): Finding[] {
  const called = factoryCalls.flatMap((call) => {
    const [first] = call.openings.flatMap((index) => openings[index] ?? []);
    return first ? [{ ...first, ...call, api: `${call.name}()`, duplicates: null }] : [];
  });
  const inFactories = new Set(factoryCalls.flatMap((call) => call.openings));
  return [...openings.filter(({ index }) => !inFactories.has(index)), ...called]
    .filter((one) => isProduction(one.file) && isWasteful(one))
    .map((one) => findingOf(one, openings))
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line);
}

/**
 * What a factory gives back is judged where the factory is called, what an instance keeps where it is made; in a loop,
 * clients may be made for a list of them.
 */
function isWasteful({ often, once, container }: FollowedClient): boolean {
  if (often === null || once) return false;
  return container === 'function-local' || (often.by === 'request' && container === 'argument');
}

function findingOf(opening: Opening, openings: readonly Opening[]): Finding {
  const { role, members } = roleOf(opening, openings);
  const { often, api, file, at } = opening;
  const closed = members.some(({ member }) => member.kind === 'closes');
  const where = often ? `${often.at.file}:${often.at.line}` : '';
  const when =
    often?.by === 'loop' ? `in each turn of the loop at ${where}` : `for each \`${often?.handler}\` (${where})`;
  const cost = isDedicated(role) ? `as its role \`${role}\` may need` : 'though one client can serve all';
  return {
    code: often?.by === 'loop' ? 'opening-in-loop' : 'opening-per-request',
    severity: closed ? (isDedicated(role) ? 'low' : 'medium') : 'high',
    file,
    line: at.line,
    message: closed
      ? `\`${api}\` connects ${when} and is closed again, ${cost}.`
      : `\`${api}\` connects ${when} and is not closed: connections pile up.`,
  };
}
