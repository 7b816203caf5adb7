/** What a codemod without gates does with every file: jscodeshift parses it, and no transform follows. usage: node peer.mjs <tree> */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jscodeshift from 'jscodeshift';

const read = jscodeshift.withParser('tsx');
const plain = jscodeshift.withParser('ts');
let failed = 0;
const visit = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', '.git'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) visit(path);
    else if (/\.[cm]?[jt]sx?$/.test(entry.name)) {
      try {
        (/x$/.test(entry.name) ? read : plain)(readFileSync(path, 'utf8'));
      } catch {
        failed += 1;
      }
    }
  }
};
visit(process.argv[2]);
console.log(JSON.stringify({ failed }));
