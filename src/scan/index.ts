/** Stage "scan": which files matter, and the facts of each. Rounds are asked for by the recipe until nothing is added. */

import { languageFor } from '../languages/index.js';
import type { Language } from '../languages/language.js';
import type { FileFacts } from '../model/facts.js';
import type { ComputedLoad } from '../model/loads.js';
import type { ModuleGraph, StandIn } from '../model/mock.js';
import type { FailedFile, Manifest, Project, ProjectFile, Resolution, Setting } from '../model/project.js';
import type { Wishes } from '../model/wishes.js';
import { type FactsCache, openCache } from './cache.js';
import type { Ask, Scan, ScanOptions } from './contract.js';
import { type FactsTask, makeFacts } from './facts.js';
import { createGate, type Gate } from './gate.js';
import { graphOf } from './graph.js';
import { type ImportIndex, type IndexSource, indexImports } from './importers.js';
import { computedLoads } from './loads.js';
import { type Mentions, mentionsOf } from './mentions.js';
import { importsOneOf, mayImportOneOf, specifiersOf } from './names.js';
import { createReader, isUtf16, type Reader } from './read.js';
import { Resolvers } from './resolvers.js';
import { select } from './select.js';
import { holdersOf, settersOf } from './setters.js';
import { settingsIn } from './settings.js';
import { standIns } from './stand-ins.js';
import { takenNames } from './taken.js';
import { byCodeUnit, type Walk, walk } from './walk.js';
import { zoneOf } from './zones.js';

export type { Ask, Scan, ScanOptions } from './contract.js';
export { type GateRules, gateRules, type NamedModule } from './gate.js';

/**
 * Walks the tree. Nothing is parsed before the first round.
 * @throws UserError when the root cannot be read.
 */
export async function startScan(options: ScanOptions): Promise<Scan> {
  const walked = await walk(options.root);
  return new ScanState(options, walked, createReader(options.root));
}

class ScanState implements Scan {
  readonly sources: { file: string; language: Language }[];
  private readonly settings: Setting[];
  private readonly languages: Map<string, Language>;
  private readonly resolvers: Resolvers;
  private readonly gate: Gate;
  private readonly parsed = new Map<string, ProjectFile>();
  private readonly failed = new Map<string, string>();
  /** File and module → names that it was found not to import: not parsed again for the same ones. */
  private readonly refused = new Set<string>();
  private readonly manifests = new Map<string, Manifest>();
  private index: ImportIndex | null = null;
  private cache: FactsCache | null = null;

  constructor(
    private readonly options: ScanOptions,
    walked: Walk,
    private readonly reader: Reader,
  ) {
    const files = new Set([...walked.files, ...walked.aliases.keys()]);
    const tree = { files, read: (file: string) => reader.text(file) };
    this.gate = createGate(options.rules);
    const selected = select(walked.files, options.include, options.exclude);
    this.settings = settingsIn(selected, reader, this.gate.mentions);
    this.sources = selected.flatMap((file) => {
      const language = languageFor(file);
      return language === null ? [] : [{ file, language }];
    });
    this.languages = new Map(this.sources.map(({ file, language }) => [file, language]));
    this.resolvers = new Resolvers(this.languages, tree, walked.aliases);
    for (const { file, message } of walked.failed) this.failed.set(file, message);
  }

  async round(ask: Ask): Promise<number> {
    if (ask === null) return this.add(this.gated(), () => true);
    const modules = new Map(ask.handsOut.map(({ file, names }) => [file, new Set(names)]));
    const wanted = new Set([
      ...this.wanted(ask.wants),
      ...holdersOf(this.unread(), ask.globals ?? [], GLOBAL_OBJECT),
      ...holdersOf(this.unread(), ask.words ?? []),
    ]);
    const importers = this.importers(modules);
    if (wanted.size + importers.size === 0 && ask.settings)
      for (const file of settersOf(this.unread(), ask.settings)) wanted.add(file);
    const tasks = this.tasks([...new Set([...wanted, ...importers.keys()])].sort(byCodeUnit));
    return this.add(tasks, (file) => wanted.has(file.facts.file) || importsOneOf(file, modules));
  }

  files(): string[] {
    return this.sources.map(({ file }) => file);
  }

  project(): Project {
    const manifests = [...this.manifests.values()].sort((a, b) => byCodeUnit(a.file, b.file));
    const indices = new Map(manifests.map(({ file }, index) => [file, index]));
    const files = [...this.parsed.values()].sort((a, b) => byCodeUnit(a.facts.file, b.facts.file));
    const failed: FailedFile[] = [...this.failed].map(([file, message]) => ({ file, message }));
    return {
      walked: this.sources.length,
      files: files.map((file) => {
        const manifest = this.resolvers.manifestOf(file.facts.file);
        return { ...file, manifest: manifest === null ? null : (indices.get(manifest.file) ?? null) };
      }),
      manifests,
      failed: failed.sort((a, b) => byCodeUnit(a.file, b.file)),
      settings: this.settings,
    };
  }

  namesTaken(modules: readonly string[]): Map<string, ReadonlySet<string>> {
    return takenNames(this.factsOf(modules), this.importSource());
  }

  standIns(modules: readonly string[]): StandIn[] {
    const facts = this.factsOf(modules);
    return facts.length === 0 ? [] : standIns(facts, this.parsed, this.importSource());
  }

  mentions(words: readonly string[]): Mentions {
    return mentionsOf(words, this.importSource());
  }

  async computedLoads(): Promise<ComputedLoad[]> {
    const parsed = [...this.parsed.keys()].sort(byCodeUnit);
    return computedLoads({ ...this.importSource(), facts: (files) => this.read(this.tasks(files)), parsed });
  }

  graph(asked: Parameters<Scan['graph']>[0]): ModuleGraph {
    const importsIn = (file: string) =>
      this.languages.get(file)?.importsIn(this.reader.look(file, () => true).latin1 ?? '') ?? [];
    return graphOf(
      { parsed: this.parsed, importsIn, resolve: (file, one) => this.resolvers.resolve(file, one) },
      asked,
    );
  }

  /** Files that pass the gate; those that name Redis but cannot be parsed are listed as failed. */
  private gated(): FactsTask[] {
    const tasks: FactsTask[] = [];
    for (const { file, language } of this.sources) {
      const { latin1, bytes, problem } = this.reader.look(file, this.gate.mentions);
      if (latin1 !== null && !this.gate.mentions(latin1) && !(bytes && isUtf16(bytes))) continue;
      const why = problem();
      if (why !== null) this.failed.set(file, why);
      else if (latin1 !== null && bytes !== null && this.gate.passes(language.name, latin1)) {
        tasks.push({ file, text: bytes.toString('utf8') });
      }
    }
    return tasks;
  }

  private factsOf(files: readonly string[]): FileFacts[] {
    return files.flatMap((file) => this.parsed.get(file)?.facts ?? []);
  }

  /** `test` is asked of texts that are too large to hold. */
  private importSource(test: (text: string) => boolean = () => false): IndexSource {
    const resolve = (file: string, specifier: string) => fileOf(this.resolvers.resolve(file, specifier));
    return { files: this.sources, text: (file) => this.reader.look(file, test).latin1, resolve };
  }

  /** Files that import a module that hands out a client and seem to name one of its names. */
  private importers(modules: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> {
    this.index ??= indexImports(this.importSource(this.gate.mentions));
    const all = this.index.importersOf(new Set(modules.keys()));
    return new Map([...all].filter(([file, targets]) => this.isWorthParsing(file, targets, modules)));
  }

  private isWorthParsing(
    file: string,
    targets: readonly string[],
    modules: ReadonlyMap<string, ReadonlySet<string>>,
  ): boolean {
    if (this.parsed.has(file) || this.failed.has(file)) return false;
    const key = (target: string) => `${file}\n${target}\n${[...(modules.get(target) ?? [])].sort().join()}`;
    const open = targets.filter((target) => !this.refused.has(key(target)));
    if (open.length === 0) return false;
    for (const target of open) this.refused.add(key(target));
    const text = this.reader.look(file, this.gate.mentions).latin1 ?? '';
    return open.some((target) => mayImportOneOf(text, modules.get(target) ?? new Set()));
  }

  /** Files that are asked for and whose text can have the name that is asked. */
  private wanted(wants: Wishes['wants']): Set<string> {
    const found = new Set<string>();
    for (const { file, specifier, name } of wants) {
      const target = fileOf(this.resolvers.resolve(file, specifier));
      if (target === null || !this.languages.has(target) || this.parsed.has(target) || this.failed.has(target))
        continue;
      const text = this.reader.look(target, this.gate.mentions).latin1 ?? '';
      if (name === null || mayImportOneOf(text, new Set([name]))) found.add(target);
    }
    return found;
  }

  private *unread(): Generator<{ file: string; text: string }> {
    for (const { file } of this.sources) {
      if (this.parsed.has(file) || this.failed.has(file)) continue;
      yield { file, text: this.reader.look(file, this.gate.mentions).latin1 ?? '' };
    }
  }

  private tasks(files: readonly string[]): FactsTask[] {
    return files.flatMap((file) => {
      const { bytes, problem } = this.reader.look(file, () => true);
      const why = problem();
      if (why !== null) this.failed.set(file, why);
      return bytes === null || why !== null ? [] : [{ file, text: bytes.toString('utf8') }];
    });
  }

  private async add(tasks: readonly FactsTask[], keep: (file: ProjectFile) => boolean): Promise<number> {
    const answers = await this.read(tasks);
    let added = 0;
    for (const [index, { file }] of tasks.entries()) {
      const answer = answers[index];
      if (!answer?.ok) {
        this.failed.set(file, answer?.message ?? 'no facts were made');
        continue;
      }
      const made = this.toProjectFile(answer.facts);
      if (!keep(made)) continue;
      const [problem] = answer.facts.problems;
      if (problem) this.failed.set(file, `does not parse: ${problem.message} (line ${problem.line})`);
      this.parsed.set(file, made);
      added += 1;
    }
    return added;
  }

  private read(tasks: readonly FactsTask[]): ReturnType<typeof makeFacts> {
    this.cache ??= openCache(this.options.cacheDir);
    return makeFacts(tasks, this.cache, this.options.jobs);
  }

  private toProjectFile(facts: FileFacts): ProjectFile {
    const { file } = facts;
    const more = this.languages.get(file)?.specifiers?.(facts) ?? [];
    const resolutions = this.resolvers.resolveAll(file, [...specifiersOf(facts), ...more]);
    const manifest = this.resolvers.manifestOf(file);
    if (manifest !== null) this.manifests.set(manifest.file, manifest);
    return { facts, resolutions, manifest: null, zone: zoneOf(file) };
  }
}

const GLOBAL_OBJECT = /\bglobal(?:This)?\b/;

function fileOf(resolution: Resolution): string | null {
  return resolution.kind === 'file' ? resolution.file : null;
}
