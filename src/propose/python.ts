/** Where the accessor of a Python package goes. */

import { dirname } from 'node:path/posix';
import { inPackage, type Package } from './packages.js';

/** In the folder that all its sites share: what they can import already, and no new root of imports. */
export function pythonPlace(own: Package, name: string): string {
  const folders = own.sites.filter(({ zone }) => zone === 'production').map(({ file }) => dirname(file).split('/'));
  const [first = [], ...others] = folders.length > 0 ? folders : own.sites.map(({ file }) => dirname(file).split('/'));
  let depth = 0;
  while (depth < first.length && others.every((one) => one[depth] === first[depth])) depth += 1;
  const shared = first.slice(0, depth).join('/');
  if (shared === '' || shared === '.') return inPackage(own, name);
  return `${shared}/${name}`;
}
