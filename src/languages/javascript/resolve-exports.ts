/** `exports` and `imports` maps of package.json: which targets a subpath may lead to, the likeliest source first. */

/**
 * Conditions in the order in which they are likely to lead to source. Every branch is a candidate: in a clean clone most
 * targets are not built, and the caller takes the first one that has a source file.
 */
const CONDITIONS = ['development', 'bun', 'import', 'module', 'node', 'require', 'default', 'types'];

/** Targets of `subpath` (`.`, `./x` or `#x`), with `*` filled in. Empty when the map does not offer it. */
export function targetsOf(map: unknown, subpath: string): string[] {
  if (!isSubpathMap(map)) return subpath === '.' ? leaves(map) : [];
  const exact = map[subpath];
  if (exact !== undefined && !subpath.includes('*')) return leaves(exact);
  const best = Object.keys(map)
    .filter((key) => matchPattern(key, subpath) !== null)
    .sort((a, b) => prefixLength(b) - prefixLength(a))[0];
  if (best === undefined) return [];
  const star = matchPattern(best, subpath) ?? '';
  return leaves(map[best]).map((target) => target.replaceAll('*', star));
}

/** All targets of a map, patterns with their `*`. */
export function allTargets(map: unknown): string[] {
  if (!isSubpathMap(map)) return leaves(map);
  return Object.values(map).flatMap(leaves);
}

/** What `*` stands for when `text` matches `pattern`; '' for an exact match; null for none. */
export function matchPattern(pattern: string, text: string): string | null {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text ? '' : null;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (text.length < before.length + after.length) return null;
  return text.startsWith(before) && text.endsWith(after) ? text.slice(before.length, text.length - after.length) : null;
}

function prefixLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern.length : star;
}

function isSubpathMap(map: unknown): map is Record<string, unknown> {
  return isRecord(map) && Object.keys(map).some((key) => key.startsWith('.') || key.startsWith('#'));
}

function leaves(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.flatMap(leaves);
  if (!isRecord(target)) return [];
  const keys = Object.keys(target).sort((a, b) => rank(a) - rank(b));
  return [...new Set(keys.flatMap((key) => leaves(target[key])))];
}

/** `source`, `src`, `@scope/source`: made by monorepos to mean their sources. */
function rank(condition: string): number {
  if (/source|src/i.test(condition)) return -1;
  const index = CONDITIONS.indexOf(condition);
  return index < 0 ? CONDITIONS.length : index;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
