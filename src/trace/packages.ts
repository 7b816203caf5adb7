/** Which construct of which library a member path of a package is. */

import type { Construct, ConsumerConstruct, ConsumerLibrary, Library, RedisLibrary } from '../model/library.js';

/** The construct of a Redis library that calling `path` of a package is; null when it is none. */
export function redisConstruct(
  libraries: readonly Library[],
  packageName: string,
  path: readonly string[],
  isNew: boolean,
): { library: RedisLibrary; construct: Construct } | null {
  for (const library of libraries) {
    if (library.kind !== 'redis' || !library.packages.includes(packageName)) continue;
    const own = withoutSelf(path, library.self);
    const construct = library.constructs.find((c) => samePath(c.path, own) && allows(c.call, isNew));
    if (construct) return { library, construct };
  }
  return null;
}

/** The constructs of consumer libraries that calling `path` of a package can be. */
export function consumerConstructs(
  libraries: readonly Library[],
  packageName: string,
  path: readonly string[],
): { library: ConsumerLibrary; construct: ConsumerConstruct }[] {
  return libraries.flatMap((library) => {
    if (library.kind !== 'consumer' || !library.packages.includes(packageName)) return [];
    const same = library.constructs.filter(
      (c) => samePath(c.path, path) || samePath(c.path, withoutSelf(path, ['default'])),
    );
    return same.map((construct) => ({ library, construct }));
  });
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
