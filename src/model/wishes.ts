/** What following asks of the scan. */

/** What the next round of the scan must parse, by what is known so far. */
export interface Wishes {
  /** Modules and the names through which they hand out a client: their importers belong to the next round. */
  handsOut: { file: string; names: string[] }[];
  /**
   * Imports, not parsed yet, that are called with a client or that an opening takes its arguments from: the next round
   * parses where they lead, if the text there can have the name (null: any).
   */
  wants: { file: string; specifier: string; name: string | null }[];
  /** Names of globals that hold a client: any file that names one may use it. */
  globals: string[];
}
