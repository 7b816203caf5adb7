/** Lint rules for a tree: in the configurations that are there, or as text for a person. Reads, and writes nothing. */

import { posix } from 'node:path';
import semver from 'semver';
import type { GuardRule } from '../../model/guard.js';
import { type Edited, editFlat, flatBlock } from './eslint-flat.js';
import { editJson, editModule, hasTypescriptRules, override } from './eslint-legacy.js';
import { type Types, WITH_TYPES } from './eslint-rules.js';
import { editRuff, ruffText } from './ruff.js';
import { type GuardScope, type ScopeInput, scopeOf } from './scope.js';

export type { Guarded } from './scope.js';

export interface GuardInput extends ScopeInput {
  /** Text of a file from the root; null when there is none. */
  read: (file: string) => string | null;
}

/** A rule, with the new text of its file when that is to be written. */
export type GuardEdit = GuardRule & { content: string | null };

const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `eslint.config.${end}`);
const LEGACY = [
  '.eslintrc.js',
  '.eslintrc.cjs',
  '.eslintrc.yaml',
  '.eslintrc.yml',
  '.eslintrc.json',
  '.eslintrc',
  'package.json',
];
const RUFF = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'];

/** The rules of each configuration of ESLint and ruff at the root and beside manifests; one by hand where there is none. */
export async function guardOf(input: GuardInput): Promise<GuardEdit[]> {
  const folders = [...new Set(['.', ...input.project.manifests.map(({ file }) => posix.dirname(file))])].sort();
  const made: GuardEdit[] = [];
  const version = eslintVersion(input);
  for (const folder of folders) made.push(...(await eslintIn(folder, input, version)));
  if (made.length === 0) made.push(...noEslint(input, version));
  const ruff = folders.flatMap((folder) => ruffIn(folder, input));
  return [...made, ...(ruff.length > 0 ? ruff : noRuff(input))];
}

/** The lowest version of ESLint that the tree may have; null when nothing says it. */
function eslintVersion({ project }: GuardInput): string | null {
  const found = project.manifests.flatMap(({ versions, dependencies }) => {
    const given = versions.eslint ?? dependencies.eslint;
    return given === undefined ? [] : (semver.minVersion(semver.validRange(given) ?? '0.0.0')?.version ?? []);
  });
  return found.sort(semver.compare)[0] ?? null;
}

function typesOf(version: string | null): Types {
  return version !== null && semver.satisfies(version, WITH_TYPES) ? 'core' : 'none';
}

async function eslintIn(folder: string, input: GuardInput, version: string | null): Promise<GuardEdit[]> {
  const flat = FLAT.map((name) => posix.join(folder, name)).find((file) => input.read(file) !== null);
  const file = flat ?? LEGACY.map((name) => posix.join(folder, name)).find((one) => isLegacy(one, input));
  const text = file === undefined ? null : input.read(file);
  if (file === undefined || text === null) return [];
  const types = flat === undefined && hasTypescriptRules(text) ? 'typescript-eslint' : typesOf(version);
  const scope = scopeAt(folder, 'javascript', input, types !== 'none');
  if (scope === null) return [];
  const edited =
    flat === undefined ? await editLegacy(file, text, scope, types) : await editFlat(file, text, scope, types);
  const own = flat === undefined ? JSON.stringify(override(scope, types), null, 2) : flatBlock(scope, types, '');
  return [ruleOf('eslint', file, text, edited, own)];
}

function isLegacy(file: string, { read }: GuardInput): boolean {
  const text = read(file);
  return text !== null && (!file.endsWith('package.json') || /"eslintConfig"\s*:/.test(text));
}

async function editLegacy(file: string, text: string, scope: GuardScope, types: Types): Promise<Edited> {
  if (/\.c?js$/.test(file)) return editModule(file, text, scope, types);
  if (/\.ya?ml$/.test(file))
    return { text: null, why: 'it is YAML, which is not edited: JSON is YAML too, add this to `overrides`' };
  return editJson(text, file.endsWith('package.json') ? ['eslintConfig'] : [], scope, types);
}

function noEslint(input: GuardInput, version: string | null): GuardEdit[] {
  const types = typesOf(version);
  const scope = scopeAt('.', 'javascript', input, types !== 'none');
  if (scope === null) return [];
  const text = `// eslint.config.mjs\nexport default [\n  ${flatBlock(scope, types, '  ')},\n];`;
  return [byHand('eslint', null, 'there is no configuration of ESLint here', text)];
}

function ruffIn(folder: string, input: GuardInput): GuardEdit[] {
  const file = RUFF.map((name) => posix.join(folder, name)).find((one) => isRuff(one, input));
  const text = file === undefined ? null : input.read(file);
  const scope = file === undefined ? null : scopeAt(folder, 'python', input, false);
  if (file === undefined || text === null || scope === null) return [];
  const prefix = file.endsWith('pyproject.toml') ? ['tool', 'ruff'] : [];
  const content = editRuff(text, scope, prefix);
  const edited: Edited =
    content === null
      ? { text: null, why: 'its tables stand in a form that is not edited here' }
      : { text: content, why: null };
  return [ruleOf('ruff', file, text, edited, ruffText(scope, prefix))];
}

function isRuff(file: string, { read }: GuardInput): boolean {
  const text = read(file);
  return text !== null && (!file.endsWith('pyproject.toml') || /^\s*\[\s*tool\s*\.\s*ruff\b/m.test(text));
}

function noRuff(input: GuardInput): GuardEdit[] {
  const scope = scopeAt('.', 'python', input, false);
  if (scope === null) return [];
  const text = ruffText(scope, ['tool', 'ruff']);
  return [byHand('ruff', null, 'there is no configuration of ruff here (this is for pyproject.toml)', text)];
}

/** Globs of a configuration are from its own folder: those of other folders say nothing there. */
function scopeAt(
  folder: string,
  language: GuardScope['language'],
  input: GuardInput,
  types: boolean,
): GuardScope | null {
  const scope = scopeOf(language, input, types);
  if (scope === null || folder === '.') return scope;
  const inside = (glob: string) => {
    if (glob.startsWith('**/')) return [glob];
    return glob.startsWith(`${folder}/`) ? [glob.slice(folder.length + 1)] : [];
  };
  return { ...scope, allowed: scope.allowed.flatMap(inside), known: scope.known.flatMap(inside) };
}

function ruleOf(tool: GuardRule['tool'], file: string, before: string, { text, why }: Edited, own: string): GuardEdit {
  if (text === null) return byHand(tool, file, why, own);
  const state = text === before ? 'unchanged' : 'written';
  return { tool, file, state, why: null, text: own, content: state === 'written' ? text : null };
}

function byHand(tool: GuardRule['tool'], file: string | null, why: string, text: string): GuardEdit {
  return { tool, file, state: 'by-hand', why, text, content: null };
}
