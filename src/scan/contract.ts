/** What a scan is told, asked and answers. */

import type { ComputedLoad } from '../model/loads.js';
import type { ModuleGraph, StandIn } from '../model/mock.js';
import type { Project } from '../model/project.js';
import type { Wishes } from '../model/wishes.js';
import type { GateRules } from './gate.js';
import type { Mentions } from './mentions.js';

export interface ScanOptions {
  /** Absolute path of the tree. */
  root: string;
  /** Globs of the files to scan, from the root; what they leave out can still be resolved to. Empty: all. */
  include: readonly string[];
  exclude: readonly string[];
  /** Threads that parse. */
  jobs: number;
  /** Where facts are kept between runs; null keeps none. */
  cacheDir: string | null;
  rules: GateRules;
}

/** What trace asks for; null is round 0. */
export type Ask = (Pick<Wishes, 'handsOut' | 'wants'> & Partial<Pick<Wishes, 'globals'>> & AskedWords) | null;

/** Words by which any file may get at a client that is kept under a name or a token: files that hold one are parsed. */
interface AskedWords {
  words?: readonly string[];
  /** Modules that openings take values from: files that seem to set one of these names of theirs are parsed, at the end. */
  settings?: Settings;
}

interface Settings {
  files: readonly string[];
  names: readonly string[];
}

export interface Scan {
  /** All that is known so far. A new object each time, sorted by path, the same for any number of jobs. */
  project(): Project;
  /** Parses what `ask` leads to and tells how many files that added. Round 0 parses what the gate lets through. */
  round(ask: Ask): Promise<number>;
  /** Names that these modules import and that other walked files may take from them. */
  namesTaken(modules: readonly string[]): Map<string, ReadonlySet<string>>;
  /** Files, not parsed, that put something in the place of these modules or of names of them. */
  standIns(modules: readonly string[]): StandIn[];
  /** How often these words are said, by file. */
  mentions(words: readonly string[]): Mentions;
  /** Loads of modules under names that are put together, which may mean a parsed file. Reads every file. */
  computedLoads(): Promise<ComputedLoad[]>;
  /** All files of a language we read, parsed or not. */
  files(): string[];
  /** Where specifiers lead, and what the files that ask load. */
  graph(asked: readonly { file: string; specifiers: string[] }[]): ModuleGraph;
}
