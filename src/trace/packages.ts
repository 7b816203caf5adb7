/** Which construct of which library a member path of a package is. */

import type { LanguageName } from '../model/facts.js';
import type { Construct, ConsumerConstruct, ConsumerLibrary, Library, RedisLibrary } from '../model/library.js';

/** A construct of a Redis library, reached through one of its packages. */
export interface FoundConstruct {
  library: RedisLibrary;
  packageName: string;
  construct: Construct;
}

/**
 * The construct of a Redis library that calling `path` of a package is; null when it is none. A package of the same name
 * is another library in another language.
 */
export function redisConstruct(
  libraries: readonly Library[],
  language: LanguageName,
  packageName: string,
  path: readonly string[],
  isNew: boolean,
): FoundConstruct | null {
  const spoken = language === 'python' ? 'python' : 'javascript';
  for (const library of libraries) {
    if (library.kind !== 'redis' || library.language !== spoken || !library.packages.includes(packageName)) continue;
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
  return libraries.filter((l): l is ConsumerLibrary => l.kind === 'consumer' && l.packages.includes(packageName));
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
