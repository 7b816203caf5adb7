/** CommonJS modules that are one value, with members that are exported one by one. */

import { storeMember } from './members.js';
import type { Solver } from './solver.js';

/** `module.exports = f; module.exports.client = c`: the member is one of what the module is. */
export function addMembersOfWhole(solver: Solver, file: number): void {
  const { exports } = solver.program.file(file).facts;
  for (const whole of exports) {
    if (whole.name !== '=' || whole.value === null) continue;
    for (const { name, value } of exports) {
      if (name === '=' || name === '*' || value === null) continue;
      const from = solver.program.valueNode(file, value);
      solver.watch(solver.program.valueNode(file, whole.value), (object) => storeMember(solver, object, name, from));
    }
  }
}
