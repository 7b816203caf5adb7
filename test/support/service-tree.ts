/** A small service in a repository of its own, and its migration as a person runs it: with the default accessor and every batch. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { applyChanges } from '../../src/apply-changes.js';
import { initialise } from '../../src/initialise.js';
import { git, makeTree } from '../scan/tree.js';

/** Packages that the services of tests run with: those of this project. */
export const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** Writes the files of a service and commits them. Gives its folder, which is removed when the test ends. */
export function serviceTree(files: Readonly<Record<string, string>>): string {
  const root = makeTree(files);
  symlinkSync(MODULES, join(root, 'node_modules'));
  git(root, 'init', '-q');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'service');
  return root;
}

/** Writes an accessor and applies every batch; `includeReview`: sites that ask for review too. */
export async function migrate(root: string, { includeReview }: { includeReview: boolean }) {
  const o = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  await initialise(o, { scaffold: 'default', yes: true });
  return applyChanges(o, {
    ...{ batch: 'all', sites: null, dryRun: false, includeReview, allowDirty: true },
    ...{ formatWith: null, showSecrets: false, typecheck: false },
  });
}
