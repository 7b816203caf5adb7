/** `init` on a terminal: what was found, which accessor, and a last look at what would be written. */

import { UserError } from '../errors.js';
import { count, type InitReport } from '../report/index.js';
import { mask } from '../secrets.js';
import type { Asker } from './ask.js';
import type { Surroundings } from './surroundings.js';

interface Choice {
  scaffold: string | null;
}

type Run = (request: Choice & { dryRun: true }) => Promise<InitReport>;

/** Asks a person; null when nothing is to be written. Throws a `UserError` without a terminal to ask on. */
export async function guided(asked: string | null, around: Surroundings, run: Run): Promise<Choice | null> {
  const asker = await around.asker();
  if (asker === null) {
    throw new UserError('init needs --yes', 'It then writes its best guess, for you to look through.');
  }
  const found = await run({ scaffold: asked, dryRun: true });
  if (found.config === null) return await goOn(asked, found, asker);
  asker.say('Found', foundLines(found).map(mask));
  const [existing] = found.accessors;
  const answers = [
    { value: 'default', label: 'Write the default accessor', hint: 'shared clients by database, own ones by role' },
    {
      value: '',
      label: existing ? `Use \`${existing.name}\` of ${existing.file}` : 'Only the configuration',
      hint: existing ? count(existing.callSites, 'call') : 'the accessor will be written by hand',
    },
  ];
  const order = existing ? answers.toReversed() : answers;
  const scaffold = asked ?? (await asker.choose('Which function shall be the only one that opens Redis?', order));
  if (scaffold === null) return null;
  const choice = { scaffold: scaffold === '' ? null : scaffold };
  const { written } = await run({ ...choice, dryRun: true });
  const isWanted = await asker.confirm(`Write ${inWords(written)}?`);
  return isWanted === true ? choice : null;
}

/** `a`, `a and b`, `a, b and c`. */
function inWords(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** Where there is a configuration already, accessors that it names and lint rules are left to be written. */
async function goOn(asked: string | null, { written }: InitReport, asker: Asker): Promise<Choice | null> {
  const what = asked === null ? 'Write lint rules into' : 'Write';
  const isWanted = written.length === 0 || (await asker.confirm(`${what} ${inWords(written)}?`));
  return isWanted === true ? { scaffold: asked } : null;
}

function foundLines({ libraries, groups, accessors, tests, scopes }: InitReport): string[] {
  return [
    ...libraries.map(
      ({ name, versions, openings }) => `${[name, ...versions].join(' ')}: ${count(openings, 'opening')}`,
    ),
    ...groups.map(({ name, identity, sites }) => `database ${name}: ${identity}, ${count(sites, 'site')}`),
    ...accessors.map(({ name, file, callSites }) => `${name} of ${file}: ${count(callSites, 'call')}`),
    ...(scopes.length > 1 ? [`an accessor each for ${scopes.map(({ scope }) => scope).join(', ')}`] : []),
    ...(tests.length > 0 ? [`tests: ${tests.join(', ')}`] : []),
  ];
}
