/** What a client is for. Several purposes: the riskiest. */

import { PURPOSES, type Purpose, type Reason } from '../model/site.js';
import type { At, Opening } from '../model/traced.js';
import { stringsIn, textOf } from './known.js';
import { COMMANDS_OF, ENOUGH, HEALTH_COMMANDS, KEYS_OF, NAMES_OF, TOGETHER_OF, USES_OF } from './purposes.js';
import { reason } from './reasons.js';
import type { RoleFound } from './roles.js';

interface Evidence {
  purpose: Purpose;
  why: string;
  at: At;
}

/** Purpose of an opening and the evidence for it. Without any evidence: `unknown`. */
export function purposeOf(opening: Opening, found: RoleFound): { purpose: Purpose; reasons: Reason[] } {
  const evidence = [...fromConsumers(found), ...fromCommands(found), ...fromSigns(found), ...fromLocks(found)];
  const named = fromNames(opening);
  const all = relevant(evidence, named);
  const purpose = riskiest(all.map((one) => one.purpose));
  const first = all.find((one) => one.purpose === purpose);
  const reasons = first ? [reason('purpose', { purpose, why: first.why }, first.at)] : [];
  return { purpose, reasons };
}

/** The riskiest of some purposes; `unknown` when there are none. */
export function riskiest(purposes: readonly Purpose[]): Purpose {
  return PURPOSES.findLast((purpose) => purposes.includes(purpose)) ?? 'unknown';
}

/**
 * Names speak for purposes that commands cannot show (a limiter is INCR and EXPIRE, a session is GET and SETEX). That
 * something is a cache or a health check is shown by commands where there are any.
 */
function relevant(evidence: Evidence[], named: Evidence[]): Evidence[] {
  if (evidence.length === 0) return named;
  const strong = named.filter(({ purpose }) => purpose !== 'write-cache' && purpose !== 'health');
  return [...evidence, ...strong];
}

function fromConsumers(found: RoleFound): Evidence[] {
  return found.given.flatMap(({ construct, handed }) => {
    const purpose = USES_OF[construct.use] ?? (construct.use === 'cache' ? 'write-cache' : null);
    return purpose === null ? [] : [{ purpose, why: `given to ${construct.api} of ${handed.library}`, at: handed.at }];
  });
}

function fromCommands(found: RoleFound): Evidence[] {
  const purposes = Object.entries(COMMANDS_OF) as [Purpose, readonly string[]][];
  const all = found.members.flatMap(({ use, member }) =>
    purposes
      .filter(([, names]) => names.includes(member.name))
      .map(([purpose]) => ({ purpose, why: `calls \`.${use.member}\``, at: use.at })),
  );
  const health = found.members.filter(({ member }) => HEALTH_COMMANDS.includes(member.name));
  if (all.length > 0) return all;
  return health.map(({ use }) => ({
    purpose: 'health' as const,
    why: `only calls \`.${use.member}\``,
    at: use.at,
  }));
}

/** Keys and commands whose weights together are enough for a purpose. */
function fromSigns(found: RoleFound): Evidence[] {
  const signs = [...fromKeys(found), ...fromTogether(found)];
  const weights = new Map<Purpose, Map<object, number>>();
  for (const { purpose, sign } of signs) {
    weights.set(purpose, (weights.get(purpose) ?? new Map()).set(sign, sign.weight));
  }
  const total = (purpose: Purpose) => [...(weights.get(purpose)?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  return signs.filter(({ purpose }) => total(purpose) >= ENOUGH);
}

interface Sign extends Evidence {
  /** The entry of the table: each counts once. */
  sign: { weight: number };
}

function fromKeys(found: RoleFound): Sign[] {
  return found.members.flatMap(({ member }) => {
    const key = member.kind === 'command' ? member.args[0] : undefined;
    const texts = key ? stringsIn(key) : [];
    return texts.flatMap(({ text, at }) =>
      KEYS_OF.filter(({ words }) => words.test(text)).map((sign) => {
        const shown = sign.words.exec(text)?.[0] ?? '';
        return { purpose: sign.purpose, why: `a key begins with \`${shown}\``, at, sign };
      }),
    );
  });
}

function fromTogether(found: RoleFound): Sign[] {
  return TOGETHER_OF.flatMap((sign) => {
    const each = sign.all.map((names) => found.members.find(({ member }) => names.includes(member.name)));
    const [first] = each;
    if (first === undefined || each.includes(undefined)) return [];
    const names = each.map((one) => `\`.${one?.use.member}\``).join(' and ');
    return [{ purpose: sign.purpose, why: `calls ${names}`, at: first.use.at, sign }];
  });
}

/** `set(key, value, 'PX', ms, 'NX')` takes a lock. */
function fromLocks(found: RoleFound): Evidence[] {
  return found.members
    .filter(
      ({ member }) => member.name === 'set' && member.args.slice(2).some((arg) => textOf(arg)?.toLowerCase() === 'nx'),
    )
    .map(({ use }) => ({ purpose: 'limits-and-locks' as const, why: `SET with NX`, at: use.at }));
}

function fromNames(opening: Opening): Evidence[] {
  const names = [...opening.symbol, opening.bound ?? '', opening.file.replace(/\.[^./]+$/, '')].filter(Boolean);
  return names.flatMap((name) => {
    const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_\-./]/g, ' ');
    return NAMES_OF.filter(({ words: pattern }) => pattern.test(words) || pattern.test(name)).map(({ purpose }) => ({
      purpose,
      why: `the name \`${name}\``,
      at: opening.at,
    }));
  });
}
