/** Shape of the data of one accessor profile. */

import type { AccessorContract, AccessorLanguage, AsyncFunctions } from '../model/config.js';
import type { ScaffoldInput } from './scaffolds/style.js';

export interface Preset {
  name: string;
  language: AccessorLanguage;
  /** Redis library that the accessor's clients are of. */
  library: string;
  /** What it is, in one line for people who choose. */
  summary: string;
  /** Where its file goes, by language and module system, without and with a `src` folder. */
  files: { language: ScaffoldInput['language']; module: 'esm' | 'cjs'; path: string; inSource: string }[];
  /** Exported names of the accessor's functions. */
  exports: { name: string; open: string | null; close: string | null; override: string | null };
  /** Class of the same file that the team makes objects of, and its one object that stands for them: a wrapper unless the configuration says otherwise. */
  manager?: { class: string; instance: string };
  /** Functions of the same file that give asyncio clients. */
  async?: AsyncFunctions;
  call: CallTemplate;
  contract: AccessorContract;
  /** Text of the accessor's file; the same input gives the same bytes. */
  scaffold(input: ScaffoldInput): string;
  /** The same accessor for clients of other libraries. */
  others?: readonly Preset[];
}

/** A profile without what writes its file. */
export type PresetCore = Omit<Preset, 'scaffold' | 'others'>;

/** How a call of the accessor is written: one object with the parameters' names as keys. */
export interface CallTemplate {
  /** Values that a parameter has when it is left out: equal arguments are not written. */
  defaults: Record<string, string | number | boolean>;
}
