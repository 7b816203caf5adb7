/** The real jscodeshift, run with the wrapper of one pattern. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, type Program, start } from '../cli/program.js';

const JSCODESHIFT = join(CHECKOUT, 'node_modules/jscodeshift/bin/jscodeshift.js');

/** A function that runs the wrapper of a pattern over these files; it gives the files, and what jscodeshift said. */
export function codeshiftOf(program: Program) {
  return (pattern: string, files: Record<string, string>, args: string[] = []) => {
    const root = program.tree(files, { git: false });
    const line = [JSCODESHIFT, '--cpus=1', '-t', program.built(`src/jscodeshift/${pattern}.cjs`), ...args];
    const { out, err } = start(process.execPath, [...line, ...Object.keys(files)], root);
    const after = Object.fromEntries(Object.keys(files).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
    return { after, said: out + err };
  };
}
