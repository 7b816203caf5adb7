/** How the scaffold for node-redis is written for a language, a module system, a package and a version. */

import semver from 'semver';
import { UserError } from '../../errors.js';
import type { ScaffoldInput } from './style.js';

/** What differs between the languages and versions. */
export interface NodeRedisStyle {
  typed: boolean;
  /** `export ` or nothing (CommonJS exports at the end). */
  exported: string;
  importLine: string;
  /** Type of a client. */
  client: string;
  /** Statement that ends a connection at once. */
  end: string;
}

/** 4 ends a connection with `disconnect()`, later versions with `destroy()`. Throws a UserError for what is older. */
export function styleOf({ language, module, version, package: name = 'redis' }: ScaffoldInput): NodeRedisStyle {
  const major = majorOf(name, version);
  if (major < 4) {
    throw new UserError(`there is no accessor to scaffold for ${name} ${version}`, 'It begins with node-redis 4.');
  }
  const typed = language === 'typescript';
  const exported = typed || module === 'esm' ? 'export ' : '';
  const given = exported === '' ? `require('${name}')` : `'${name}'`;
  return {
    typed,
    exported,
    importLine: exported === '' ? `const { createClient } = ${given};` : `import { createClient } from ${given};`,
    client: `ReturnType<typeof createClient${typeArguments(name, major)}>`,
    end: major === 4 ? 'client.disconnect().catch(() => undefined)' : 'client.destroy()',
  };
}

/** The major version of node-redis; the newest when it is not known. `@redis/client` 1 is that of redis 4. */
function majorOf(name: string, version: string | null): number {
  const range = version === null ? null : semver.validRange(version);
  const major = range === null ? 6 : (semver.minVersion(range)?.major ?? 6);
  return name === '@redis/client' && major === 1 ? 4 : major;
}

/**
 * What makes the type that of `createClient({ url })`, so that what was declared by such a call can be given a client of
 * the accessor. Up to redis 5 nothing; later the type parameters have defaults, which `ReturnType` does not see.
 */
function typeArguments(name: string, major: number): string {
  if (major >= 6) return '<{}, {}, {}, 3, {}>';
  return name === '@redis/client' && major === 5 ? '<{}, {}, {}, 2, {}>' : '';
}
