/** Shapes of the answers of `check` and `status`. */

import { z } from 'zod';
import { type CheckReport, type StatusReport, VIOLATIONS, type ViolationCode } from '../model/gate.js';
import { natural, nullable, purpose, verdict, version } from './schema-shapes.js';

const strings = z.array(z.string());

const violation = z.object({
  id: z.string(),
  code: z.enum(Object.keys(VIOLATIONS) as [ViolationCode, ...ViolationCode[]]),
  file: z.string(),
  line: natural,
  column: natural,
  endLine: natural,
  endColumn: natural,
  message: z.string(),
  verdict: verdict.nullable(),
  why: nullable,
});

export const checkSchema = z.object({
  schemaVersion: version,
  violations: z.array(violation),
  known: z.array(violation),
  fixed: z.array(z.object({ id: z.string(), code: z.string(), file: z.string() })),
  baseline: nullable,
  since: z.object({ ref: z.string(), base: z.string(), older: natural }).nullable(),
  totals: z.object({ violations: natural, known: natural, fixed: natural, sites: natural }),
}) satisfies z.ZodType<CheckReport>;

export const decisionStatus = z.object({
  site: z.string(),
  at: z.string(),
  decision: z.enum(['leave', 'do']),
  reason: z.string(),
  until: nullable,
  stale: nullable,
});

const tally = z.object({ migrated: natural, planned: natural, review: natural, kept: natural, exempt: natural });
const rows = z.array(tally.extend({ name: z.string() }));

export const statusSchema = z.object({
  schemaVersion: version,
  totals: tally,
  batches: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      purpose,
      state: z.enum(['done', 'part', 'open']),
      rewritten: natural,
      sites: natural,
      files: strings,
      date: nullable,
    }),
  ),
  byPurpose: rows,
  byDirectory: rows,
  byOwner: rows,
  kept: z.array(z.object({ code: z.string(), message: z.string(), sites: strings })),
  decisions: z.array(decisionStatus),
  burndown: z.array(z.object({ date: z.string(), commit: z.string(), migrated: natural, left: z.int() })),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean(), left: strings })),
  complete: z.boolean(),
}) satisfies z.ZodType<StatusReport>;
