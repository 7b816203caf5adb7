/** Shapes of the JSON reports, checked by the compiler against the model. The shipped JSON Schemas are generated from here. */

import { z } from 'zod';
import type { ApplyReport, Plan } from '../model/change.js';
import type { Inventory } from '../model/site.js';
import { explainSchema } from './schema-explain.js';
import { checkSchema, statusSchema } from './schema-gate.js';
import {
  category,
  finding,
  mock,
  natural,
  nullable,
  outcome,
  pattern,
  purpose,
  reasons,
  site,
  version,
} from './schema-shapes.js';

const numbers = z.record(z.string(), natural);

export const inventorySchema = z.object({
  schemaVersion: version,
  tool: z.object({ name: z.literal('redis-migrate'), version: z.string() }),
  root: z.literal('.'),
  summary: z.object({ byCategory: numbers, byVerdict: numbers, byRole: numbers, assumed: nullable }),
  sites: z.array(site),
  findings: z.array(finding),
  files: z.object({
    walked: natural,
    parsed: natural,
    failed: z.array(z.object({ file: z.string(), message: z.string() })),
  }),
}) satisfies z.ZodType<Inventory>;

const strings = z.array(z.string());

export const planSchema = z.object({
  schemaVersion: version,
  batches: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      purpose,
      risk: natural,
      files: strings,
      sites: strings,
      units: strings,
      mocks: z.array(mock).exactOptional(),
    }),
  ),
  kept: z.array(z.object({ site: z.string(), reasons })),
}) satisfies z.ZodType<Plan>;

const totals = z.object({
  files: natural,
  sites: natural,
  rewritten: natural,
  unchanged: natural,
  kept: natural,
  failed: natural,
  linesAdded: natural,
  linesRemoved: natural,
});

export const applySchema = z.object({
  schemaVersion: version,
  dryRun: z.boolean(),
  batches: z.array(
    z.object({
      batch: z.string(),
      title: z.string(),
      purpose,
      files: z.array(
        z.object({
          file: z.string(),
          linesAdded: natural,
          linesRemoved: natural,
          importsRemoved: strings,
          diff: z.string(),
        }),
      ),
      sites: z.array(
        z.object({
          id: z.string(),
          outcome,
          reasons,
          file: z.string(),
          line: natural,
          category,
          pattern: pattern.nullable(),
          database: nullable,
          role: nullable,
          purpose: purpose.nullable(),
        }),
      ),
      totals,
      mocks: z.array(mock).exactOptional(),
      masked: z.boolean(),
    }),
  ),
  totals,
  kept: z.array(z.object({ site: z.string(), file: z.string(), line: natural, reasons })),
}) satisfies z.ZodType<ApplyReport>;

/** JSON Schemas by the name of their file. New keys may come with every version: unknown keys are allowed. */
export function reportSchemas(): Record<string, object> {
  const shapes = {
    ...{ scan: inventorySchema, plan: planSchema, apply: applySchema, explain: explainSchema },
    ...{ check: checkSchema, status: statusSchema },
  };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, z.toJSONSchema(shape, { io: 'input' })]),
  );
}
