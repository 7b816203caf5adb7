/** What a program changes for all connections of its process: Node’s own switch that turns checks of certificates off. */

import { isEnvironment } from '../libraries/environment-changes.js';
import type { FileFacts } from '../model/facts.js';
import type { Project } from '../model/project.js';
import type { Finding } from '../model/site.js';
import { pathOf, placeIn } from './instance-reasons.js';

const SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED';

/** Assignments of the switch in production files that are parsed, and in files of settings, in the order of files and lines. */
export function processFindings({ files, settings = [] }: Project, isProduction: (file: string) => boolean): Finding[] {
  const assigned = files.flatMap(({ facts }) => (isProduction(facts.file) ? linesOf(facts) : []));
  const stated = settings.filter(({ unchecked, zone }) => unchecked && zone === 'production');
  return [...assigned, ...stated].map(({ file, line }) => ({
    code: 'tls-unchecked',
    severity: 'high',
    file,
    line,
    message: `\`${SWITCH}\` turns the checks of all certificates off, for every connection of the process.`,
  }));
}

function linesOf(facts: FileFacts): { file: string; line: number }[] {
  return facts.flows.flatMap(({ place, value, span }) => {
    if (place.kind !== 'member' || place.name !== SWITCH || !isEnvironment(pathOf(facts, place.object) ?? ''))
      return [];
    const set = facts.values[value];
    const off = set?.kind === 'literal' && ['0', 0].includes(set.value as string | number);
    return off ? [{ file: facts.file, line: placeIn(facts, span.start).line }] : [];
  });
}
