/** What the lint rules forbid, and where they do not hold. Pure. */

import { LIBRARIES } from '../../libraries/index.js';
import type { RedisLibrary } from '../../model/library.js';
import type { FileFacts, Project, ProjectFile } from '../../model.js';

/** An accessor, as far as the rules need it. */
export interface Guarded {
  language: 'javascript' | 'python';
  file: string;
  name: string;
  library: string;
}

/** A package, and the names of it by which code can open. */
export interface Banned {
  package: string;
  names: string[];
}

export interface GuardScope {
  language: Guarded['language'];
  banned: Banned[];
  /** Where the rules do not hold, as globs from the root: the accessors, tests, exempt files. */
  allowed: string[];
  /** The same for files that import today what is forbidden. */
  known: string[];
  message: string;
  /** Code asks for these packages by `require`. */
  requires: boolean;
}

export interface ScopeInput {
  project: Project;
  accessors: readonly Guarded[];
  /** Globs that the configuration exempts. */
  exempt: readonly string[];
}

/** Tests stand in for connections and open their own; `check` does not count those either. */
const TESTS = {
  javascript: {
    globs: ['**/*.{test,spec}.*', '**/{test,tests,__tests__,__mocks__}/**'],
    fits: /\.(?:test|spec)\.[^/]*$|(?:^|\/)(?:tests?|__tests__|__mocks__)\//,
  },
  python: {
    globs: ['**/test_*.py', '**/*_test.py', '**/conftest.py', '**/tests/**'],
    fits: /(?:^|\/)(?:test_[^/]*\.py|[^/]*_test\.py|conftest\.py|tests\/.*)$/,
  },
};

/**
 * The rules for one language; null without an accessor of it. Forbidden are the libraries of the accessors and those that
 * are imported or declared. Files that import what is forbidden are let pass as long as they do: the rules are for new
 * code, and what is left is counted by `check`. `types`: whether imports of types alone are let pass anywhere.
 */
export function scopeOf(language: Guarded['language'], input: ScopeInput, types: boolean): GuardScope | null {
  const accessors = input.accessors.filter((one) => one.language === language);
  if (accessors.length === 0) return null;
  const files = input.project.files.filter(({ facts }) => isOf(facts, language));
  const banned = librariesOf(language, input, accessors, files).flatMap(bannedOf);
  const opening = files.filter(({ facts }) => banned.some((one) => asksFor(facts, one, types)));
  const known = opening.map(({ facts }) => facts.file).filter((file) => !TESTS[language].fits.test(file));
  return {
    language,
    banned,
    allowed: [
      ...accessors.map(({ file }) => literal(file)),
      ...TESTS[language].globs,
      ...input.exempt.map((glob) => glob.replace(/\/$/, '/**')),
    ],
    known: known.map(literal).sort(),
    message: `Ask ${accessors.map(({ name, file }) => `${name} of ${file}`).join(', or ')} for the client (redis-migrate).`,
    requires: files.some(({ facts }) => facts.imports.some((one) => one.imported === '=' && isBanned(one, banned))),
  };
}

/** All globs; where the rules stand already, files come off the list and never onto it, as in a baseline. */
export function letPass({ allowed, known }: GuardScope, before: string | null): string[] {
  const standing = known.filter(
    (glob) => before === null || before.includes(`"${glob}"`) || before.includes(`'${glob}'`),
  );
  return [...new Set([...allowed, ...standing])];
}

function isOf({ language }: FileFacts, wanted: Guarded['language']): boolean {
  return (language === 'python') === (wanted === 'python');
}

function librariesOf(
  language: Guarded['language'],
  { project }: ScopeInput,
  accessors: readonly Guarded[],
  files: readonly ProjectFile[],
): RedisLibrary[] {
  const own = new Set(accessors.map(({ library }) => library));
  const declared = new Set(project.manifests.flatMap(({ dependencies }) => Object.keys(dependencies)));
  const imported = (name: string) =>
    files.some(({ facts }) => facts.imports.some(({ specifier }) => isIn(specifier, name, language)));
  return LIBRARIES.flatMap((library) => {
    if (library.kind !== 'redis' || library.language !== language) return [];
    const isThere = library.packages.some((name) => declared.has(name) || imported(name));
    return own.has(library.name) || isThere ? [library] : [];
  });
}

/** The first names of what opens; in Python whole dotted names, also under the module that defines them. */
function bannedOf({ language, packages, constructs, self }: RedisLibrary): Banned[] {
  const paths = constructs.flatMap(({ path, home }) => {
    const direct = path.length === 0 ? self.map((name) => [name]) : [path];
    return home === undefined ? direct : [...direct, [...path.slice(0, path.length - 1), home, ...path.slice(-1)]];
  });
  const names =
    language === 'python'
      ? outermost(paths.map((path) => path.join('.')))
      : [...self, ...paths.flatMap(([name]) => name ?? [])];
  return packages.map((name) => ({ package: name, names: [...new Set(names)] }));
}

/** `Redis`, not `Redis.from_url` as well: who may not name the one cannot name the other. */
function outermost(names: readonly string[]): string[] {
  return names.filter((name) => !names.some((other) => name.startsWith(`${other}.`)));
}

function isIn(specifier: string, name: string, language: Guarded['language']): boolean {
  return specifier === name || specifier.startsWith(`${name}${language === 'python' ? '.' : '/'}`);
}

function isBanned({ specifier }: { specifier: string }, banned: readonly Banned[]): boolean {
  return banned.some((one) => one.package === specifier);
}

/** Whether a file imports, or passes on, what is forbidden. */
function asksFor(facts: FileFacts, banned: Banned, types: boolean): boolean {
  const asked = [
    ...facts.imports.filter(({ typeOnly }) => !(types && typeOnly)),
    ...facts.exports.flatMap(({ specifier, imported, typeOnly }) =>
      specifier === null || (types && typeOnly) ? [] : [{ specifier, imported: imported ?? '*' }],
    ),
  ];
  return asked.some(({ specifier, imported }) =>
    facts.language === 'python'
      ? namesOf(specifier, imported, banned)
      : specifier === banned.package && (imported === '*' || imported === '=' || banned.names.includes(imported)),
  );
}

/** `import redis`, `from redis import asyncio`, `from redis.asyncio import Redis`: each can name `redis.asyncio.Redis`. */
function namesOf(specifier: string, imported: string, banned: Banned): boolean {
  const asked = imported === '*' || imported === '=' ? specifier : `${specifier}.${imported}`;
  return banned.names.some((name) => {
    const whole = `${banned.package}.${name}`;
    return whole === asked || whole.startsWith(`${asked}.`) || asked.startsWith(`${whole}.`);
  });
}

/** A path as a glob that fits it: `src/[id].ts` → `src/?id?.ts`. */
function literal(file: string): string {
  return file.replace(/[[\]{}()*?!+@]/g, '?');
}
