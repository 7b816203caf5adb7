/** Calls and settings of tests that put something else in the place of a Redis library. Each file by itself. */

import { redisLibraries } from '../libraries/index.js';
import { ALIAS_KEYS, MOCK_CALLS, PARAMETER } from '../libraries/mocks.js';
import type { CallValue, FileFacts, ValueId } from '../model/facts.js';
import type { MockFound } from '../model/mock.js';
import type { Project, Zone } from '../model/project.js';
import { dottedName } from './dotted-name.js';

/** Files that hold for tests which do not import them. */
const FOR_OTHERS = /(?:^|\/)(?:conftest\.py$|__mocks__\/|[^/]*(?:setup|config|helper|global|mocks?\.)[^/]*$)/i;
const RUNNER_CONFIG = /(?:^|\/)(?:jest|vite|vitest|webpack)[^/]*config[^/]*$/i;
/** A factory that asks for the module itself loads it. */
const ACTUAL = new Set(['importActual', 'requireActual', 'importMock', 'requireMock']);
type Found = Pick<MockFound, 'target' | 'form' | 'inModule' | 'names'>;

/** All stand-ins of a project for something of a Redis library, as they are written; `paths` are all files of the tree. */
export function mockCalls(project: Project, paths: readonly string[]): MockFound[] {
  const packages = new Set(redisLibraries('javascript').flatMap((library) => library.packages));
  const calls = project.files.flatMap(({ facts, zone }) => inFile(facts, zone, packages));
  return [...calls, ...paths.flatMap((path) => manual(path, packages))];
}

const ROOTS = new Set(MOCK_CALLS.flatMap(({ from, calls }) => from.flatMap((one) => rootsOf(one, calls))));

/** First names of what a file must have to replace anything: a module, a global or a parameter. */
function rootsOf(from: string, calls: readonly string[]): string[] {
  return from === '' || from === PARAMETER ? calls.map((call) => call.split('.')[0] ?? '') : [from.split('.')[0] ?? ''];
}

/** Names are only looked into in files that can replace something: most cannot. */
function mayReplace({ file, imports, values, locals }: FileFacts): boolean {
  return (
    RUNNER_CONFIG.test(file) ||
    imports.some(({ specifier }) => ROOTS.has(specifier) || ROOTS.has(specifier.split('.')[0] ?? '')) ||
    values.some((value) => value.kind === 'global' && ROOTS.has(value.name)) ||
    locals.some(({ kind, name }) => kind === 'param' && ROOTS.has(name))
  );
}

function inFile(facts: FileFacts, zone: Zone, packages: ReadonlySet<string>): MockFound[] {
  if (!mayReplace(facts)) return [];
  const found: { framework: string; start: number; found: Found; call?: ValueId }[] = [];
  const unloaded: string[] = [];
  const isPythonTest = facts.language === 'python' && zone === 'test';
  const actual = facts.values.some((value) => value.kind === 'member' && value.name !== null && ACTUAL.has(value.name));
  for (const [call, value] of facts.values.entries()) {
    if (value.kind === 'call') {
      const known = knownCall(facts, value);
      if (!known) continue;
      const { framework } = known;
      const start = value.span.start;
      for (const one of foundIn(facts, value, known.form)) {
        if (one.form === 'package' && !isPackage(one.target, packages)) {
          if (value.args.length > 1 && !actual) unloaded.push(one.target);
        } else if (one.form !== 'module' || isPackage(one.target, packages))
          found.push({ framework, start, found: one, call });
      }
    } else if (value.kind === 'member' && value.write && value.name !== null && isPythonTest) {
      // `monkeypatch.setattr(module, "name", fake)` is lowered to what it does, and so is a plain assignment.
      for (const one of attributeOf(facts, value.object, value.name)) {
        found.push({ framework: 'assignment', start: value.span.start, found: one });
      }
    } else if (value.kind === 'object' && RUNNER_CONFIG.test(facts.file)) {
      for (const { start, target } of aliases(facts, value.entries, packages)) {
        const one: Found = { target, form: 'package', inModule: null, names: null };
        found.push({ framework: 'configuration', start, found: one });
      }
    }
  }
  const forOthers = FOR_OTHERS.test(facts.file);
  return found.map(({ framework, start, found: one, call }) => ({
    ...{ file: facts.file, line: lineAt(facts, start), framework, ...one, forOthers, unloaded },
    ...(call === undefined ? {} : { call }),
  }));
}

function knownCall(facts: FileFacts, call: CallValue): (typeof MOCK_CALLS)[number] | null {
  const name = dottedName(facts, call.callee);
  if (name === null) return null;
  const { root, path } = name;
  const all = [...root.path, ...path].join('.');
  const written = root.kind === 'parameter' ? PARAMETER : root.kind === 'global' ? '' : root.module;
  return (
    MOCK_CALLS.find(({ from, calls }) => {
      if (root.kind === 'import' && facts.language === 'python') {
        // `from unittest import mock`: the module may be a part of the path.
        return from.some((module) => calls.some((one) => `${root.module}.${all}` === `${module}.${one}`));
      }
      return from.includes(written) && (calls.includes(all) || (calls.includes('*') && root.kind === 'import'));
    }) ?? null
  );
}

function foundIn(facts: FileFacts, call: CallValue, form: MockFound['form']): Found[] {
  const [first, second] = call.args.map(({ value }) => value);
  if (first === undefined) return [];
  if (form === 'name') return nameIn(facts, first, second);
  const target = specifierIn(facts, first);
  if (target === null) return [];
  if (form === 'package')
    return [{ target, form, inModule: null, names: second === undefined ? null : keysOf(facts, second) }];
  const stubs = second === undefined ? undefined : facts.values[second];
  if (stubs?.kind !== 'object') return [];
  return stubs.entries.flatMap(({ key }) =>
    key === null ? [] : [{ target: key, form, inModule: target, names: null }],
  );
}

/** `"app.cache.Redis"`, or a module (or class) and the name of an attribute. */
function nameIn(facts: FileFacts, first: ValueId, second: ValueId | undefined): Found[] {
  const whole = textOf(facts, first);
  if (whole !== null) {
    return /^[A-Za-z_]\w*(?:\.\w+)+$/.test(whole) ? [{ target: whole, form: 'name', inModule: null, names: null }] : [];
  }
  const name = second === undefined ? null : textOf(facts, second);
  return name === null ? [] : attributeOf(facts, first, name);
}

/** An attribute of what is imported: of a module, or of a class of one. */
function attributeOf(facts: FileFacts, of: ValueId, name: string): Found[] {
  const object = dottedName(facts, of);
  if (object?.root.kind !== 'import') return [];
  const { module, path } = object.root;
  const rest = [...path, ...object.path, name].join('.');
  const target = module.endsWith('.') ? module + rest : `${module}.${rest}`;
  return [{ target, form: 'name', inModule: null, names: null }];
}

/** `'ioredis'`, `import('ioredis')`, `() => require('../src/cache')`. */
function specifierIn(facts: FileFacts, id: ValueId): string | null {
  const value = facts.values[id];
  if (value?.kind === 'module') return facts.imports[value.import]?.specifier ?? null;
  if (value?.kind !== 'function') return textOf(facts, id);
  const returned = returnedBy(facts, value.of);
  return returned.length === 1 && returned[0] !== undefined ? specifierIn(facts, returned[0]) : null;
}

function textOf(facts: FileFacts, id: ValueId): string | null {
  const value = facts.values[id];
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

function returnedBy(facts: FileFacts, scope: number): ValueId[] {
  return facts.flows.flatMap(({ place, value }) => (place.kind === 'return' && place.scope === scope ? [value] : []));
}

/** Keys of the object that a factory gives; null when it may give more, or something else. */
function keysOf(facts: FileFacts, factory: ValueId): string[] | null {
  const value = facts.values[factory];
  const given = value?.kind === 'function' ? returnedBy(facts, value.of) : [factory];
  const object = given.length === 1 && given[0] !== undefined ? facts.values[given[0]] : undefined;
  if (object?.kind !== 'object' || object.entries.some(({ key }) => key === null)) return null;
  return object.entries.flatMap(({ key }) => (key === null || key === '__esModule' ? [] : [key]));
}

/** `moduleNameMapper: { '^ioredis$': 'ioredis-mock' }`. */
function aliases(
  facts: FileFacts,
  entries: Extract<FileFacts['values'][number], { kind: 'object' }>['entries'],
  packages: ReadonlySet<string>,
): { start: number; target: string }[] {
  return entries.flatMap(({ key, value }) => {
    const table = key !== null && ALIAS_KEYS.includes(key) ? facts.values[value] : undefined;
    if (table?.kind !== 'object') return [];
    return table.entries.flatMap((one) => {
      const target = one.key?.replace(/^\^/, '').replace(/\$$/, '') ?? '';
      return packages.has(target) ? [{ start: one.span.start, target }] : [];
    });
  });
}

/** `__mocks__/ioredis.js`: jest takes it for the package without being told. */
function manual(file: string, packages: ReadonlySet<string>): MockFound[] {
  const target = /(?:^|\/)__mocks__\/((?:@[^/]+\/)?[^/]+?)(?:\/index)?\.[cm]?[jt]sx?$/.exec(file)?.[1];
  if (target === undefined || !packages.has(target)) return [];
  const one = { target, form: 'package' as const, inModule: null, names: null };
  return [{ file, line: 1, framework: '__mocks__', ...one, forOthers: true, unloaded: [] }];
}

function isPackage(specifier: string, packages: ReadonlySet<string>): boolean {
  const [scope = '', name = ''] = specifier.split('/');
  return packages.has(specifier) || packages.has(scope) || packages.has(`${scope}/${name}`);
}

function lineAt({ lineStarts }: FileFacts, offset: number): number {
  return lineStarts.filter((start) => start <= offset).length;
}
