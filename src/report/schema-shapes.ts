/** Shapes that several of the JSON reports share. */

import { z } from 'zod';
import { PURPOSES, ROLES } from '../model/site.js';

export const version = z.literal(1);
export const natural = z.int().min(0);
export const nullable = z.string().nullable();
export const purpose = z.enum(PURPOSES);
export const role = z.enum(ROLES);
export const category = z.enum([
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
export const pattern = z.enum([
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
export const reason = z.object({ code: z.string(), message: z.string(), at: nullable });
export const reasons = z.array(reason);
export const verdict = z.enum(['rewrite', 'review', 'keep']);
const terms = z.object({
  server: z.string(),
  user: z.string(),
  tls: z.string(),
  database: z.string(),
  prefix: z.string(),
  decode: z.string(),
  library: z.string(),
});

export const site = z.object({
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
  verdict,
  reasons,
  exempt: z.object({ by: z.enum(['config', 'comment', 'decision']), reason: z.string(), until: nullable }).nullable(),
});

export const finding = z.object({
  code: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  file: z.string(),
  line: natural,
  message: z.string(),
});
