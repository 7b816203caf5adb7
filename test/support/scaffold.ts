/** Writes a generated accessor into a folder of its own, compiles it with the real compiler and loads it. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Redis } from 'ioredis';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What an accessor exports. */
export interface LoadedAccessor {
  getRedis(request?: { database?: string; role?: string }): Redis;
  openRedis(request: { database?: string; role: string }): Redis;
  closeRedis(limits?: { deadlineMs?: number }): Promise<void>;
  overrideRedis(database: string, client: Redis | null): void;
}

export interface Workshop {
  folder: string;
  write(file: string, text: string): void;
  read(file: string): string;
  /** What the compiler says of files under the strictest settings; empty when it is content. Emits JavaScript. */
  compile(...files: string[]): string;
  /** Imports a module anew: `copy` tells one evaluation of it from another. */
  load(file: string, copy?: string): Promise<LoadedAccessor>;
  remove(): void;
}

const STRICTEST = [
  ...['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noPropertyAccessFromIndexSignature'],
  ...['--noUnusedLocals', '--noUnusedParameters', '--noImplicitReturns', '--verbatimModuleSyntax', '--isolatedModules'],
  ...['--target', 'ES2022', '--module', 'NodeNext', '--types', 'node', '--skipLibCheck'],
];

/** A folder that is an ESM package and sees the packages of the checkout. */
export function workshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'accessor-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  return {
    folder,
    write: (file, text) => writeFileSync(join(folder, file), text),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    compile: (...files) => {
      const options = { cwd: folder, encoding: 'utf8' } as const;
      const { stdout, stderr, status } = spawnSync(process.execPath, [compiler, ...STRICTEST, ...files], options);
      return status === 0 ? '' : `${stdout}${stderr}`;
    },
    load: async (file, copy = '1') => {
      if (file.endsWith('.cjs')) return createRequire(join(folder, 'package.json'))(join(folder, file));
      return import(/* @vite-ignore */ `${pathToFileURL(join(folder, file)).href}?copy=${copy}`);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
