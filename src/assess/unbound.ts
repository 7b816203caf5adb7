/** Rows of calls whose import is gone: the configuration names what they call, nothing in their file does. */

import type { UnboundCall } from '../model/unbound-call.js';
import type { Context } from './context.js';
import { isAccessorFile } from './reach.js';
import { reason } from './reasons.js';
import { blank, place, type Row } from './sites.js';

/** Row of such a call; null in the accessor's own file. */
export function unboundRow(context: Context, call: UnboundCall): Row | null {
  if (isAccessorFile(context, call.file)) return null;
  const { name, container } = call;
  const site = {
    ...blank(context, 'wrapper-instance', call),
    library: 'own',
    api: `new ${name}`,
    container,
    reasons: [reason('unbound-name', { name })],
  };
  return { site, identified: { ...place(call), symbol: call.symbol, category: 'wrapper-instance' } };
}
