/** How a scaffold is written for a language, a module system and a version of its library. */

import semver from 'semver';
import type { ScaffoldDatabase } from './database.js';

/** `import { env as settings } from '../env.js'`. */
export interface SettingsImport {
  /** `src/env.ts#env`: what stands before the first dot of a `config:` term. */
  holder: string;
  /** Exported name: `default` and `=` (`module.exports`) as in the facts. */
  exported: string;
  specifier: string;
}

export interface ScaffoldInput {
  /** First part of the connections' names: the package's name. */
  service: string;
  /** Settings modules that addresses are read from: `file#name` and how the accessor imports it. */
  settings?: readonly SettingsImport[];
  /** The first one is what a call without a name gets. */
  databases: ScaffoldDatabase[];
  language: 'typescript' | 'javascript' | 'python';
  /** Only JavaScript differs by it. */
  module: 'esm' | 'cjs';
  /** Version or range of the Redis library in the project; null: the newest. It decides what is imported and called. */
  version: string | null;
  /** Package that gives the library, where it has several: `@redis/client`. */
  package?: string;
  /** Python: also with the functions that give asyncio clients. */
  asynchronous?: boolean;
}

/** What differs between the languages and versions. */
export interface Style {
  /** Line that imports the class. */
  importLine: string;
  /** Type of a client, and of its options. */
  client: string;
  options: string;
  typed: boolean;
  /** `export ` or nothing (CommonJS exports at the end). */
  exported: string;
}

/**
 * ioredis 4 has only a default export, and its types (`@types/ioredis`) are members of it; the named export came with
 * 5.2.5, and with it alone the class can be constructed under TypeScript's NodeNext resolution.
 */
export function styleOf({ language, module, version }: ScaffoldInput): Style {
  const typed = language === 'typescript';
  const exported = typed || module === 'esm' ? 'export ' : '';
  const range = version === null ? null : semver.validRange(version);
  const named = range === null || semver.intersects(range, '>=5.2.5');
  if (exported === '') {
    const importLine = named ? "const { Redis } = require('ioredis');" : "const Redis = require('ioredis');";
    return { importLine, client: '', options: '', typed, exported };
  }
  if (range !== null && !semver.intersects(range, '>=5.0.0')) {
    return {
      importLine: "import Redis from 'ioredis';",
      client: 'Redis.Redis',
      options: 'Redis.RedisOptions',
      typed,
      exported,
    };
  }
  const names = `${named ? '{ Redis' : 'Redis, {'}${typed ? `${named ? ', ' : ' '}type RedisOptions` : ''} }`;
  const plain = named ? '{ Redis }' : 'Redis';
  return {
    importLine: `import ${typed ? names : plain} from 'ioredis';`,
    client: 'Redis',
    options: "Omit<RedisOptions, 'replyMapping'>",
    typed,
    exported,
  };
}
