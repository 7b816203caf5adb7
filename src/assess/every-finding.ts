/** Everything that is worth a person's look and belongs to no verdict, in one list. */

import type { StandingDecision } from '../model/decision.js';
import type { Finding, Site } from '../model/site.js';
import type { Trace } from '../model/traced.js';
import { type Context, zoneOf } from './context.js';
import { staleDecisions } from './decisions.js';
import { idleDirectives } from './exempt.js';
import { findingsOf } from './findings.js';
import { addressFindings } from './findings-address.js';
import { commandFindings, mergeFindings } from './findings-data.js';
import { lifetimeFindings } from './findings-lifetime.js';
import { failOpenFindings } from './findings-open.js';
import { processFindings } from './findings-process.js';
import { switchFindings } from './findings-switches.js';
import { ignoredFindings } from './ignored.js';
import type { Row } from './sites.js';

/** What the findings are about, besides the trace. */
interface Found {
  decisions: readonly StandingDecision[];
  sites: readonly Site[];
  /** Replaced imports and instances, which exemptions may stand at. */
  replaced: readonly Row[];
}

export function everyFinding(context: Context, { decisions, sites, replaced }: Found): Finding[] {
  const { trace, project } = context;
  const isProduction = (file: string) => zoneOf(context, file) === 'production';
  return [
    ...findingsOf(trace),
    ...ignoredFindings(trace),
    ...lifetimeFindings(trace, isProduction),
    ...addressFindings(trace, isProduction),
    ...processFindings(project, isProduction),
    ...failOpenFindings(context, trace, isProduction),
    ...switchFindings(project, isProduction),
    ...commandFindings(trace, isProduction),
    ...mergeFindings(sites, trace.openings),
    ...staleDecisions(decisions),
    ...idleDirectives(
      project.files.map(({ facts }) => facts),
      [...placesOf(trace), ...replaced.map(({ site }) => site)],
    ),
  ];
}

function placesOf(trace: Trace): { file: string; line: number }[] {
  const { openings, urls, accessorCalls, consumerOptions, factoryCalls, wrapperInstances, foreignCloses } = trace;
  const direct = [...openings, ...urls, ...accessorCalls, ...consumerOptions];
  return [...direct, ...factoryCalls, ...wrapperInstances, ...foreignCloses].map(({ file, at }) => ({
    file,
    line: at.line,
  }));
}
