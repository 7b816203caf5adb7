/** Rows of calls that open through the project's own code, its factories and its classes, and of closes by strangers. */

import type { Container, FactoryCall, ForeignClose, WrapperInstance } from '../model/traced.js';
import { type Context, factsOf } from './context.js';
import { purposeOf } from './purpose.js';
import { isAccessorFile } from './reach.js';
import { reason, sortedReasons } from './reasons.js';
import { roleOf } from './roles.js';
import { endingOf } from './script-end.js';
import { blank, place, type Row } from './sites.js';

/** Where an instantiation is worth a row: one in a function body lives as long as that call. */
const LISTED: ReadonlySet<Container> = new Set(['class-member', 'factory', 'module-singleton']);
/** Python's clients bring a pool of their own, which each such call opens anew. */
const LISTED_IN_PYTHON: ReadonlySet<Container> = new Set([...LISTED, 'function-local', 'default-param', 'argument']);

/** Row of a call of a factory; null in the accessor's own file and for calls of the accessor. */
export function factoryCallRow(context: Context, call: FactoryCall): Row | null {
  const [first] = call.openings.flatMap((index) => context.trace.openings[index] ?? []);
  if (!first || isAccessorFile(context, call.file) || isAccessorFile(context, first.file)) return null;
  const opening = { ...first, ...call, duplicates: null };
  const found = roleOf(opening, context.trace.openings);
  const { purpose, reasons } = purposeOf(opening, found);
  const site = {
    ...blank(context, 'factory-call', call),
    library: first.library,
    api: call.name,
    container: call.container,
    mode: first.mode,
    uses: found.uses,
    role: found.role,
    purpose,
    reasons: [
      reason('through-factory', { name: call.name }, first.at),
      ...sortedReasons([...found.reasons, ...reasons]),
    ],
  };
  return { site, identified: { ...place(call), symbol: call.symbol, category: 'factory-call' } };
}

/** Row of an instantiation of a class that opens; null where it is of no account. */
export function wrapperRow(context: Context, instance: WrapperInstance): Row | null {
  const listed = factsOf(context, instance.file)?.language === 'python' ? LISTED_IN_PYTHON : LISTED;
  const [first] = instance.openings.flatMap((index) => context.trace.openings[index] ?? []);
  if (!first || !listed.has(instance.container) || isAccessorFile(context, instance.file)) return null;
  const opening = { ...first, ...instance, args: first.args, duplicates: null };
  const found = roleOf(opening, context.trace.openings);
  const { purpose, reasons } = purposeOf(opening, found);
  const site = {
    ...blank(context, 'wrapper-instance', instance),
    library: 'own',
    api: `new ${instance.className}`,
    container: instance.container,
    args: instance.args === 0 ? ('none' as const) : ('options' as const),
    mode: first.mode,
    uses: found.uses,
    role: found.role,
    purpose,
    reasons: [
      reason('through-wrapper', { name: instance.className, file: instance.declaredIn }),
      ...sortedReasons([...found.reasons, ...reasons]),
    ],
  };
  return { site, identified: { ...place(instance), symbol: instance.symbol, category: 'wrapper-instance' } };
}

/** Row of a close by code that does not own the client; null in the accessor's own file, and for a program that closes what it used at its end. */
export function foreignCloseRow(context: Context, close: ForeignClose): Row | null {
  const [first] = close.openings.flatMap((index) => context.trace.openings[index] ?? []);
  if (!first || isAccessorFile(context, close.file)) return null;
  const { member, got } = close;
  const ofAccessor = isAccessorFile(context, first.file);
  if (!ofAccessor && endingOf(context, close) !== null) return null;
  const code = ofAccessor ? 'closes-accessors' : 'closes-foreign';
  const site = {
    ...blank(context, 'foreign-close', close),
    library: first.library,
    api: `.${member}`,
    mode: first.mode,
    uses: ['closes' as const],
    reasons: [reason(code, { member, got }, first.at)],
  };
  return { site, identified: { ...place(close), symbol: close.symbol, category: 'foreign-close' } };
}
