/** The recipe for one text alone: nothing else of the tree is read, so what leaves the file is refused. */

import { type Assessment, assess } from './assess/index.js';
import { effectOf } from './assess/reasons.js';
import { startChanges } from './changes.js';
import { UserError } from './errors.js';
import { LANGUAGES, languageFor } from './languages/index.js';
import { configOf, statedBy, type TextOptions, withoutExtension } from './migrate-text/options.js';
import { replacedAt, type StatedClass, withStated } from './migrate-text/stated-class.js';
import type { Config, FileFacts, Pattern, Project, Reason, Resolution, Site, Unit } from './model.js';
import { zoneOf } from './scan/zones.js';
import { mask } from './secrets.js';
import { trace, watchedFunctions } from './trace/index.js';

export type { TextOptions } from './migrate-text/options.js';

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
  const given = configOf(file, pattern, options);
  const stated = statedBy(pattern, options);
  if (stated !== null && leaves(project, stated, given, options)) return null;
  const { sites, units } = stated === null ? assessed(project, given) : withClass(project, stated, given);
  // The class is not seen here, only its import is.
  const shown = pattern === 'wrapper-instance' ? 'deprecated-import' : pattern;
  const wanted = units.filter((unit) => isWanted(unit, shown, options));
  const changes = await startChanges(() => text, new Map());
  const { files, refused } = changes.next(wanted);
  const written = new Set(wanted.filter(({ id }) => refused.every(({ unit }) => unit !== id)).flatMap((u) => u.sites));
  for (const site of sites) {
    if (site.pattern !== shown || written.has(site.id)) continue;
    const refusals = refused.flatMap(({ unit, reason }) => (unit === site.unit ? [reason] : []));
    const unsaid = stated !== null && site.api !== null && !stated.methods.has(site.api);
    const told = unsaid ? `nothing was stated of \`${site.api}\`` : why(site, refusals);
    options.tell?.(mask(`line ${site.line} stays: ${told}`));
  }
  return files.find((change) => change.file === file)?.after ?? null;
}

function assessed(project: Project, config: Config, classes: readonly string[] = []): Assessment {
  const accessors = classes.length === 0 ? [] : config.accessors.flatMap(watchedFunctions);
  return assess(project, trace(project, { accessors, classes }), config, { includeTests: true, alone: true });
}

/** As in a project in which the class is what a person says of it. */
function withClass(project: Project, stated: StatedClass, config: Config): Assessment {
  return assessed(withStated(project, stated, config), { ...config, wrappers: [stated.wrapper] }, [
    stated.wrapper.class,
  ]);
}

/** Whether nothing of a file can move: it is the class's or the accessor's own, or puts something in the class's place. */
function leaves({ files: [own] }: Project, stated: StatedClass, config: Config, { tell }: TextOptions): boolean {
  if (!own) return true;
  const homes = [stated.home.file, ...config.accessors.map((one) => one.file)].map(withoutExtension);
  if (homes.includes(withoutExtension(own.facts.file))) return true;
  const at = replacedAt(own, stated);
  if (at !== null) tell?.(`line ${at} stays: it puts something in the place of ${stated.module}`);
  return at !== null;
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
