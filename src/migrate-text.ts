/** The recipe for one text alone: nothing else of the tree is read, so what leaves the file is refused. */

import { assess } from './assess/index.js';
import { effectOf } from './assess/reasons.js';
import { startChanges } from './changes.js';
import type { ConfigInput } from './config/index.js';
import { normalise } from './config/normalise.js';
import { UserError } from './errors.js';
import { LANGUAGES, languageFor } from './languages/index.js';
import type { Config, FileFacts, Pattern, Project, Reason, Resolution, Site, Unit } from './model.js';
import { zoneOf } from './scan/zones.js';
import { mask } from './secrets.js';
import { trace } from './trace/index.js';

export interface TextOptions {
  /** Accessor to call: a path from the root (`./lib/redis`), or a specifier to write as it is (`@/lib/redis`). */
  accessor?: string;
  /** Its functions; left out: those of the default accessor. Another `name` offers no other function unless it is stated. */
  name?: string;
  open?: string;
  close?: string;
  /** What `deprecated-import` replaces, and what by: `src/old.ts#name`, both. */
  deprecated?: string;
  use?: string;
  /** What `wrapper-instance` replaces (`src/manager.ts#Manager`), and the instance that the same module exports. */
  class?: string;
  instance?: string;
  /** `inline` or `adapter`; left out: the opening alone changes. */
  strategy?: Config['strategy'];
  /** Also make the changes that a person must review. */
  includeReview?: boolean;
  /** Gets a line for each opening of the pattern that stays: where, and why. */
  tell?: (message: string) => void;
}

/** Where the default accessor lies when none is named. */
const DEFAULT_ACCESSOR = './src/lib/redis';

const PUBLISHED = 'escapes-through-published-export';
const EXPORTED = 'the file exports it, and who imports the file is not seen here';

/**
 * Moves the openings of one pattern in one file to the accessor; what the file's openings mostly lead to is taken as the
 * database `main`. `file` is the path from the root, with `/`.
 *
 * @returns the new text; null when nothing of it changes. Throws a `UserError` for a text that does not parse, for a file
 * of a language without transforms and for options that do not fit together.
 */
export async function migrateText(
  file: string,
  text: string,
  pattern: Pattern,
  options: TextOptions = {},
): Promise<string | null> {
  const project = await projectOf(file, text);
  const config = configOf(file, pattern, options);
  const { sites, units } = assess(project, trace(project, { accessors: [] }), config, {
    includeTests: true,
    alone: true,
  });
  // The class is not seen here, only its import is.
  const shown = pattern === 'wrapper-instance' ? 'deprecated-import' : pattern;
  const wanted = units.filter((unit) => isWanted(unit, shown, options));
  const changes = await startChanges(() => text, new Map());
  const { files, refused } = changes.next(wanted);
  const written = new Set(wanted.filter(({ id }) => refused.every(({ unit }) => unit !== id)).flatMap((u) => u.sites));
  for (const site of sites) {
    if (site.pattern !== shown || written.has(site.id)) continue;
    const refusals = refused.flatMap(({ unit, reason }) => (unit === site.unit ? [reason] : []));
    options.tell?.(mask(`line ${site.line} stays: ${why(site, refusals)}`));
  }
  return files.find((change) => change.file === file)?.after ?? null;
}

function why({ verdict, reasons }: Site, refusals: Reason[]): string {
  const deciding = [...reasons.filter(({ code }) => effectOf(code) !== 'note'), ...refusals];
  if (deciding.length > 0) {
    return deciding.map(({ code, message }) => `${code}: ${code === PUBLISHED ? EXPORTED : message}`).join('; ');
  }
  return verdict === 'rewrite' ? 'it changes together with sites of another pattern' : `its verdict is ${verdict}`;
}

function isWanted({ verdict, changes }: Unit, pattern: Pattern, { includeReview = false }: TextOptions): boolean {
  return (verdict === 'rewrite' || includeReview) && changes.every((change) => change.pattern === pattern);
}

async function projectOf(file: string, text: string): Promise<Project> {
  const language = languageFor(file);
  if (language?.name !== 'javascript') throw new UserError(`${file}: not a JavaScript or TypeScript file`);
  await Promise.all(LANGUAGES.map((one) => one.load()));
  const facts = language.facts(file, text);
  const [problem] = facts.problems;
  if (problem) throw new UserError(mask(`${file} does not parse: ${problem.message} (line ${problem.line})`));
  const resolver = language.resolver({ files: new Set([file]), read: () => null });
  const resolutions: Record<string, Resolution> = {};
  for (const specifier of specifiersOf(facts)) resolutions[specifier] = resolver.resolve(file, specifier);
  return {
    walked: 1,
    files: [{ facts, resolutions, manifest: 0, zone: zoneOf(file) }],
    // Who imports the file is not known: all that it exports counts as given to the world.
    manifests: [{ file: 'package.json', name: file, private: false, dependencies: {}, versions: {}, entries: [file] }],
    failed: [],
  };
}

function specifiersOf({ imports, exports }: FileFacts): string[] {
  return [...imports.map(({ specifier }) => specifier), ...exports.flatMap(({ specifier }) => specifier ?? [])];
}

function configOf(file: string, pattern: Pattern, options: TextOptions): Config {
  const { accessor = DEFAULT_ACCESSOR, name, open, close, strategy } = options;
  const isPath = /^\.{1,2}\//.test(accessor);
  const path = accessor.replace(/^\.\//, '');
  if (path.startsWith('../')) throw new UserError(`the accessor ${accessor} lies outside of the root`);
  const functions = {
    ...(name === undefined ? {} : { name }),
    ...(open === undefined ? {} : { open }),
    ...(close === undefined ? {} : { close }),
  };
  // Without its extension, a path is that of this file when the file is the accessor.
  const own = file.replace(/\.[cm]?[jt]sx?$/, '') === path.replace(/\.[cm]?[jt]sx?$/, '');
  const javascript = { file: own ? file : path, ...functions, ...(isPath ? {} : { import: accessor }) };
  const { config, problems } = normalise(
    { accessors: { javascript }, deprecated: deprecatedOf(pattern, options), ...(strategy ? { strategy } : {}) },
    null,
  );
  const [problem] = problems;
  if (problem) throw new UserError(`${problem.path.join('.')} ${problem.message}`, problem.hint);
  return config;
}

/** The one import that the pattern replaces; none for patterns of openings. */
function deprecatedOf(
  pattern: Pattern,
  { deprecated, use, class: name, instance }: TextOptions,
): ConfigInput['deprecated'] {
  if (pattern === 'deprecated-import') {
    if (!deprecated || !use)
      throw new UserError('say what to replace: --deprecated=src/old.ts#name --use=src/new.ts#name');
    return [{ import: named('deprecated', deprecated).whole, use: withoutWhole(named('use', use)) }];
  }
  if (pattern !== 'wrapper-instance') return [];
  if (!name || !instance) throw new UserError('say what to replace: --class=src/manager.ts#Manager --instance=manager');
  const { whole, module } = named('class', name);
  return [{ import: whole, use: { module, name: instance, drop: 'call' } }];
}

function withoutWhole({ module, name }: { module: string; name: string }) {
  return { module, name };
}

function named(option: string, whole: string): { whole: string; module: string; name: string } {
  const [module = '', name = '', ...more] = whole.split('#');
  if (module === '' || name === '' || more.length > 0) throw new UserError(`--${option}: write \`src/file.ts#name\``);
  return { whole, module, name };
}
