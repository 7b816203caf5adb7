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
    const own = library.packages.includes(packageName) ? withoutSelf(path, library.self) : path;
    const construct = library.constructs.find((c) => samePath(c.path, own) && allows(c.call, isNew));
    if (construct) return { library, construct };
  }
  return null;
}

/** The construct of a consumer library that calling `path` of a package is; null when it is none. */
export function consumerConstruct(
  libraries: readonly Library[],
  packageName: string,
  path: readonly string[],
): { library: ConsumerLibrary; construct: ConsumerConstruct } | null {
  for (const library of libraries) {
    if (library.kind !== 'consumer' || !library.packages.includes(packageName)) continue;
    const construct = library.constructs.find(
      (c) => samePath(c.path, path) || samePath(c.path, withoutSelf(path, ['default'])),
    );
    if (construct) return { library, construct };
  }
  return null;
}

/** Class extended by a project's own class: its instances are clients. */
export function isRedisClass(libraries: readonly Library[], packageName: string, path: readonly string[]): boolean {
  return redisConstruct(libraries, packageName, path, true) !== null;
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
