/** The plan that a team has committed: `.redis-migrate/plan.json`. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import type { Plan } from '../model/change.js';
import { PURPOSES } from '../model/site.js';

/** Name of the stored plan in the state folder. */
export const PLAN_FILE = 'plan.json';

const reason = z.object({ code: z.string(), message: z.string(), at: z.string().nullable() });
const batch = z.object({
  // The id names files and folders later: nothing but letters and digits may come in from a committed file.
  id: z.string().regex(/^[0-9a-z]{6,64}$/, 'must be 6 to 64 of 0-9 and a-z'),
  title: z.string(),
  purpose: z.enum(PURPOSES),
  risk: z.number().int().min(0),
  files: z.array(z.string()),
  sites: z.array(z.string()),
  units: z.array(z.string()).default([]),
});
const schema = z.object({
  schemaVersion: z.literal(1),
  batches: z.array(batch),
  kept: z.array(z.object({ site: z.string(), reasons: z.array(reason) })).default([]),
});

/** The stored plan; null when there is none. Throws UserError when it cannot be read or is not a plan. */
export function readPlan(stateDir: string): Plan | null {
  let text: string;
  try {
    text = readFileSync(join(stateDir, PLAN_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new UserError(
      `${PLAN_FILE} cannot be read`,
      error instanceof Error && 'code' in error ? `${error.code}` : null,
    );
  }
  return parsePlan(text, PLAN_FILE);
}

/** A plan from its text. `name` is how errors call the file. Throws UserError for anything that is not a plan. */
export function parsePlan(text: string, name: string): Plan {
  const hint = 'write it again with `plan --write`';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UserError(`${name} is not valid JSON (a merge conflict left in it?)`, hint);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UserError(`${name} is not a plan: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(), hint);
  }
  const twice = repeated(parsed.data.batches.map((entry) => entry.id));
  if (twice !== null) throw new UserError(`${name} has the batch "${twice}" twice`, hint);
  return parsed.data;
}

function repeated(ids: readonly string[]): string | null {
  return ids.find((id, index) => ids.indexOf(id) !== index) ?? null;
}
