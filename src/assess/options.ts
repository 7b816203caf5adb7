/** Options of a site against what the accessor gives: meaning blocks, policy asks, connection goes. */

import { defaultsOf, redisLibrary, within } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { OptionFact } from '../model/library.js';
import type { Reason, Role } from '../model/site.js';
import type { Known, Opening } from '../model/traced.js';
import { type Effective, effectiveOptions } from './arguments.js';
import { alternatives, describe, given } from './known.js';
import { compare } from './order.js';
import { reason } from './reasons.js';

type Scalar = string | number | boolean | null;

/** Reasons that the options of an opening give, for a client that the accessor opens for `role`. */
export function optionReasons(
  opening: Opening,
  openings: readonly Opening[],
  accessor: Accessor,
  role: Role,
): Reason[] {
  const ways = effectiveOptions(opening, openings).filter((way) => way.unresolved === null);
  const options = optionsOf(opening.library, ways);
  const judge = new Judge(opening, accessor, role);
  for (const name of Object.keys(options).sort(compare)) {
    const fact = options[name];
    if (fact && !fact.term && !saysNodes(name, ways)) judge.option(name, fact, ways);
  }
  const set = [...new Set(ways.flatMap((way) => Object.keys(way.settings)))].sort(compare);
  const known = set.filter((name) => options[name] !== undefined);
  const dropped = known.filter((name) => options[name]?.class === 'C');
  const others = set.filter((name) => !(name in options));
  if (dropped.length > 0) judge.reasons.push(reason('options-dropped', { options: dropped.join(', ') }));
  if (others.length > 0) judge.reasons.push(reason('option-without-effect', { options: others.join(', ') }));
  return judge.reasons;
}

/** What names the nodes is a part of the server term. */
function saysNodes(name: string, ways: readonly Effective[]): boolean {
  return ['sentinels', 'name'].includes(name) && ways.every(({ nodes }) => nodes?.kind === 'sentinel');
}

/** The options of a library that count for what is opened in one of these ways. */
export function optionsOf(name: string, ways: readonly Effective[]): Record<string, OptionFact> {
  const library = redisLibrary(name);
  const own = ways.some(({ nodes }) => nodes) ? library?.nodesOptions : {};
  return { ...library?.options, ...own };
}

/** Options that an opening sets and that change what its clients do. */
export interface Stated {
  /** Plain values by option. */
  fixed: Record<string, Scalar>;
  /** Names of options with any other value, by class. */
  meaning: string[];
  policy: string[];
}

/** What an opening sets beside address and connection, as a contract can state it. */
export function statedOptions(opening: Opening, openings: readonly Opening[]): Stated {
  const stated: Stated = { fixed: {}, meaning: [], policy: [] };
  const ways = effectiveOptions(opening, openings);
  const options = optionsOf(opening.library, ways);
  for (const name of [...new Set(ways.flatMap(({ settings }) => Object.keys(settings)))].sort(compare)) {
    const fact = options[name];
    if (!fact || fact.class === 'C' || fact.term) continue;
    const [first, ...others] = ways.map(({ settings }) => settings[name]?.value);
    const plain = first && statable(given(first));
    if (plain !== undefined && others.every((other) => other && equals(other, plain))) stated.fixed[name] = plain;
    else stated[fact.class === 'S' ? 'meaning' : 'policy'].push(name);
  }
  return stated;
}

class Judge {
  readonly reasons: Reason[] = [];

  constructor(
    private readonly opening: Opening,
    private readonly accessor: Accessor,
    private readonly role: Role,
  ) {}

  /** One option that is no identity term. The library's own default stands where neither side sets it. */
  option(name: string, fact: OptionFact, ways: readonly Effective[]): void {
    if (fact.class === 'C' || within(this.opening.version, fact.versions) === 'never') return;
    const fixed = this.fixed(name);
    const defaults = defaultsOf(fact, this.opening.version);
    const set = ways.flatMap((way) => way.settings[name]?.value ?? []);
    const [first] = set;
    if (first === undefined) return this.unset(name, fact, fixed, defaults);
    const targets = fixed === undefined ? defaults : [fixed];
    const same = (one: Known, own: Scalar | undefined) => targets.every((target) => equals(one, target, own));
    if (set.length === ways.length && set.every((one) => defaults.every((own) => same(one, own)))) return;
    const facts = { option: name, from: shown(set, fact), to: target(fixed, defaults) };
    this.reasons.push(reason(fact.class === 'S' ? 'option-meaning' : 'option-policy', facts, first.at));
  }

  private unset(name: string, fact: OptionFact, fixed: Scalar | undefined, defaults: (Scalar | undefined)[]): void {
    if (fixed === undefined || defaults.every((value) => value === fixed)) return;
    const facts = { option: name, from: defaults.map(word).join(' or '), to: JSON.stringify(fixed) };
    this.reasons.push(reason(fact.class === 'S' ? 'option-meaning' : 'option-default', facts));
  }

  private fixed(name: string): Scalar | undefined {
    const { fixed } = this.accessor.contract;
    for (const role of [this.role, '*']) {
      const row = fixed[role];
      if (row && Object.hasOwn(row, name)) return row[name];
    }
    return undefined;
  }
}

/** Whether a value is the target in every run. What is undefined is the library's own default, `own`. */
function equals(value: Known, target: Scalar | undefined, own?: Scalar): boolean {
  return alternatives(value).every((one) => {
    if (one.kind === 'undefined') return target === own;
    return target !== undefined && statable(one) === target;
  });
}

/** What a contract can say of a value: itself, or `function:src/lib/redis.ts#reconnect` of a module's function. */
function statable(value: Known): Scalar | undefined {
  if (value.kind === 'literal') return value.value;
  return value.kind === 'function' && value.named !== undefined ? `function:${value.named}` : undefined;
}

function shown(values: readonly Known[], fact: OptionFact): string {
  return [...new Set(values.map((value) => describe(value, fact.secret)))].join(' or ');
}

function target(fixed: Scalar | undefined, defaults: (Scalar | undefined)[]): string {
  if (fixed !== undefined) return JSON.stringify(fixed);
  const source = defaults.length > 1 ? 'library default, by its version' : 'library default';
  return `${defaults.map(word).join(' or ')} (${source})`;
}

function word(value: Scalar | undefined): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}
