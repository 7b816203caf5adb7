/** Parameters that said where a client connects and say nothing once it is the accessor's: they stay, and warn who gives them. */

import type { AccessorUse } from '../model/change.js';
import type { FileFacts, Param, ScopeId, Span } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import { type Context, functionAround } from './context.js';
import { nameOf } from './function-order.js';
import type { Asked } from './holder.js';
import type { Placed } from './hook-closers.js';
import { readsOf } from './parts.js';
import { reason } from './reasons.js';

/** Python's own function for it; JavaScript's needs no import. */
const WARN: AccessorUse = { name: 'warn', specifier: 'warnings', form: 'named', args: [], awaited: false };
/** What takes the code out that read a parameter. */
const TAKES_OUT: ReadonlySet<string> = new Set(['drop-holder', 'replace-opening', 'drop-statement', 'collapse']);

/**
 * With the strategy `adapter`, who calls keeps its interface. `changes` are those of the opening: a parameter of the
 * function around it that is read in nothing else gets a warning, where it may be left out.
 */
export function unusedParameters(
  context: Context,
  { opening, facts, accessor }: Pick<Asked, 'opening' | 'facts' | 'accessor'>,
  changes: readonly Placed[],
): { changes: Placed[]; reasons: Reason[] } {
  const fn = context.config.strategy === 'adapter' ? functionAround(facts, opening.scope) : null;
  const scope = fn === null ? undefined : facts.scopes[fn];
  if (fn === null || !scope || isOnOneLine(facts, fn)) return { changes: [], reasons: [] };
  const own = changes.flatMap(({ file, instruction: { kind, span } }) =>
    file === facts.file && TAKES_OUT.has(kind) ? [span] : [],
  );
  const python = facts.language === 'python';
  const found = (scope.params ?? []).flatMap((param) => {
    const given = givenOf(facts, param);
    const span = param.local === null ? undefined : facts.locals[param.local]?.span;
    if (given === null || !span || !isOnlyRead(facts, param, own)) return [];
    const name = param.name ?? '';
    const message = `${name} is ignored: the connection is that of ${accessor.name}()`;
    const instruction = {
      kind: 'warn-parameter' as const,
      span,
      name,
      given,
      message,
      ...(python ? { use: WARN } : {}),
    };
    const of = scope.form === 'constructor' ? (facts.scopes[scope.parent ?? 0]?.name ?? '') : (scope.name ?? '');
    return [{ placed: { file: facts.file, instruction }, why: reason('parameter-unused', { name, of }) }];
  });
  return { changes: found.map(({ placed }) => placed), reasons: found.map(({ why }) => why) };
}

/** What a parameter is compared with to know that it is given; null: it cannot be told. */
function givenOf(facts: FileFacts, param: Param): { not: 'nothing' | Span } | null {
  if (param.name === null || param.rest || param.field !== null || /[^\w$]/.test(param.name)) return null;
  if (param.default === null) return facts.language === 'python' ? null : { not: 'nothing' };
  const value = facts.values[param.default];
  if (value?.kind === 'literal' && (value.value === null || value.undefined)) return { not: value.span };
  if (value?.kind === 'call' || value?.kind === 'await') return null;
  const isRead = value?.kind === 'env' && facts.language !== 'python';
  const plain = isRead || value?.kind === 'literal' || !nameOf(facts, param.default).includes('…');
  return plain && value ? { not: value.span } : null;
}

/** It is read, only in what goes, and is what it was given. */
function isOnlyRead(facts: FileFacts, { local, default: fallback }: Param, gone: readonly Span[]): boolean {
  if (local === null) return false;
  const set = facts.flows.some(
    ({ place, declares, value }) => place.kind === 'local' && place.local === local && !declares && value !== fallback,
  );
  const reads = readsOf(facts, local).map((id) => facts.values[id]?.span ?? { start: 0, end: 0 });
  const goes = ({ start, end }: Span) => gone.some((one) => one.start <= start && end <= one.end);
  return !set && reads.length > 0 && reads.every(goes);
}

/** `def f(url=None): return …`: there is no line of its own for a warning. */
function isOnOneLine({ scopes, lineStarts }: FileFacts, fn: ScopeId): boolean {
  const { span } = scopes[fn] ?? { span: { start: 0, end: 0 } };
  return !lineStarts.some((start) => span.start < start && start <= span.end);
}
