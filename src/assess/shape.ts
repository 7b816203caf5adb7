/** Shape of the arguments, source of the address, pattern of the change, priority. */

import type { FileFacts, ValueId } from '../model/facts.js';
import type { Zone } from '../model/project.js';
import type { AddressSource, ArgsShape, Pattern, Priority, Role } from '../model/site.js';
import type { Known, Opening } from '../model/traced.js';
import { effectiveOptions, settingOf } from './arguments.js';
import { alternatives, isAbsent, isNumeric, textOf, unconverted } from './known.js';
import { isDedicated } from './roles.js';

/** Shape of the arguments as they stand there; a name of a value is `url-variable`, whatever it holds. */
export function argsShape(opening: Opening, facts: FileFacts | null): ArgsShape {
  if (opening.duplicates !== null || opening.pools) return 'existing';
  if (opening.makes === 'cluster') return 'options';
  const present = opening.args.filter((arg) => !isAbsent(arg));
  const [first] = present;
  if (!first) return Object.keys(opening.keywords).length > 0 ? 'options' : 'none';
  const written = writtenAs(opening, facts);
  if (present.length > 2 || isPort(first, written)) return 'host-port';
  if (alternatives(first).some((one) => one.kind === 'object') || first.kind === 'array') return 'options';
  return urlShape(first, written);
}

function isPort(first: Known, written: Written): boolean {
  if (isNumeric(first) || /^\d+$/.test(textOf(first) ?? '')) return true;
  const name = written.name ?? nameOf(first);
  return name !== null && /port$/i.test(name);
}

/** A value that is only a name is what the name says; without a hint it is a URL if it is a text in the environment. */
function urlShape(first: Known, { kind, name }: Written): ArgsShape {
  if (kind === 'text' || (kind === null && textOf(first) !== null)) return 'url-literal';
  if (kind === 'env') return 'url-env';
  const said = name ?? nameOf(first) ?? '';
  if (/ur[il]|dsn|string|addr/i.test(said)) return 'url-variable';
  if (/opt|conf|setting|param|connection|credential/i.test(said)) return 'options';
  const known = unconverted(first);
  if (kind === null && known?.kind === 'env') return 'url-env';
  return known?.kind === 'env' || textOf(first) !== null || first.kind === 'template' ? 'url-variable' : guess(first);
}

/** A value that may be anything: what is called with it in most code. */
function guess(first: Known): ArgsShape {
  return first.kind === 'config' || first.kind === 'function' ? 'options' : 'url-variable';
}

function nameOf(known: Known): string | null {
  if (known.kind === 'parameter') return known.name;
  return known.kind === 'config' ? (known.path.split(/[#.]/).at(-1) ?? null) : null;
}

/** How the first argument is written: a text, a read of the environment, or a name of something. */
interface Written {
  kind: 'text' | 'env' | 'name' | null;
  name: string | null;
}

function writtenAs(opening: Opening, facts: FileFacts | null): Written {
  const call = facts?.values[opening.value];
  const first = call?.kind === 'call' ? call.args[0] : undefined;
  return facts && first ? writtenValue(facts, first.value) : { kind: null, name: null };
}

function writtenValue(facts: FileFacts, id: ValueId): Written {
  const value = facts.values[id];
  switch (value?.kind) {
    case 'literal':
    case 'template':
      return { kind: 'text', name: null };
    case 'env':
      return { kind: 'env', name: value.name };
    case 'member': {
      const holder = facts.values[value.object];
      const env = holder?.kind === 'member' && holder.name === 'env' && facts.values[holder.object]?.kind === 'global';
      return { kind: env ? 'env' : 'name', name: value.name };
    }
    case 'logical':
      return writtenValue(facts, value.left);
    case 'reference':
      return { kind: 'name', name: facts.locals[value.local]?.name ?? null };
    default:
      return { kind: null, name: null };
  }
}

/** Where the address comes from: the host decides, else the port, else a URL; the least known of several ways counts. */
export function addressSource(opening: Opening, openings: readonly Opening[]): AddressSource {
  const sources = effectiveOptions(opening, openings).map((way): AddressSource => {
    if (way.unresolved !== null) return writtenSource(opening);
    if (way.url !== null) return sourceOf(way.url);
    const [path, host, port] = (['path', 'host', 'port'] as const).map((part) => settingOf(opening, way, part));
    const address = path ?? host ?? port;
    if (address) return sourceOf(address.value);
    return way.settings.sentinels ? sourceOf(way.settings.sentinels.value) : 'default';
  });
  return SOURCES.find((source) => sources.includes(source)) ?? 'none';
}

/** Source of the host that stands there, though more may be spread into the options. */
function writtenSource(opening: Opening): AddressSource {
  for (const argument of opening.args.flatMap(alternatives)) {
    if (argument.kind !== 'object') continue;
    const host = argument.entries.findLast(({ key }) => key === 'host' || key === 'path');
    if (host) return sourceOf(host.value);
  }
  return 'variable';
}

const SOURCES: readonly AddressSource[] = ['variable', 'env', 'config', 'literal', 'default'];

/** Where a value comes from; of several parts the least known counts. */
export function sourceOf(known: Known): AddressSource {
  switch (known.kind) {
    case 'literal':
      return 'literal';
    case 'env':
      return 'env';
    case 'config':
      return 'config';
    case 'converted':
      return sourceOf(known.value);
    case 'array':
      return known.items[0] ? sourceOf(known.items[0]) : 'none';
    case 'object':
      return known.entries[0] ? sourceOf(known.entries[0].value) : 'none';
    case 'template':
    case 'choice': {
      const parts = (known.kind === 'template' ? known.parts : alternatives(known)).map(sourceOf);
      return SOURCES.find((source) => parts.includes(source)) ?? 'literal';
    }
    default:
      return 'variable';
  }
}

/** Which transform an opening is a case of. */
export function patternOf(opening: Opening, shape: ArgsShape): Pattern {
  const { container } = opening;
  if (container === 'class-member' || container === 'factory' || container === 'module-singleton') return container;
  return shape.startsWith('url-') ? 'url-client' : 'direct-client';
}

/**
 * The decision matrix of the first playbook: at once where production shares for no reason, recommended where a
 * connection of its own is right or the code is no service, nothing where the site is exempt, a test or what may open.
 */
export function priorityOf(facts: { zone: Zone; role: Role; stays: boolean }): Priority {
  if (facts.stays || facts.zone === 'test') return 'none';
  return facts.zone === 'production' && !isDedicated(facts.role) ? 'immediate' : 'recommended';
}
