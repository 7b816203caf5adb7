/** Line and column of the keys of a TOML file: the TOML reader gives data without places. */

import type { KeyPath, Place } from './parse.js';

const HEADER = /^[ \t]*(\[\[?)([^\]#]+)\]/;
const ASSIGNMENT = /^[ \t]*((?:[\w-]+|"[^"]*"|'[^']*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"]*"|'[^']*'))*)[ \t]*=/;
const PART = /[\w-]+|"([^"]*)"|'([^']*)'/g;

/**
 * Places of tables and of keys that begin a line, by the JSON text of their path; keys inside of inline tables and
 * arrays are not among them. A line inside of a multi-line string may add a path that is in no data: it is never asked for.
 */
export function tomlPlaces(text: string): Map<string, Place> {
  const places = new Map<string, Place>();
  const counts = new Map<string, number>();
  let table: KeyPath = [];
  for (const [index, line] of text.split('\n').entries()) {
    const header = HEADER.exec(line);
    const assignment = header ? null : ASSIGNMENT.exec(line);
    const keys = header?.[2] ?? assignment?.[1];
    if (keys === undefined) continue;
    const place = { line: index + 1, column: line.search(/\S/) + 1 };
    if (!header) {
      add(places, [...table, ...partsOf(keys)], place);
      continue;
    }
    table = inArrays(partsOf(keys), counts);
    if (header[1] === '[[') {
      const id = JSON.stringify(table);
      const number = counts.get(id) ?? 0;
      counts.set(id, number + 1);
      add(places, table, place);
      table = [...table, number];
    }
    add(places, table, place);
  }
  return places;
}

function add(places: Map<string, Place>, path: KeyPath, place: Place): void {
  const id = JSON.stringify(path);
  if (!places.has(id)) places.set(id, place);
}

function partsOf(keys: string): string[] {
  return [...keys.matchAll(PART)].map((part) => part[1] ?? part[2] ?? part[0]);
}

/** `[a.b]` below `[[a]]` belongs to the last element of `a`. */
function inArrays(parts: string[], counts: Map<string, number>): KeyPath {
  const path: KeyPath = [];
  for (const [index, part] of parts.entries()) {
    path.push(part);
    const count = index < parts.length - 1 ? counts.get(JSON.stringify(path)) : undefined;
    if (count !== undefined) path.push(count - 1);
  }
  return path;
}
