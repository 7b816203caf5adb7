/** Which files are worth parsing in round 0: they import a Redis or consumer library, or hold an address of Redis. */

import type { Library, RedisLibrary } from '../model/library.js';

export interface GateRules {
  /** A file without any of these words cannot pass: the one test that every file has to bear. */
  words: RegExp;
  /** Package names (their subpaths count too) and dotted Python modules. */
  specifiers: string[];
  /** Names of settings that Python consumers read: a settings file imports nothing of them. */
  settings: string[];
  /** Python's calls that open, as code writes them that imports the package whole: `redis.asyncio.from_url`. */
  calls: string[];
  /** How tests replace a Redis library without importing one: packages of JavaScript, words of Python. */
  mocks: { packages: string[]; words: readonly string[] };
  /** Modules of the project whose importers count, whatever these import besides. */
  modules: readonly NamedModule[];
}

/** A module as its importers name it, and the names in it that matter. */
export interface NamedModule {
  language: 'javascript' | 'python';
  /** `old/redis-manager.ts`, `app.redis_manager`, `@scope/redis`. */
  module: string;
  names: readonly string[];
}

export interface Gate {
  /** Latin-1 text holds a candidate word. */
  mentions(text: string): boolean;
  /** Latin-1 text imports a library or holds an address. Only asked of text that mentions a word. */
  passes(language: 'javascript' | 'python', text: string): boolean;
}

const WORDS = ['redis', 'valkey'];
const COMMON_WORD = new RegExp(WORDS.join('|'), 'i');
const ADDRESS = /\b(?:rediss?|valkeys?)(?:[+-]\w+)?:\/\//i;

const NO_MOCKS: GateRules['mocks'] = { packages: [], words: [] };

/** Rules from what is known of libraries. A package whose name holds no common word brings its own. */
export function gateRules(
  libraries: readonly Library[],
  mocks: GateRules['mocks'] = NO_MOCKS,
  modules: readonly NamedModule[] = [],
): GateRules {
  const specifiers = [...new Set(libraries.flatMap(specifiersOf))].sort();
  const others = [...new Set(libraries.filter(hidesRedis).flatMap(specifiersOf))]
    .sort()
    .filter((name) => !saysRedis(name));
  const settings = libraries.flatMap((library) =>
    library.kind === 'consumer' ? (library.settings ?? []).map(({ name }) => name) : [],
  );
  const calls = libraries.flatMap((library) =>
    library.kind === 'redis' && library.language === 'python' ? callsOf(library) : [],
  );
  const stems = modules.map(({ module }) => escapeForRegExp(stemOf(module)));
  const names = modules.flatMap((one) => one.names).filter((name) => /\w/.test(name) && name !== 'default');
  const own = [...new Set(names)].filter((name) => !saysRedis(name)).map(asWord);
  const words = new RegExp([...WORDS, ...others.map(asWord), ...stems, ...own].join('|'), 'i');
  return { words, specifiers, calls: [...new Set(calls)].sort(), settings, mocks, modules };
}

function callsOf({ packages, constructs }: RedisLibrary): string[] {
  return packages.flatMap((name) => constructs.map(({ path }) => [name, ...path].join('.')));
}

function saysRedis(name: string): boolean {
  return WORDS.some((word) => name.toLowerCase().includes(word));
}

/** Whether code can use the library without one of the common words: `new Queue` of bullmq, but not `RedisClient` of bun. */
function hidesRedis(library: Library): boolean {
  const paths = library.constructs.map(({ path }) => path.join('.'));
  const records =
    library.kind === 'consumer'
      ? (library.records ?? []).flatMap(({ value }) => value.map((one) => one.join('.')))
      : [];
  const names = [...paths, ...records];
  return names.length === 0 || !names.every(saysRedis);
}

function specifiersOf(library: Library): readonly string[] {
  return (library.kind === 'consumer' ? library.specifiers : undefined) ?? library.packages;
}

export function createGate(rules: GateRules): Gate {
  const quoted = quotedSpecifier(rules.specifiers);
  const python = pythonImport(rules.specifiers);
  const mocking = quotedSpecifier(rules.mocks.packages);
  const patching = new RegExp(`\\b(?:${rules.mocks.words.join('|') || '(?!)'})\\b`);
  const alias = aliasOf(rules.specifiers.filter(saysRedis));
  const named = rules.modules.map(importerOf);
  const calls = new RegExp(`(?<![\\w.])(?:${rules.calls.map(escapeForRegExp).join('|') || '(?!)'})[ \\t]*\\(`);
  const settings = new RegExp(`\\b(?:${rules.settings.map(escapeForRegExp).join('|') || '(?!)'})\\b`);
  return {
    mentions: (text) => rules.words.test(text),
    passes: (language, text) => {
      if ((language === 'python' ? python : quoted).test(text) || ADDRESS.test(text)) return true;
      if (named.some((one) => one.language === language && one.test(text))) return true;
      if (!COMMON_WORD.test(text)) return false;
      if (language === 'python') return settings.test(text) || patching.test(text) || calls.test(text);
      return mocking.test(text) || alias.test(text);
    },
  };
}

/** A text that names the module, and one of the names or all of them (`*`, a default import); or that calls one. */
function importerOf({ language, module, names }: NamedModule) {
  const stem = new RegExp(`(?<!\\w)${escapeForRegExp(stemOf(module))}(?!\\w)`);
  const whole = names.includes('default') || names.includes('*');
  const imports = (text: string) =>
    stem.test(text) && (whole || /import[ \t]*\(?\*/.test(text) || names.some((name) => text.includes(name)));
  // Whoever takes an import away and leaves its uses leaves no import to go by.
  const called = names.filter((name) => /^[A-Za-z_]\w*$/.test(name) && name !== 'default').join('|') || '(?!)';
  const calls = new RegExp(`(?<![\\w.])(?:${called})[ \\t]*\\(`);
  return { language, test: (text: string) => imports(text) || calls.test(text) };
}

/** The word by which every importer has to name a module: `old/redis/index.ts` → redis, `app.cache` → cache. */
function stemOf(module: string): string {
  const path = module.replace(/(?:\/index)?\.[cm]?[jt]sx?$/, '');
  return path.split(path.includes('/') || path !== module ? '/' : /[./]/).at(-1) ?? path;
}

function quotedSpecifier(specifiers: readonly string[]): RegExp {
  const names = specifiers.map((name) => escapeForRegExp(name.replace(/\/$/, '')));
  return new RegExp(`(['"\`])(?:${names.join('|') || '(?!)'})(?:/[^'"\`\\n]*)?\\1`);
}

/** `'^ioredis$': 'ioredis-mock'`: a module by the name of what stands for it. */
function aliasOf(specifiers: readonly string[]): RegExp {
  const names = specifiers.map(escapeForRegExp).join('|') || '(?!)';
  return new RegExp(`\\b(?:moduleNameMapper|alias)\\b[^]{0,4000}?['"\\s{,^](?:${names})\\$?['"]?\\s*:`);
}

/**
 * `import a, redis.asyncio as r`, `from redis import x`, `import_module("redis")`; after `;` and `:` too, and in notebooks
 * after a quote or an escaped end of line.
 */
function pythonImport(specifiers: readonly string[]): RegExp {
  const dotted = specifiers.filter((name) => /^[A-Za-z_][\w.]*$/.test(name)).map(escapeForRegExp);
  const names = `(?:${dotted.join('|') || '(?!)'})(?!\\w)`;
  const before = '(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*';
  const statement = `(?:^|[;:"]|\\\\n)[ \\t]*(?:from[ \\t]+${names}|import[ \\t]+${before}${names})`;
  return new RegExp(`${statement}|(?:import_module|__import__)\\([ \\t]*['"]${names}`, 'm');
}

/** `rq` is a part of many words. */
function asWord(name: string): string {
  return /^\w+$/.test(name) ? `\\b${name}\\b` : escapeForRegExp(name);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
