/** The decisions of a team: read from and brought into the form of `.redis-migrate/decisions.json`. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import type { Decision, StandingDecision } from '../model/decision.js';
import type { DecisionStatus } from '../model/gate.js';

/** Name of the file in the state folder. */
export const DECISIONS_FILE = 'decisions.json';

const decision = z.object({
  site: z.string().min(1),
  decision: z.enum(['leave', 'do']),
  reason: z.string().min(1),
  until: z.iso.date().nullable().default(null),
  file: z.string().default(''),
  line: z.number().int().min(1).default(1),
  differences: z.array(z.string()).default([]),
});
const schema = z.object({ schemaVersion: z.literal(1), decisions: z.array(decision) });

/** All decisions, by site id; none without the file. Throws UserError when the file cannot be read or is none of ours. */
export function readDecisions(stateDir: string): Decision[] {
  let text: string;
  try {
    text = readFileSync(join(stateDir, DECISIONS_FILE), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === 'ENOENT') return [];
    throw new UserError(`${DECISIONS_FILE} cannot be read`, code);
  }
  return parseDecisions(text);
}

/** Decisions from a text. Throws UserError for anything else, and for two decisions on one site. */
export function parseDecisions(text: string): Decision[] {
  const hint = 'mend it, or take the entry out and decide again with `redis-migrate accept`';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UserError(`${DECISIONS_FILE} is not valid JSON (a merge conflict left in it?)`, hint);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${DECISIONS_FILE}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(), hint);
  }
  const ids = parsed.data.decisions.map(({ site }) => site);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UserError(`${DECISIONS_FILE} decides on ${twice} twice`, hint);
  return sorted(parsed.data.decisions);
}

/** The content of the file with one more decision; an older one on the same site goes. */
export function withDecision(all: readonly Decision[], one: Decision): { schemaVersion: 1; decisions: Decision[] } {
  return { schemaVersion: 1, decisions: sorted([...all.filter(({ site }) => site !== one.site), one]) };
}

/** The content of the file without the decision on a site. */
export function withoutDecision(all: readonly Decision[], id: string): { schemaVersion: 1; decisions: Decision[] } {
  return { schemaVersion: 1, decisions: sorted(all.filter(({ site }) => site !== id)) };
}

/** By id: two branches that decide on different sites most often change different places of the file. */
function sorted(all: readonly Decision[]): Decision[] {
  return [...all].sort((a, b) => (a.site < b.site ? -1 : a.site > b.site ? 1 : 0));
}

/** One decision as `status` and `explain` tell it. */
export function statusOfDecision(one: StandingDecision): DecisionStatus {
  const { site, file, line, decision, reason, until, stale } = one;
  return { site, at: `${file}:${line}`, decision, reason, until, stale };
}
