/** Part of the recipe: rewrite and verify as one step, for batches that share files. */

import { LANGUAGES, languageFor } from './languages/index.js';
import type { FileFacts, RewriteResult, Unit } from './model.js';
import { rewrite } from './rewrite/index.js';
import { step } from './rewrite/step.js';
import { loadSyntaxes } from './rewrite/syntaxes.js';
import { verify } from './verify/index.js';

/** Changed texts, batch after batch, all computed from the tree as it was scanned. */
export interface Changes {
  /** What these units change after those that were kept. */
  next(units: Unit[]): RewriteResult;
  /** These units are done. */
  keep(units: Unit[]): void;
}

/**
 * Loads parsers and transforms. `read` gives the text of a file as scanned; it is asked once for each file. `taken` are names
 * that other files take from a file.
 */
export async function startChanges(
  read: (file: string) => string,
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Changes> {
  const syntaxFor = await loadSyntaxes();
  // All facts may have come from the cache.
  await Promise.all(LANGUAGES.map((language) => language.load()));
  const texts = new Map<string, string>();
  const textOf = (file: string) => {
    const text = texts.get(file) ?? read(file);
    texts.set(file, text);
    return text;
  };
  // Several checks look at the same texts, and every batch at those of the batches before it.
  const known = new Map<string, FileFacts>();
  const factsFor = (file: string, text: string) => {
    const language = languageFor(file);
    if (language === null) throw new Error(`no language for ${file}`);
    const key = `${file}\n${text}`;
    const facts = known.get(key) ?? language.facts(file, text);
    known.set(key, facts);
    return facts;
  };
  const compute = (units: Unit[]) => rewrite(units, textOf, syntaxFor, (file) => taken.get(file) ?? new Set());
  const checked = (units: Unit[]) => verify(compute(units), { units, factsFor, syntaxFor, rewrite: compute });
  let done: Unit[] = [];
  let before: RewriteResult = { files: [], refused: [] };
  return {
    next: (units) => step(before, checked([...done, ...units]), units),
    keep: (units) => {
      done = [...done, ...units];
      before = checked(done);
    },
  };
}
