/** A tree in memory for the resolver: paths and texts. */

import { createResolver } from '../../../../src/languages/javascript/resolve.js';
import type { Resolver } from '../../../../src/languages/language.js';

export type Files = Readonly<Record<string, string | object>>;

export function resolverOf(files: Files): Resolver {
  const texts = new Map(Object.entries(files).map(([file, text]) => [file, toText(text)]));
  return createResolver({ files: new Set(texts.keys()), read: (file) => texts.get(file) ?? null });
}

/** Resolves one specifier; a file gives its path, a package `npm:<name>`, else `unknown`. */
export function lead(files: Files, from: string, specifier: string): string {
  const found = resolverOf(files).resolve(from, specifier);
  return found.kind === 'file' ? found.file : found.kind === 'external' ? `npm:${found.package}` : 'unknown';
}

function toText(text: string | object): string {
  return typeof text === 'string' ? text : JSON.stringify(text);
}
