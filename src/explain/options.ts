/** The options of an opening, and what becomes of each. */

import { effectiveOptions } from '../assess/arguments.js';
import { describe, placeOf } from '../assess/known.js';
import { optionsOf as optionFacts } from '../assess/options.js';
import { within } from '../libraries/index.js';
import type { OptionFact } from '../model/library.js';
import type { Known, Opening, Site } from '../model.js';
import type { ExplainedOption } from '../report/explanation.js';
import { mask } from '../secrets.js';

/** Options that an opening sets, by name; the URL first. */
export function optionsOf(opening: Opening, openings: readonly Opening[], site: Site): ExplainedOption[] {
  const ways = effectiveOptions(opening, openings);
  const facts = optionFacts(opening.library, ways);
  const outcomes = new Outcomes(
    opening,
    site,
    facts,
    ways.every(({ unresolved }) => unresolved === null),
  );
  const url = row('url', distinct(ways.flatMap((way) => way.url ?? [])), undefined, 'identity');
  const names = [...new Set(ways.flatMap(({ settings }) => Object.keys(settings)))].sort();
  const rows = names.map((name) => {
    const values = distinct(ways.flatMap(({ settings }) => settings[name]?.value ?? []));
    return row(name, values, Object.hasOwn(facts, name) ? facts[name] : undefined, outcomes.of(name));
  });
  return [url, ...rows].flatMap((one) => one ?? []);
}

function distinct(values: readonly Known[]): Known[] {
  return [...new Map(values.map((value) => [describe(value), value])).values()];
}

function row(
  name: string,
  values: readonly Known[],
  fact: OptionFact | undefined,
  outcome: ExplainedOption['outcome'],
): ExplainedOption | null {
  const [first] = values;
  if (!first) return null;
  const text = [...new Set(values.map((value) => describe(value, fact?.secret)))].join(' or ');
  // The name says whether the value is a secret: both are masked together.
  const value = mask(`${name}: ${text}`).slice(name.length + 2);
  return { name, value, at: placeOf(first.at), class: fact?.class ?? null, outcome };
}

/** Reasons of openings that were never compared with an accessor. */
const NOT_COMPARED = ['accessor', 'no-accessor'];
const DIFFERENCES = ['option-meaning', 'option-policy', 'decode-differs'];

/** Terms that name no database: a reason says how they differ. */
const COMPARED_TERMS = ['prefix', 'decode'];

class Outcomes {
  private readonly compared: boolean;

  constructor(
    private readonly opening: Opening,
    private readonly site: Site,
    private readonly facts: Record<string, OptionFact>,
    resolved: boolean,
  ) {
    this.compared = resolved && !site.reasons.some(({ code }) => NOT_COMPARED.includes(code));
  }

  of(name: string): ExplainedOption['outcome'] {
    const fact = Object.hasOwn(this.facts, name) ? this.facts[name] : undefined;
    if (!fact || within(this.opening.version, fact.versions) === 'never') return 'without-effect';
    if (fact.term && !COMPARED_TERMS.includes(fact.term)) return 'identity';
    if (!this.compared) return 'not-compared';
    if (fact.class === 'C') return 'dropped';
    return this.differs(name, fact.term === 'prefix') ? 'differs' : 'equal';
  }

  private differs(name: string, isPrefix: boolean): boolean {
    return this.site.reasons.some(({ code, message }) => {
      if (code === 'key-prefix') return isPrefix;
      return DIFFERENCES.includes(code) && (message.startsWith(`${name}:`) || message.startsWith(`${name} `));
    });
  }
}
