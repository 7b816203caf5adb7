/** Functions of other packages that give back what they are given, in another manner: promises instead of callbacks. */

import { CONTEXTLIB, closesAtEnd, entersStack } from './contextlib.js';

const GIVES_BACK: ReadonlySet<string> = new Set([
  ...['util promisify', 'node:util promisify', 'util default.promisify', 'node:util default.promisify'],
  ...['bluebird promisify', 'bluebird promisifyAll', 'bluebird default.promisify', 'bluebird default.promisifyAll'],
  ...['es6-promisify promisify', 'es6-promisify ', 'pify ', 'pify default', 'util.promisify '],
]);

/** Packages that have such functions. */
export const GIVING_BACK: readonly string[] = [
  CONTEXTLIB,
  ...[...GIVES_BACK].map((entry) => entry.split(' ')[0] ?? ''),
];

/** Whether the first argument of a call of `path` of a package comes back. */
export function givesBack(packageName: string, path: readonly string[]): boolean {
  return (
    GIVES_BACK.has(`${packageName} ${path.join('.')}`) ||
    closesAtEnd(packageName, path) ||
    entersStack(packageName, path)
  );
}
