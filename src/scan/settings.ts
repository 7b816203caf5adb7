/** Settings that say where a Redis server is, or that no certificate is looked at: `.env` files, compose, YAML, TOML and JSON. Only files that name Redis are read. */

import type { Setting } from '../model/project.js';
import type { Reader } from './read.js';
import { isAddress, isSettingsFile, isUnchecked, urlAt } from './settings-names.js';
import { type Entry, readSettings } from './settings-readers.js';
import { zoneOf } from './zones.js';

/** More than that is data, not settings. */
const MOST_CHARACTERS = 512 * 1024;

/** Every setting of these files, in their order. `mentions` is the test for words that name Redis. */
export function settingsIn(files: readonly string[], reader: Reader, mentions: (text: string) => boolean): Setting[] {
  return files.filter(isSettingsFile).flatMap((file) => {
    const { latin1, bytes, problem } = reader.look(file, mentions);
    if (latin1 === null || bytes === null || latin1.length > MOST_CHARACTERS || !mentions(latin1)) return [];
    return problem() === null ? settingsOf(file, bytes.toString('utf8')) : [];
  });
}

/** The settings in the text of a file. */
export function settingsOf(file: string, text: string): Setting[] {
  return readSettings(file, text)
    .map((entry) => ({ entry, unchecked: isUnchecked(entry.path, entry.value) }))
    .filter(({ entry, unchecked }) => unchecked || isAddress(entry.path, entry.value))
    .map(({ entry, unchecked }) => {
      const { path, value } = entry;
      return { file, zone: zoneOf(file), path, value, ...placeOf(text, entry), ...(unchecked ? { unchecked } : {}) };
    });
}

/** Of a long text only the line with the address counts. */
function placeOf(text: string, { start, end }: Entry): Pick<Setting, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const written = text.slice(start, end);
  const lines = written.includes('\n');
  const first = lines ? start + urlAt(written) : start;
  const last = lines ? first + (text.slice(first, end).split('\n')[0] ?? '').length : end;
  const [line, column] = at(text, first);
  const [endLine, endColumn] = at(text, last);
  return { line, column, endLine, endColumn };
}

/** 1-based line and column of an offset. */
function at(text: string, offset: number): [number, number] {
  const before = text.slice(0, offset);
  return [before.split('\n').length, offset - before.lastIndexOf('\n')];
}
