/** All languages that are read. Adding one is a folder beside this file and an entry in this list. */

import { javascript } from './javascript/index.js';
import type { Language } from './language.js';
import { python } from './python/index.js';

export const LANGUAGES: readonly Language[] = [javascript, python];

/** Declarations hold no code that runs. */
const DECLARATION = /\.d\.(?:[\w-]+\.)?[cm]?ts$/;

/** The language that reads a file, by its extension; null when none does. */
export function languageFor(file: string): Language | null {
  if (DECLARATION.test(file)) return null;
  const extension = file.slice(file.lastIndexOf('.'));
  return LANGUAGES.find((language) => language.extensions.includes(extension)) ?? null;
}
