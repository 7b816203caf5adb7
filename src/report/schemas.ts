/** Shapes of the JSON reports, checked by the compiler against the model. The shipped JSON Schemas are generated from here. */

import { z } from 'zod';
import type { ApplyReport, Plan } from '../model/change.js';
import { type Inventory, PURPOSES, ROLES } from '../model/site.js';

const version = z.literal(1);
const natural = z.int().min(0);
const nullable = z.string().nullable();
const purpose = z.enum(PURPOSES);
const role = z.enum(ROLES);
const category = z.enum([
  'client',
  'url-literal',
  'consumer-options',
  'wrapper-instance',
  'factory-call',
  'accessor-call',
  'deprecated-import',
  'foreign-close',
  'config-file',
]);
const pattern = z.enum([
  'direct-client',
  'url-client',
  'factory',
  'class-member',
  'module-singleton',
  'fallback-chain',
  'deprecated-import',
  'wrapper-instance',
  'call-site',
]);
const container = z.enum([
  'class-member',
  'factory',
  'module-singleton',
  'default-param',
  'argument',
  'function-local',
]);
const use = z.enum([
  'pubsub',
  'blocking',
  'transaction',
  'pipeline',
  'streams',
  'lock',
  'rate-limit',
  'queue',
  'session',
  'cache',
  'health',
  'script',
  'closes',
]);
const reason = z.object({ code: z.string(), message: z.string(), at: nullable });
const reasons = z.array(reason);
const terms = z.object({
  server: z.string(),
  user: z.string(),
  tls: z.string(),
  database: z.string(),
  prefix: z.string(),
  decode: z.string(),
  library: z.string(),
});

const site = z.object({
  id: z.string(),
  file: z.string(),
  line: natural,
  column: natural,
  endLine: natural,
  endColumn: natural,
  language: z.enum(['typescript', 'javascript', 'python']),
  category,
  library: nullable,
  api: nullable,
  container: container.nullable(),
  args: z.enum(['none', 'url-literal', 'url-env', 'url-variable', 'options', 'host-port', 'existing']).nullable(),
  source: z.enum(['literal', 'env', 'config', 'variable', 'default', 'none']).nullable(),
  mode: z.enum(['sync', 'async']).nullable(),
  uses: z.array(use),
  role: role.nullable(),
  purpose: purpose.nullable(),
  unit: nullable,
  partOf: nullable,
  identity: z.object({ key: nullable, terms }).nullable(),
  database: nullable,
  zone: z.enum(['production', 'test', 'script', 'example']),
  pattern: pattern.nullable(),
  priority: z.enum(['immediate', 'recommended', 'none']),
  verdict: z.enum(['rewrite', 'review', 'keep']),
  reasons,
  exempt: z.object({ by: z.enum(['config', 'comment', 'decision']), reason: z.string(), until: nullable }).nullable(),
});

const numbers = z.record(z.string(), natural);

export const inventorySchema = z.object({
  schemaVersion: version,
  tool: z.object({ name: z.literal('redis-migrate'), version: z.string() }),
  root: z.literal('.'),
  summary: z.object({ byCategory: numbers, byVerdict: numbers, byRole: numbers, assumed: nullable }),
  sites: z.array(site),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['high', 'medium', 'low']),
      file: z.string(),
      line: natural,
      message: z.string(),
    }),
  ),
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
          outcome: z.enum(['rewritten', 'unchanged', 'kept', 'failed']),
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
      masked: z.boolean(),
    }),
  ),
  totals,
  kept: z.array(z.object({ site: z.string(), file: z.string(), line: natural, reasons })),
}) satisfies z.ZodType<ApplyReport>;

/** JSON Schemas by the name of their file. New keys may come with every version: unknown keys are allowed. */
export function reportSchemas(): Record<string, object> {
  const shapes = { scan: inventorySchema, plan: planSchema, apply: applySchema };
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, z.toJSONSchema(shape, { io: 'input' })]),
  );
}
