/** Which construct of which library a member path of a package is. */

import type { LanguageName } from '../model/facts.js';
import type { Construct, ConsumerConstruct, ConsumerLibrary, Library, RedisLibrary } from '../model/library.js';

/** A construct of a Redis library, reached through one of its packages. */
export interface FoundConstruct {
  library: RedisLibrary;
  packageName: string;
  construct: Construct;
  /** The name that stands for the package where nothing binds it. */
  unbound?: string;
}

/**
 * The construct of a Redis library that calling `path` of a package is; null when it is none. A package of the same name
 * is another library in another language. Of globals (package `''`): what the call meant before somebody took its import
 * away, in Python, where modules have one name for all.
 */
export function redisConstruct(
  libraries: readonly Library[],
  language: LanguageName,
  packageName: string,
  path: readonly string[],
  isNew: boolean,
): FoundConstruct | null {
  const spoken = language === 'python' ? 'python' : 'javascript';
  const [root, ...rest] = path;
  if (packageName === '' && spoken === 'python' && root !== undefined) {
    const meant = redisConstruct(libraries, language, root, rest, isNew);
    return meant && { ...meant, unbound: root };
  }
  for (const library of librariesNamed(libraries, packageName)) {
    if (library.kind !== 'redis' || library.language !== spoken) continue;
    const own = withoutSelf(path, library.self);
    const construct = library.constructs.find((c) => samePath(c.path, own) && allows(c.call, isNew));
    if (construct) return { library, packageName, construct };
  }
  return null;
}

/** The constructs of consumer libraries that calling `path` of a package, or installing it as a plugin, can be. */
export function consumerConstructs(
  libraries: readonly Library[],
  packageName: string,
  path: readonly string[],
  plugin = false,
): { library: ConsumerLibrary; construct: ConsumerConstruct }[] {
  return consumersNamed(libraries, packageName).flatMap((library) => {
    const same = library.constructs.filter(
      (c) =>
        (c.call === 'plugin') === plugin &&
        (samePath(c.path, path) || samePath(c.path, withoutSelf(path, ['default']))),
    );
    return same.map((construct) => ({ library, construct }));
  });
}

/** Whether calling `path` of a package gives a construct of a consumer: `require('connect-redis')(session)`. */
export function makesConstruct(libraries: readonly Library[], packageName: string, path: readonly string[]): boolean {
  return consumersNamed(libraries, packageName).some(({ constructs }) =>
    constructs.some((c) => c.path.at(-1) === '()' && samePath(c.path.slice(0, -1), withoutSelf(path, ['default']))),
  );
}

function consumersNamed(libraries: readonly Library[], packageName: string): ConsumerLibrary[] {
  const named = librariesNamed(libraries, packageName);
  return named.length === 0 ? [] : named.filter((l): l is ConsumerLibrary => l.kind === 'consumer');
}

/** Tables by the packages that they speak of: every call of a package asks. */
const byPackage = new WeakMap<readonly Library[], Map<string, Library[]>>();
const NONE: readonly Library[] = [];

function librariesNamed(libraries: readonly Library[], packageName: string): readonly Library[] {
  const known = byPackage.get(libraries) ?? indexPackages(libraries);
  byPackage.set(libraries, known);
  return known.get(packageName) ?? NONE;
}

function indexPackages(libraries: readonly Library[]): Map<string, Library[]> {
  const found = new Map<string, Library[]>();
  for (const library of libraries) {
    for (const name of new Set(library.packages)) found.set(name, [...(found.get(name) ?? []), library]);
  }
  return found;
}

function withoutSelf(path: readonly string[], self: readonly string[]): string[] {
  return path.filter((name) => !self.includes(name));
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function allows(call: 'new' | 'call' | 'either', isNew: boolean): boolean {
  return call === 'either' || (call === 'new') === isNew;
}
