/** Trees as texts, to be compared whole. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What is no source: git's, the packages, the tool's own folder, what Python keeps of its modules. */
const NO_SOURCE = /^(?:node_modules|\.git|\.redis-migrate)(?:\/|$)|__pycache__/;

/** Every source file of a tree with its text, by path with `/`. */
export function textsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !NO_SOURCE.test(file));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}
