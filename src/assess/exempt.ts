/** What a person took out: by the config, by a comment in the code, or by a decision. */

import type { Config } from '../model/config.js';
import type { Directive, FileFacts } from '../model/facts.js';
import type { Exemption, Finding } from '../model/site.js';
import { matches } from './globs.js';
import { compare } from './order.js';

/** The exemption of a site; null when there is none. The comment beside it counts before a decision, that before the config. */
export function exemptionOf(
  facts: FileFacts | null,
  file: string,
  line: number,
  config: Config,
  decided: Exemption | null = null,
): Exemption | null {
  const directive = facts?.directives.find((one) => holdsFor(one, line));
  if (directive) return { by: 'comment', reason: directive.reason, until: null };
  if (decided) return decided;
  const rule = config.exempt.find(({ files }) => files.some((glob) => matches(glob, file)));
  return rule ? { by: 'config', reason: rule.reason, until: rule.until } : null;
}

function holdsFor(directive: Directive, line: number): boolean {
  return directive.line === line || (directive.alone && directive.line + 1 === line);
}

/** Comments that exempt nothing: the site went away, or the comment stands on a wrong line. */
export function idleDirectives(
  files: readonly FileFacts[],
  places: readonly { file: string; line: number }[],
): Finding[] {
  return files
    .flatMap((facts) =>
      facts.directives
        .filter((one) => !places.some(({ file, line }) => file === facts.file && holdsFor(one, line)))
        .map(
          (one): Finding => ({
            code: 'ignore-without-site',
            severity: 'low',
            file: facts.file,
            line: one.line,
            message: 'This comment exempts nothing: no site stands on its line or on the next one.',
          }),
        ),
    )
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line);
}
