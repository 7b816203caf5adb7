/** Reads the sample programs of `fixtures/trace`: their files, and what they say must be found. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/** A sample program with its expectations. */
export interface SampleProgram {
  topic: string;
  /** `topic/case.ts`. */
  name: string;
  /** Path from the root → text. */
  files: Record<string, string>;
  /** Dependencies beside those of every program, with their versions. */
  dependencies: Record<string, string>;
  /** One for each client site outside of the accessor, in the order of file and place. */
  expected: ExpectedClient[];
  /** What is said of other rows and of findings; a kind that is not spoken of is not compared. */
  others: ExpectedOthers;
}

/** Kinds that the program speaks of, and what there must be of them: `factory-call makeLimiter`, in the order of names. */
export interface ExpectedOthers {
  kinds: string[];
  rows: string[];
}

/** What is said of one opening; a key that is left out is not compared. */
export interface ExpectedClient {
  api: string;
  container: string | null;
  said: Map<Key, string>;
}

/**
 * What can be said of a client: `// expect: client new Redis factory role=command uses=get,set`.
 * `unit=1`: together with the first client of the program; `duplicates=1`: made from it.
 * `identity` is the key of the identity, `unknown` without one. `why` names reasons that must be among those of the site.
 * `escapes` and `given` are always compared: left out, there must be none. A line `// with: redis@4.7.1` adds a dependency.
 */
export const KEYS = [
  'at',
  'bound',
  'role',
  'uses',
  'escapes',
  'given',
  'hooks',
  'once',
  'duplicates',
  'unit',
  'identity',
  'verdict',
  'why',
] as const;
export type Key = (typeof KEYS)[number];

/**
 * Rows of other categories and findings: `// expect: factory-call makeLimiter`, `// expect: finding per-request-opening`,
 * with `at=src/other.ts`, `verdict=…` and `identity=…`; `// expect: no factory-call` says that there are none.
 */
const OTHERS = ['factory-call', 'wrapper-instance', 'foreign-close', 'consumer-options', 'finding'];

/** File of a program that names none. */
export const MAIN = 'src/main';
const ALWAYS: readonly Key[] = ['escapes', 'given'];
const CONTAINERS = ['class-member', 'factory', 'module-singleton', 'default-param', 'argument', 'function-local'];
const EXPECT = /^(?:\/\/|#) expect: (.+)$/;
const FILE = /^(?:\/\/|#) file: (\S+)$/;
const WITH = /^(?:\/\/|#) with: (\S+)@(\S+)$/;

/** All programs below a folder: `<topic>/<case>.<extension>`. */
export function readPrograms(folder: string): SampleProgram[] {
  const topics = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return topics.flatMap(({ name: topic }) =>
    readdirSync(join(folder, topic))
      .sort()
      .map((file) => {
        return readProgram(`${topic}/${file}`, readFileSync(join(folder, topic, file), 'utf8'));
      }),
  );
}

/** Splits a text at its `// file:` lines; without one it is `src/main` with the extension of the case. */
export function readProgram(name: string, text: string): SampleProgram {
  const files: Record<string, string> = {};
  const lines = new Map<string, string[]>();
  let current = `${MAIN}${extname(basename(name))}`;
  const expected: ExpectedClient[] = [];
  const others: ExpectedOthers = { kinds: [], rows: [] };
  const dependencies: Record<string, string> = {};
  let none = false;
  for (const line of text.split('\n')) {
    const file = FILE.exec(line)?.[1];
    const said = EXPECT.exec(line)?.[1];
    const [, dependency, version] = WITH.exec(line) ?? [];
    if (file !== undefined) current = file;
    else if (dependency && version) dependencies[dependency] = version;
    else if (said === undefined) lines.set(current, [...(lines.get(current) ?? []), line]);
    else if (said === 'none') none = true;
    else if (readOther(said, others)) continue;
    else expected.push(readClient(name, said));
  }
  for (const [file, own] of lines) if (own.some((line) => line.trim() !== '')) files[file] = `${own.join('\n')}\n`;
  others.rows.sort();
  if (none === expected.length > 0) throw new Error(`${name}: say either what is expected or \`// expect: none\``);
  return { topic: name.split('/')[0] ?? '', name, files, dependencies, expected, others };
}

function readOther(said: string, others: ExpectedOthers): boolean {
  const [first = '', second = ''] = said.split(' ');
  const kind = first === 'no' ? second : first;
  if (!OTHERS.includes(kind)) return false;
  others.kinds.push(kind);
  if (first !== 'no') others.rows.push(said);
  return true;
}

function readClient(name: string, said: string): ExpectedClient {
  const [category, ...words] = said.split(/\s+/);
  if (category !== 'client') throw new Error(`${name}: only \`client\` and \`none\` can be expected, not \`${said}\``);
  const pairs = words.filter((word) => word.includes('='));
  const plain = words.filter((word) => !word.includes('='));
  const container = plain.find((word) => CONTAINERS.includes(word)) ?? null;
  const api = plain.filter((word) => word !== container).join(' ');
  const found = new Map<Key, string>(ALWAYS.map((key) => [key, '']));
  for (const pair of pairs) {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    const known = KEYS.find((one) => one === key);
    if (known === undefined) throw new Error(`${name}: \`${key}\` is not one of ${KEYS.join(', ')}`);
    found.set(known, value.split(',').sort().join(','));
  }
  return { api, container, said: found };
}
