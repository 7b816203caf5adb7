/** Switches of limiters and caches that let everybody pass when Redis cannot be reached (redis-semantics 6, fail-open). */

import { FAIL_OPEN_SWITCHES, type FailOpenEffect, type FailOpenSwitch } from '../libraries/fail-open.js';
import type { FileFacts, Flow, ValueId } from '../model/facts.js';
import type { Project } from '../model/project.js';
import type { Finding, Severity } from '../model/site.js';
import { placeIn } from './instance-reasons.js';

const SAYS: Readonly<Record<FailOpenEffect, { severity: Severity; what: string }>> = {
  passes: { severity: 'high', what: 'lets everybody pass' },
  'counts-alone': { severity: 'medium', what: 'lets each process count for itself' },
  misses: { severity: 'low', what: 'takes every read for a miss and loses every write' },
};

/** One finding for each switch that is on in a production file that is parsed, in the order of files and places. */
export function switchFindings({ files }: Project, isProduction: (file: string) => boolean): Finding[] {
  return files.flatMap(({ facts }) => (isProduction(facts.file) ? inFile(facts) : []));
}

function inFile(facts: FileFacts): Finding[] {
  const known = FAIL_OPEN_SWITCHES.filter(({ packages }) => packages.length === 0 || imports(facts, packages));
  if (known.length === 0) return [];
  const byName = new Map<string, FailOpenSwitch>();
  for (const one of known) if (!byName.has(one.name)) byName.set(one.name, one);
  const found = settings(facts, byName).flatMap(({ name, value, start }) => {
    const one = byName.get(name);
    return one && isOn(facts, value, one) ? [{ one, start }] : [];
  });
  const places = new Map(found.map((each) => [each.start, each]));
  return [...places.values()]
    .sort((a, b) => a.start - b.start)
    .map(({ one: { of, name, effect }, start }) => {
      const { severity, what } = SAYS[effect];
      const message = `\`${name}\` of ${of} ${what} when Redis cannot be reached.`;
      return { code: 'fail-open', severity, file: facts.file, line: placeIn(facts, start).line, message };
    });
}

function imports({ imports: all }: FileFacts, packages: readonly string[]): boolean {
  return all.some(({ specifier }) =>
    packages.some((name) => specifier === name || specifier.startsWith(`${name}/`) || specifier.startsWith(`${name}.`)),
  );
}

interface Set {
  name: string;
  value: ValueId;
  start: number;
}

/** Values that get one of some names: entries of objects, keywords of calls, and what is assigned to a member, a field or a variable. */
function settings(facts: FileFacts, names: ReadonlyMap<string, unknown>): Set[] {
  const found: Set[] = [];
  facts.values.forEach((value) => {
    if (value.kind === 'object') {
      for (const { key, value: id, span } of value.entries)
        if (key !== null && names.has(key)) found.push({ name: key, value: id, start: span.start });
    } else if (value.kind === 'call') {
      for (const { name, value: id } of value.args)
        if (name !== null && names.has(name))
          found.push({ name, value: id, start: facts.values[id]?.span.start ?? value.span.start });
    }
  });
  for (const flow of facts.flows) {
    const name = nameOf(facts, flow);
    if (name !== null && names.has(name)) found.push({ name, value: flow.value, start: flow.span.start });
  }
  return found;
}

function nameOf({ locals }: FileFacts, { place, part }: Flow): string | null {
  if (part.kind !== 'whole') return null;
  if (place.kind === 'member' || place.kind === 'field') return place.name;
  return place.kind === 'local' ? (locals[place.local]?.name ?? null) : null;
}

function isOn(facts: FileFacts, id: ValueId, { on }: FailOpenSwitch): boolean {
  const value = facts.values[id];
  if (value?.kind === 'literal') return on === 'true' ? value.value === true : Boolean(value.value);
  return on === 'given' && !(value?.kind === 'array' && value.elements.length === 0);
}
