/** The names of each scope of a Python file, as facts have them and as CPython's compiler has them. */

import { spawnSync } from 'node:child_process';
import type { FileFacts, Scope, ScopeId } from '../../../src/model/facts.js';

const PROGRAM = new URL('symbols.py', import.meta.url).pathname;

/** Kind, name, line, names that it binds, and where each name that it reads is bound. */
export type ScopeNames = [string, string, number, string[], Record<string, string>];

/** What a Python says of files; a text where it does not accept one. */
export function symbolsOf(python: string, paths: readonly string[]): (ScopeNames[] | string)[] {
  const { status, stdout, stderr } = spawnSync(python, [PROGRAM], {
    input: paths.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ScopeNames[] | string);
}

/** What facts say, in the words of `symbols.py`. */
export function namesOf(facts: FileFacts): ScopeNames[] {
  const lineOf = (offset: number) => facts.lineStarts.filter((start) => start <= offset).length;
  const found = facts.scopes.map((scope, id): ScopeNames => {
    const kind = scope.kind === 'block' ? 'comprehension' : scope.kind;
    const bound = facts.locals.filter((local) => local.scope === id).map(({ name }) => name);
    return [kind, scope.name ?? '', kind === 'module' ? 0 : lineOf(scope.span.start), bound.sort(), {}];
  });
  for (const value of facts.values) {
    const read = found[value.scope]?.[4];
    if (!read) continue;
    if (value.kind === 'global') read[value.name] = 'module';
    const local = value.kind === 'reference' ? facts.locals[value.local] : undefined;
    if (local) read[local.name] = whereIs(facts.scopes, local.scope, value.scope);
  }
  return found;
}

function whereIs(scopes: readonly Scope[], of: ScopeId, from: ScopeId): string {
  if (of === from) return 'local';
  return scopes[of]?.kind === 'module' ? 'module' : 'outer';
}

/** What differs between facts and CPython: one line each, empty when nothing does. Reads that facts leave out do not count. */
export function differences(facts: readonly ScopeNames[], symbols: readonly ScopeNames[]): string[] {
  const key = ([kind, name, line]: ScopeNames) => `${kind} ${name}:${line}`;
  const [own, theirs] = [groupsBy(facts, key), groupsBy(symbols, key)];
  return [...new Set([...own.keys(), ...theirs.keys()])].sort().flatMap((where) => {
    const [mine = [], other = []] = [own.get(where), theirs.get(where)];
    if (mine.length !== other.length) return [`${where}: ${mine.length} scopes, CPython has ${other.length}`];
    // Several of one line (lambdas) are told apart by what they bind.
    const sorted = (all: ScopeNames[]) => [...all].sort((a, b) => (a[3].join() < b[3].join() ? -1 : 1));
    return sorted(mine).flatMap((one, index) => differ(where, one, sorted(other)[index] ?? one));
  });
}

function groupsBy(all: readonly ScopeNames[], key: (one: ScopeNames) => string): Map<string, ScopeNames[]> {
  const groups = new Map<string, ScopeNames[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

function differ(where: string, [kind, , , bound, read]: ScopeNames, [, , , theirs, known]: ScopeNames): string[] {
  const said = bound.join() === theirs.join() ? [] : [`${where}: binds ${bound.join()}, CPython ${theirs.join()}`];
  if (kind === 'module') return said;
  for (const [name, place] of Object.entries(read)) {
    const told = known[name];
    if (told !== undefined && told !== place) said.push(`${where}: ${name} is ${place}, CPython ${told}`);
  }
  return said;
}
