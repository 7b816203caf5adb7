/** Imports in a `try`: what the code does without them counts only where they can fail. */

import type { Block, FileFacts } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import { type Context, functionAround } from './context.js';
import type { DeprecatedImport } from './deprecated-imports.js';
import { fileOfModule, isOwnModule, kindOfName } from './modules.js';
import { reason } from './reasons.js';

/**
 * Nothing where old and new name are both there: the import succeeds before and after. Else a `try` made for the import
 * keeps it, and one that catches everything is a person's to look at.
 */
export function guardReasons(context: Context, { file, span, scope, names }: DeprecatedImport): Reason[] {
  const { facts } = file;
  const tried = tryAround(facts, span.start, scope);
  if (!tried) return [];
  const [missing] = names.filter(({ entry }) => !isThere(context, entry.module, entry.name));
  const lost = missing ?? names.find(({ entry }) => !isThere(context, entry.use.module, entry.use.name));
  if (!lost) return [];
  const from = lost.entry.module;
  return [catchesImports(facts, tried) ? reason('import-guarded', { from }) : reason('import-was-missing', { from })];
}

/** The name is seen in a module of the tree, or the module is a package's. */
function isThere(context: Context, module: string, name: string): boolean {
  const found = fileOfModule(context, module);
  return found ? kindOfName(found.facts, name) !== null : !isOwnModule(context, module);
}

/** The innermost `try` of the same function whose body holds an offset. */
function tryAround(facts: FileFacts, offset: number, scope: number): Block | null {
  const within = functionAround(facts, scope);
  const around = facts.blocks.filter(
    (one) =>
      one.kind === 'try' &&
      functionAround(facts, one.scope) === within &&
      one.span.start <= offset &&
      offset < one.span.end,
  );
  return around.sort((a, b) => b.span.start - a.span.start)[0] ?? null;
}

/** A handler names the errors of imports. In JavaScript no handler can: a `try` around a `require` is made for it. */
function catchesImports(facts: FileFacts, tried: Block): boolean {
  if (facts.language !== 'python') return true;
  const handlers = facts.blocks.filter((one) => one.kind === 'catch' && isOf(facts, one, tried));
  return facts.values.some(
    ({ kind, span, block, ...value }) =>
      kind === 'global' &&
      'name' in value &&
      /^(?:ImportError|ModuleNotFoundError)$/.test(String(value.name)) &&
      handlers.some((one) => block === one.parent && one.span.start <= span.start && span.end <= one.span.end),
  );
}

/** A handler is of the last `try` before it in the same place. */
function isOf({ blocks }: FileFacts, handler: Block, tried: Block): boolean {
  if (handler.parent !== tried.parent || handler.span.start < tried.span.end) return false;
  return !blocks.some(
    (one) =>
      one.kind === 'try' &&
      one.parent === tried.parent &&
      one.span.start >= tried.span.end &&
      one.span.end <= handler.span.start,
  );
}
