/** The programs of `fixtures/identity`: what they are, and which versions of their library they are for. */

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { within } from '../../src/libraries/index.js';

export interface Program {
  /** `urls/the URL wins over the options`. */
  name: string;
  library: string;
  main: string;
  /** Path → text. */
  files: Record<string, string>;
  env: Record<string, string>;
  /** What a settings object holds in the run, by its path in the program: `settings.py#settings.redis_url`. */
  config: Record<string, string>;
  versions: string;
  /** The library, or the program itself, throws: there is no connection. */
  throws: boolean;
  /** Terms that nothing but a run can tell. */
  unknown: string[];
}

const FOLDER = join(import.meta.dirname, '../../fixtures/identity');

/** All programs, in the order of libraries, files and lines. */
export function readIdentityPrograms(): Program[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((library) =>
      readdirSync(join(FOLDER, library))
        .sort()
        .flatMap((file) => programsOf(library, file, readFileSync(join(FOLDER, library, file), 'utf8'))),
    );
}

/**
 * A file holds many programs, each behind a line `program: <name>`. Further lines of its head: `env: NAME=value`, `config: path=value`,
 * `versions: <range>` (above the first program: for all of the file), `throws`, `unknown: <term>, …`, `file: <name>`.
 */
function programsOf(library: string, file: string, text: string): Program[] {
  const programs: Program[] = [];
  let versions = '*';
  let into = '';
  for (const line of text.split('\n')) {
    const [, word = '', value = ''] =
      /^(?:\/\/|#) (program|env|config|versions|throws|unknown|file)(?:: (.*))?$/.exec(line) ?? [];
    const program = programs.at(-1);
    if (word === 'program') {
      into = `main${extname(file)}`;
      const name = `${file.slice(0, -extname(file).length)}/${value}`;
      programs.push({
        name,
        library,
        main: into,
        files: {},
        env: {},
        config: {},
        versions,
        throws: false,
        unknown: [],
      });
    } else if (!program) {
      if (word === 'versions') versions = value;
    } else if (word === 'env' || word === 'config') {
      const [name = '', said = ''] = value.split(/=(.*)/s);
      program[word][name] = said;
    } else if (word === 'versions') program.versions = value;
    else if (word === 'throws') program.throws = true;
    else if (word === 'unknown') program.unknown = value.split(', ');
    else if (word === 'file') {
      into = value;
      if (value.startsWith('main.')) program.main = value;
    } else program.files[into] = `${program.files[into] ?? ''}${line}\n`;
  }
  return programs;
}

/** Programs that a version of the library runs. */
export function programsFor(programs: readonly Program[], library: string, version: string): Program[] {
  return programs.filter((one) => one.library === library && within(version, one.versions) === 'always');
}
