/** Calls of packages that make something whose members are asked for. */

import { isFramework } from '../libraries/frameworks.js';
import { SERVER_PACKAGES } from '../libraries/servers.js';
import type { Library } from '../model/library.js';
import { makesStack } from './contextlib.js';
import { MADE } from './objects.js';
import { makesConstruct } from './packages.js';

/**
 * Whether calling `path` of a package makes such a thing: a construct of a consumer, a stack of contexts, or what a server
 * framework makes, which is followed to where handlers are registered on it and to where it begins to listen.
 */
export function makesAsked(libraries: readonly Library[], packageName: string, path: readonly string[]): boolean {
  if (makesStack(packageName, path) || makesConstruct(libraries, packageName, path)) return true;
  return (isFramework(packageName) || SERVER_PACKAGES.includes(packageName)) && !path.includes(MADE);
}
