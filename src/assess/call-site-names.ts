/** Names by which a file reaches the class whose methods it calls: a test that replaces them misses the calls that moved. */

import type { MethodCall } from '../model/method-call.js';
import type { Context } from './context.js';
import type { Placed } from './hook-closers.js';
import type { Replaced } from './patches.js';

/** What the file of a call imports of the module of the class, where the call goes elsewhere. */
export function namesLeft({ files }: Context, call: MethodCall, changes: readonly Placed[]): Replaced[] {
  const entry = files.get(call.file);
  const [use] = changes.flatMap(({ instruction }) => ('use' in instruction ? [instruction.use] : []));
  if (!entry || !use) return [];
  const { facts, resolutions } = entry;
  return facts.locals.flatMap((local): Replaced[] => {
    const record = local.import === null ? undefined : facts.imports[local.import];
    const from = record && resolutions[record.specifier];
    if (!record || from?.kind !== 'file' || from.file !== call.declaredIn) return [];
    return [{ module: from.file, name: record.imported, local: local.name, stays: false, to: use }];
  });
}
