/** Name and version of this program, as reports state them. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From the nearest package.json above this file: two folders up in the sources, three in the build. */
export function tool(): { name: 'redis-migrate'; version: string } {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const version = versionIn(join(folder, 'package.json'));
    if (version !== null) return { name: 'redis-migrate', version };
  }
  throw new Error('the package.json of redis-migrate is missing');
}

function versionIn(file: string): string | null {
  try {
    const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof data !== 'object' || data === null) return null;
    const { name, version } = data as { name?: unknown; version?: unknown };
    return name === 'redis-migrate' && typeof version === 'string' ? version : null;
  } catch {
    // No package.json in this folder: the search goes on above it.
    return null;
  }
}
