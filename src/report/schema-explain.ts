/** Shape of the answer of `explain`: of a site, or of a code. */

import { z } from 'zod';
import type { Explanation } from './explanation.js';
import { decisionStatus } from './schema-gate.js';
import { finding, natural, nullable, purpose, reason, reasons, role, site, verdict, version } from './schema-shapes.js';

const effect = z.enum(['keep', 'review', 'note']);
const place = z.object({ id: z.string(), at: z.string(), verdict });

const use = z.object({
  member: nullable,
  kind: z.enum(['call', 'read', 'write']),
  at: z.string(),
  within: nullable,
  chained: z.enum(['multi', 'pipeline']).nullable(),
  loop: z.boolean(),
  hook: nullable,
  test: z.boolean(),
  shared: z.boolean(),
});

const option = z.object({
  name: z.string(),
  value: z.string(),
  at: z.string(),
  class: z.enum(['S', 'P', 'C']).nullable(),
  outcome: z.enum(['identity', 'dropped', 'equal', 'differs', 'without-effect', 'not-compared']),
});

const edit = z.object({
  files: z.array(z.object({ file: z.string(), linesAdded: natural, linesRemoved: natural, diff: z.string() })),
  masked: z.boolean(),
  refused: reasons,
});

const ofSite = z.object({
  schemaVersion: version,
  site,
  client: z.object({ bound: nullable, within: z.array(z.string()), once: z.boolean(), version: nullable }).nullable(),
  way: z.array(z.object({ text: z.string(), at: z.string() })),
  uses: z.array(use),
  handed: z.array(z.object({ library: z.string(), api: nullable, at: z.string() })),
  escapes: reasons,
  role: z.object({ is: role, evidence: reasons }).nullable(),
  purpose: z.object({ is: purpose, evidence: reasons }).nullable(),
  options: z.array(option),
  reasons: z.array(reason.extend({ effect, means: nullable })),
  unit: z.object({ id: z.string(), sites: z.array(place) }).nullable(),
  related: z.array(
    z.object({
      relation: z.enum(['opens', 'called-by', 'part-of', 'holds', 'duplicates', 'duplicated-by']),
      site: place,
    }),
  ),
  edit: edit.nullable(),
  byHand: z.array(z.object({ code: z.string(), text: z.string() })),
  findings: z.array(finding),
  decision: decisionStatus.nullable(),
  assumed: nullable,
});

const ofCode = z.object({
  schemaVersion: version,
  code: z.string(),
  kind: z.enum(['reason', 'refusal', 'finding', 'violation']),
  effect: effect.nullable(),
  means: z.string(),
  byHand: nullable,
});

export const explainSchema = z.union([ofSite, ofCode]) satisfies z.ZodType<Explanation>;
