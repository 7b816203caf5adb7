/** Whether replies are decoded: what a site has against what its accessor gives. */

import type { AccessorUse } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { IdentityTerms, Reason } from '../model/site.js';
import type { Context } from './context.js';
import { reason } from './reasons.js';
import { commonTerm, DEFAULT, isUnknown } from './terms.js';

export interface Decoding {
  /** The argument that asks for it; empty when the accessor takes none. */
  args: AccessorUse['args'];
  reasons: Reason[];
}

const OPTION = 'decode_responses';

/** An accessor with a parameter for it gives both; else it gives what its contract fixes, or what its file opens. */
export function decodingOf(context: Context, { decode }: IdentityTerms, accessor: Accessor): Decoding {
  if (isUnknown(decode)) return { args: [], reasons: [] };
  const wanted = decode === 'literal:true' ? true : decode === DEFAULT || decode === 'literal:false' ? false : null;
  const { parameters } = accessor.contract;
  if (wanted !== null && parameters.decode !== null) {
    const given = fixedBy(accessor);
    return { args: given === wanted ? [] : [{ name: parameters.decode, value: wanted }], reasons: [] };
  }
  const target = fixedBy(accessor) ?? opened(context, accessor);
  if (wanted === (target ?? false)) return { args: [], reasons: [] };
  const to = target === null ? 'its own mode' : String(target);
  return { args: [], reasons: [reason('decode-differs', { option: OPTION, from: decode, to })] };
}

/** What the contract says of every client; null: nothing. */
function fixedBy({ contract }: Accessor): boolean | null {
  const fixed = contract.fixed['*']?.[OPTION];
  return typeof fixed === 'boolean' ? fixed : null;
}

/** What all openings of the accessor's file do; null when they differ, or it is not known. */
function opened({ trace, identities }: Context, { file }: Accessor): boolean | null {
  const own = trace.openings.filter((opening) => opening.file === file && opening.duplicates === null);
  const term = commonTerm(own.map((opening) => identities.get(opening)?.terms.decode ?? 'unknown'));
  return term === 'literal:true' ? true : term === DEFAULT || term === 'literal:false' ? false : null;
}
