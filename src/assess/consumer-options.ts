/** Rows of connection options that are given to other libraries, which open for themselves. */

import { consumers, redisLibrary } from '../libraries/index.js';
import type { ConsumerOptions } from '../model/consumer-options.js';
import type { AddressSource, Purpose, Use } from '../model/site.js';
import type { Known, Opening } from '../model/traced.js';
import type { Context } from './context.js';
import { factsOf } from './context.js';
import { exemptionOf } from './exempt.js';
import { identityOf } from './identity.js';
import { USES_OF } from './purposes.js';
import { isAccessorFile } from './reach.js';
import { reason } from './reasons.js';
import { addressSource, argsShape, sourceOf } from './shape.js';
import { blank, place, type Row } from './sites.js';

/** Row of the options: what is opened with them, and where that leads as far as it can be computed. Always `keep`. */
export function consumerRow(context: Context, one: ConsumerOptions): Row {
  const exempt = exemptionOf(factsOf(context, one.file), one.file, one.at.line, context.config);
  const opening = one.opens === null ? null : asOpening(one, one.opens);
  const { api, library, note } = one;
  const reasons = isAccessorFile(context, one.file)
    ? [reason('accessor', undefined)]
    : [reason(whyKept(one), { api, library, note })];
  if (exempt) reasons.push(reason('exempt', { by: exempt.by, reason: exempt.reason }));
  const site = {
    ...blank(context, 'consumer-options', one),
    library,
    api,
    container: one.container,
    args: one.duplicates
      ? 'existing'
      : opening && !NAMED.has(one.options.kind)
        ? argsShape(opening, null)
        : ('options' as const),
    source: opening ? addressSource(opening, []) : givenSource(context, one),
    mode: modeOf(context, one),
    purpose: PURPOSES[one.use] ?? USES_OF[one.use] ?? 'unknown',
    uses: usesOf(one),
    identity: opening ? identityOf(opening, []) : null,
    reasons,
    exempt,
  };
  return { site, identified: { ...place(one), symbol: one.symbol, category: 'consumer-options' } };
}

function whyKept({
  duplicates,
  takesClient,
}: ConsumerOptions): 'consumer-duplicates' | 'consumer-opens' | 'consumer-opens-only' {
  if (duplicates) return 'consumer-duplicates';
  return takesClient ? 'consumer-opens' : 'consumer-opens-only';
}

/** A queue that duplicates the client waits for jobs on its own connection. */
function usesOf({ duplicates, use }: ConsumerOptions): Use[] {
  return duplicates && use === 'queue' ? ['queue', 'blocking'] : [use];
}

/** What is kept in a cache is written there. */
const PURPOSES: Partial<Record<Use, Purpose>> = { cache: 'write-cache' };
/** Names of classes and modules with asyncio clients, in libraries that have both. */
const ASYNCHRONOUS = /(?:^|\.)(?:Async|aio)/;

function modeOf(context: Context, { file, library, api }: ConsumerOptions): 'sync' | 'async' {
  if (factsOf(context, file)?.language !== 'python') return 'async';
  const known = consumers('python').find(({ name }) => name === library);
  return known?.asynchronous || ASYNCHRONOUS.test(api) ? 'async' : 'sync';
}

/** Of Python's consumers the settings are known one by one; without any the library has its defaults. */
function givenSource(context: Context, { file, options }: ConsumerOptions): AddressSource {
  if (factsOf(context, file)?.language !== 'python') return 'none';
  return options.kind === 'object' && options.entries.length === 0 ? 'default' : sourceOf(options);
}

/** Values of which only a name is known: in this place most are options. */
const NAMED = new Set(['unknown', 'parameter', 'config']);

/** The opening that the library makes of the options: the first construct of what it opens with, version not known. */
function asOpening(one: ConsumerOptions, opens: string): Opening {
  const { file, value, span, at, endLine, endColumn, bound, symbol, digest, options } = one;
  return {
    ...{ file, value, span, at, endLine, endColumn, bound, symbol, digest },
    index: -1,
    library: opens,
    api: redisLibrary(opens)?.constructs[0]?.api ?? '',
    makes: 'client',
    mode: 'async',
    version: one.opensVersion,
    args: [asGiven(options, opens)],
    keywords: {},
    duplicates: null,
    published: false,
    container: one.container ?? 'function-local',
    scope: 0,
    statement: null,
    local: null,
    once: false,
    often: null,
    way: [],
    uses: [],
    handed: [],
    escapes: [],
  };
}

/** A text stands for its URL: in the options of a library that takes nothing else. */
function asGiven(options: Known, opens: string): Known {
  if (options.kind === 'object' || NAMED.has(options.kind) || !redisLibrary(opens)?.options.url) return options;
  return { kind: 'object', entries: [{ key: 'url', value: options, at: options.at }], open: false, at: options.at };
}
