/** The Python that runs a sample: Debian's packages are seen by Debian's own Python only. */

import { spawnSync } from 'node:child_process';

/** The first Python that has the modules; throws with the command that installs them. */
export function pythonWith(modules: readonly string[], packages: readonly string[]): string {
  const program = `import ${modules.join(', ')}`;
  const found = ['python3', '/usr/bin/python3'].find((file) => spawnSync(file, ['-c', program]).status === 0);
  if (found === undefined)
    throw new Error(`no Python has ${modules.join(', ')}: apt-get install ${packages.join(' ')}`);
  return found;
}
