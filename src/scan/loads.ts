/** Which modules may be meant where code loads one under a name that it puts together. */

import type { ComputedName } from '../languages/computed-names.js';
import type { Language } from '../languages/language.js';
import type { FileFacts } from '../model/facts.js';
import type { ComputedLoad } from '../model/loads.js';
import type { FactsAnswer } from './facts.js';

export interface LoadSource {
  files: readonly { file: string; language: Language }[];
  /** Latin-1 text of a file, null when it cannot be parsed. */
  text(file: string): string | null;
  /** Facts of files, in their order. */
  facts(files: readonly string[]): Promise<FactsAnswer[]>;
  /** Where a specifier of a file leads, when that is a file. */
  resolve(file: string, specifier: string): string | null;
  /** Files that are parsed: only of these something can be taken away. */
  parsed: readonly string[];
}

/** Endings of files that hold data, not names. */
const DATA = /\.(?:json5?|node|css|s[ac]ss|less|html?|mdx?|txt|svg|png|ya?ml|toml|graphql|gql|wasm|sql|proto|lua)$/;
const CODE_EXTENSION = /\.(?:[cm]?[jt]sx?|vue|svelte|py|ipynb)$/;

/** Reads every file once, parses those whose text may compute a name, and asks the resolver what fits. */
export async function computedLoads(source: LoadSource): Promise<ComputedLoad[]> {
  const open = source.files.filter(({ file, language }) => language.mayCompute(source.text(file) ?? ''));
  const languages = new Map(source.files.map(({ file, language }) => [file, language]));
  const answers = await source.facts(open.map(({ file }) => file));
  return open.flatMap(({ file, language }, index) => {
    const answer = answers[index];
    if (!answer?.ok) return [];
    const own = source.parsed.filter((one) => one !== file && languages.get(one) === language);
    return language.computedNames(answer.facts).flatMap((name): ComputedLoad[] => {
      const modules = meantBy(source, { file, language, name }, own);
      const at = placeOf(answer.facts, name.at);
      return modules?.length === 0 ? [] : [{ at, language: language.name, modules, reads: name.reads }];
    });
  });
}

function placeOf({ file, lineStarts }: FileFacts, offset: number): ComputedLoad['at'] {
  const after = lineStarts.findIndex((start) => start > offset);
  const line = after < 0 ? lineStarts.length : after;
  return { file, line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
}

interface Load {
  file: string;
  language: Language;
  name: ComputedName;
}

/** Of these files, those that the name may lead to; null: any. */
function meantBy(source: LoadSource, load: Load, files: readonly string[]): string[] | null {
  const { parts, rooted } = load.name;
  const [first = load.language.separator] = parts;
  const last = parts.at(-1) ?? null;
  if (last !== null && DATA.test(last)) return [];
  if (first === null) {
    const [, text = null] = parts;
    if (rooted && text !== null) return files.filter((file) => `/${file}`.includes(text));
    return last === null ? null : files.filter((file) => endsWithName(file, last, load.language));
  }
  if (parts.length <= 1) {
    const found = source.resolve(load.file, first);
    return found === null ? [] : files.filter((file) => file === found);
  }
  return files.filter((file) =>
    namesFor(file, first, last ?? '', load.language).some((name) => source.resolve(load.file, name) === file),
  );
}

/** The folders in front may be those of a build: only the name of the file counts. */
function endsWithName(file: string, text: string, language: Language): boolean {
  const { separator } = language;
  const plain = separator === '/' ? text.replace(CODE_EXTENSION, '') : text;
  const name = plain.slice(plain.lastIndexOf(separator) + 1);
  return bodiesOf(file, language).some((body) => body.endsWith(name));
}

/** `src/app/db/index.ts` → with and without its extension, and its folder. */
function bodiesOf(file: string, { separator }: Language): string[] {
  const plain = file.replace(CODE_EXTENSION, '');
  const folder = plain.replace(/\/(?:index|__init__)$/, '');
  if (separator === '.') return [...new Set([plain, folder])].map((body) => body.replaceAll('/', '.'));
  return [...new Set([file, plain, folder])];
}

/** Names with this beginning and this end that could lead to the file: the resolver says which one does. */
function namesFor(file: string, prefix: string, suffix: string, language: Language): string[] {
  const { separator } = language;
  const begun = prefix.slice(prefix.lastIndexOf(separator) + 1);
  return bodiesOf(file, language).flatMap((body) => {
    const parts = body.split(separator);
    return parts.flatMap((part, index) => {
      if (!part.startsWith(begun)) return [];
      const tail = [part.slice(begun.length), ...parts.slice(index + 1)].join(separator);
      const ended = suffix !== '' && tail.endsWith(suffix) ? [prefix + tail] : [];
      return [...ended, prefix + tail + (CODE_EXTENSION.test(suffix) || suffix === '' ? suffix : '')].filter((name) =>
        name.endsWith(suffix),
      );
    });
  });
}
