/** Shapes that several of the JSON reports share. */

import { z } from 'zod';
import { OUTCOMES } from '../model/change.js';
import { ZONES } from '../model/project.js';
import {
  ADDRESS_SOURCES,
  ARGS_SHAPES,
  CATEGORIES,
  EXEMPTED_BY,
  PATTERNS,
  PRIORITIES,
  PURPOSES,
  ROLES,
  SEVERITIES,
  USES,
  VERDICTS,
} from '../model/site.js';
import { CONTAINERS } from '../model/traced.js';

export const version = z.literal(1);
export const natural = z.int().min(0);
export const nullable = z.string().nullable();
export const purpose = z.enum(PURPOSES);
export const role = z.enum(ROLES);
export const category = z.enum(CATEGORIES);
export const pattern = z.enum(PATTERNS);
export const reason = z.object({ code: z.string(), message: z.string(), at: nullable });
export const reasons = z.array(reason);
export const verdict = z.enum(VERDICTS);
export const outcome = z.enum(OUTCOMES);
const terms = z.object({
  server: z.string(),
  user: z.string(),
  tls: z.string(),
  database: z.string(),
  prefix: z.string(),
  decode: z.string(),
  password: z.string(),
  library: z.string(),
});

export const site = z.object({
  id: z.string(),
  file: z.string(),
  line: natural,
  column: natural,
  endLine: natural,
  endColumn: natural,
  language: z.enum(['typescript', 'javascript', 'python']).nullable(),
  category,
  library: nullable,
  api: nullable,
  container: z.enum(CONTAINERS).nullable(),
  args: z.enum(ARGS_SHAPES).nullable(),
  source: z.enum(ADDRESS_SOURCES).nullable(),
  mode: z.enum(['sync', 'async']).nullable(),
  uses: z.array(z.enum(USES)),
  role: role.nullable(),
  purpose: purpose.nullable(),
  unit: nullable,
  partOf: nullable,
  identity: z.object({ key: nullable, terms }).nullable(),
  database: nullable,
  zone: z.enum(ZONES),
  pattern: pattern.nullable(),
  priority: z.enum(PRIORITIES),
  verdict,
  reasons,
  exempt: z.object({ by: z.enum(EXEMPTED_BY), reason: z.string(), until: nullable }).nullable(),
});

export const finding = z.object({
  code: z.string(),
  severity: z.enum(SEVERITIES),
  file: z.string(),
  line: natural,
  message: z.string(),
});

export const mock = z.object({
  file: z.string(),
  line: natural,
  target: z.string(),
  why: z.string(),
  instead: z.string(),
  sites: z.array(z.string()),
});
