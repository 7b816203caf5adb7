/** `docs/options.md`, from the tables of the libraries and what the runs came to. */

import { join } from 'node:path';
import { redisLibrary } from '../../src/libraries/index.js';
import type { OptionFact } from '../../src/model/library.js';
import { ROOT } from '../support/session.js';
import { NOT_RUN } from './not-run.js';
import type { Result } from './results.js';

export const DOCUMENT_FILE = join(ROOT, 'docs', 'options.md');

const HEAD = `# Options

What becomes of an option of a client when the client is moved to the accessor, by its class:

- **S** (meaning): the accessor has it too, or the site stays.
- **P** (policy): when it is stated and the accessor differs, a person decides (\`review\`); else it is listed.
- **C** (connection): the accessor decides; the option is dropped and listed. Those that are part of the identity are compared.

"Run" tells what a client with the option did in another way than one without it, on a real Redis 7.0, and with which versions
of the library: for S something must differ, for C nothing may. Policies show on failures only and are not run here.
This page is written by \`npx tsx test/options/record.ts\`; a test keeps it current.
`;

/** The text of the page. */
export function documentOf(results: readonly Result[]): string {
  const libraries = [...new Set(results.map(({ library }) => library))];
  return [HEAD, ...libraries.flatMap((library) => [sectionOf(library, results), ...nodesOf(library)])].join('\n');
}

function sectionOf(library: string, results: readonly Result[]): string {
  const options = redisLibrary(library)?.options ?? {};
  const own = results.filter((one) => one.library === library);
  const rows = (['S', 'P', 'C'] as const).flatMap((kind) =>
    Object.entries(options)
      .filter(([, fact]) => fact.class === kind)
      .map(
        ([name, fact]) =>
          `| \`${name}\` | ${kind} | ${fact.versions ?? 'all'} | ${fact.note} | ${run(library, name, fact, own)} |`,
      ),
  );
  const head = ['| Option | Class | Versions | What it is | Run |', '| --- | --- | --- | --- | --- |'];
  return [`## ${library}`, '', ...head, ...rows, ''].join('\n');
}

/** What clusters and clients behind Sentinel have beside those; a contract offers such clients or none (`contract.topologies`). */
function nodesOf(library: string): string[] {
  const rows = Object.entries(redisLibrary(library)?.nodesOptions ?? {}).map(
    ([name, fact]) => `| \`${name}\` | ${fact.class} | ${fact.note} |`,
  );
  if (rows.length === 0) return [];
  const head = ['| Option | Class | What it is |', '| --- | --- | --- |'];
  return [
    [`### ${library}: clusters and Sentinel`, '', 'Read in the sources, not run.', '', ...head, ...rows, ''].join('\n'),
  ];
}

function run(library: string, name: string, fact: OptionFact, results: readonly Result[]): string {
  const found = results.flatMap(({ version, options }) => (options[name] ? [{ version, differs: options[name] }] : []));
  const versions = found.map(({ version }) => version).join(', ');
  const differs = [...new Set(found.flatMap((one) => one.differs))];
  if (found.length > 0) return `${differs.length > 0 ? `differs: ${differs.join(', ')}` : 'same'} (${versions})`;
  const why = NOT_RUN[library]?.[name];
  if (why !== undefined) return `not run: ${why}`;
  return fact.class === 'P' ? '' : 'part of the identity';
}
