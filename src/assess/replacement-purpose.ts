/** What a replaced import or instance is for: what its file asks of the objects that it gives. */

import type { FileFacts, ValueId } from '../model/facts.js';
import type { Purpose, Reason } from '../model/site.js';
import type { NamedImport } from './deprecated-imports.js';
import { calleesIn, usesOf } from './deprecated-reasons.js';
import { placeIn } from './instance-reasons.js';
import { followInstance } from './instances.js';
import { riskiest } from './purpose.js';
import { COMMANDS_OF, HEALTH_COMMANDS } from './purposes.js';
import { reason } from './reasons.js';

export interface Purposed {
  purpose: Purpose;
  /** The evidence; empty where there is none. */
  reasons: Reason[];
}

/** By methods that are named like commands; null when no method of these objects is. */
export function purposeOfObjects(facts: FileFacts, objects: readonly ValueId[]): Purposed | null {
  const calls = objects.flatMap((id) => followInstance(facts, id).uses).filter(({ how }) => how === 'call');
  const evidence = calls.flatMap(({ member, span }) =>
    purposesOf((member ?? '').toLowerCase()).map((purpose) => ({ purpose, member, span })),
  );
  const purpose = riskiest(evidence.map((one) => one.purpose));
  const first = evidence.find((one) => one.purpose === purpose);
  if (!first) return null;
  const why = `calls \`.${first.member}\``;
  return { purpose, reasons: [reason('purpose', { purpose, why }, placeIn(facts, first.span.start))] };
}

function purposesOf(member: string): Purpose[] {
  const named = Object.entries(COMMANDS_OF) as [Purpose, readonly string[]][];
  const found = named.filter(([, commands]) => commands.includes(member)).map(([purpose]) => purpose);
  return HEALTH_COMMANDS.includes(member) ? [...found, 'health'] : found;
}

/**
 * Of an import statement. Names that only change where they come from, or go, connect nobody otherwise (`imports`); where
 * a class becomes the instance that all share, its file says what for.
 */
export function purposeOfImports(facts: FileFacts, names: readonly NamedImport[]): Purposed {
  const used = names.flatMap(({ entry, local }) => {
    const uses = local === null ? [] : usesOf(facts, local);
    return uses.length > 0 ? [{ entry, uses }] : [];
  });
  const calls = calleesIn(facts);
  const objects = used.flatMap(({ uses }) =>
    uses.flatMap((id) => [id, ...(calls.has(id) ? [calls.get(id) ?? id] : [])]),
  );
  const becomesShared = used.some(({ entry }) => entry.use.drop === 'call');
  return purposeOfObjects(facts, objects) ?? { purpose: becomesShared ? 'unknown' : 'imports', reasons: [] };
}
