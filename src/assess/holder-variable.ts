/** `export const redis = new Redis(…)`: a client that a module keeps under a name. */

import type { FileFacts, Flow, Span } from '../model/facts.js';
import type { Context } from './context.js';
import type { Asked, Holder } from './holder.js';
import { atOf, type Obstacle, takersOf, takersOfExport } from './takers.js';

/** The variable of a module that the opening alone fills; also `export default new Redis(…)`. */
export function variableHolder(context: Context, asked: Asked): Holder | null {
  const { opening, facts } = asked;
  const local = opening.local;
  const found = local === null ? undefined : facts.locals[local];
  if (local === null || !found) return exportedHolder(context, asked);
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === local);
  const statement = opening.statement === null ? undefined : facts.statements[opening.statement];
  const takers = takersOf(context, facts, local);
  const against = shapeObstacles(asked, flows, statement?.span ?? null);
  const { span } = statement ?? opening;
  return {
    name: found.name,
    drops: [{ file: facts.file, instruction: { kind: 'drop-holder', span, opening: opening.span } }, ...takers.drops],
    readings: takers.readings,
    obstacles: [...against, ...takers.obstacles, ...listed(facts, found.name)],
  };
}

function shapeObstacles({ opening, facts, others }: Asked, flows: readonly Flow[], statement: Span | null): Obstacle[] {
  const at = atOf(facts, opening.span.start);
  const [flow] = flows;
  const value = facts.values[opening.value];
  if (!flow || flows.length > 1) return [{ why: 'more than one statement gives it its value', at }];
  if (!flow.declares || statement === null || value?.block !== null) {
    return [{ why: 'it does not get its value where it is declared', at }];
  }
  const { span } = facts.values[flow.value] ?? opening;
  const taken = others.some(
    ({ file, instruction }) =>
      file === facts.file && instruction.kind === 'leave-receiver' && instruction.span.end === span.end,
  );
  if (flow.part.kind !== 'whole' || (flow.value !== opening.value && !taken)) {
    return [{ why: 'it holds more than what is opened', at }];
  }
  const declared = facts.locals.filter((one) => one.statement === flow.statement && one.scope === 0);
  return declared.length > 1 ? [{ why: 'its statement declares other names too', at }] : [];
}

/** `export default new Redis(…)`, `module.exports = new Redis(…)`: only importers have a name for it. */
function exportedHolder(context: Context, { opening, facts }: Asked): Holder | null {
  const own = facts.exports.filter(({ value }) => value === opening.value);
  const statement = opening.statement === null ? undefined : facts.statements[opening.statement];
  const [exported] = own;
  if (!exported || !statement || facts.language === 'python') return null;
  const takers = takersOfExport(context, facts.file, exported.name);
  const at = atOf(facts, opening.span.start);
  return {
    name: exported.name === '=' ? 'module.exports' : exported.name,
    drops: [
      { file: facts.file, instruction: { kind: 'drop-holder', span: statement.span, opening: opening.span } },
      ...takers.drops,
    ],
    readings: takers.readings,
    obstacles: [...(own.length > 1 ? [{ why: 'it is exported more than once', at }] : []), ...takers.obstacles],
  };
}

/** `__all__` promises the name to whoever imports the module. */
export function listed(facts: FileFacts, name: string): Obstacle[] {
  if (facts.language !== 'python') return [];
  const all = facts.locals.findIndex((one) => one.name === '__all__' && one.scope === 0);
  const flow = facts.flows.find(({ place }) => place.kind === 'local' && place.local === all);
  const value = all < 0 || !flow ? undefined : facts.values[flow.value];
  if (!value) return [];
  const names = facts.values.some((one) => {
    const inside = one.span.start >= value.span.start && one.span.end <= value.span.end;
    return inside && one.kind === 'literal' && one.value === name;
  });
  return names ? [{ why: '`__all__` promises the name to others', at: atOf(facts, value.span.start) }] : [];
}
