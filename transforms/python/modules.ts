/** Module names: `.redis` in `app/cache.py` and `app.redis` are one module. */

import { posix } from 'node:path';

/** Whether two specifiers of one file name the same module. */
export function sameModule(file: string, left: string, right: string): boolean {
  if (left === right) return true;
  if (left.startsWith('.') === right.startsWith('.')) return false;
  const [relative, absolute] = left.startsWith('.') ? [left, right] : [right, left];
  const path = pathOf(file, relative);
  const dotted = absolute.replaceAll('.', '/');
  return path === dotted || path.endsWith(`/${dotted}`);
}

function pathOf(file: string, relative: string): string {
  const dots = /^\.+/.exec(relative)?.[0].length ?? 1;
  const folder = posix.join(posix.dirname(file), '../'.repeat(dots - 1));
  return posix.join(folder, relative.slice(dots).replaceAll('.', '/')).replace(/\/$/, '');
}
