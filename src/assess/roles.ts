/** Uses and role of an opening: what is done with its client, and what must therefore be exclusive. */

import { consumers, redisLibrary } from '../libraries/index.js';
import type { ConsumerConstruct } from '../model/library.js';
import { type Reason, ROLES, type Role, type Use } from '../model/site.js';
import type { At, ClientUse, Handed, Opening } from '../model/traced.js';
import { constructOf, effectiveOptions } from './arguments.js';
import { alternatives, textOf } from './known.js';
import { type Judged, type Member, membersOf } from './members.js';
import { perOpening } from './per-opening.js';
import { reason } from './reasons.js';

export interface RoleFound {
  role: Role;
  uses: Use[];
  /** Uses with what they are. */
  members: Judged[];
  /** Constructs of consumer libraries that are given the client. */
  given: { construct: ConsumerConstruct; handed: Handed }[];
  /** What blocks or explains the role. */
  reasons: Reason[];
}

/** Roles whose clients the accessor shares. */
export function isShared(role: Role): boolean {
  return role === 'command' || role === 'queue';
}

/** Roles whose clients are opened anew per call and closed by their caller. */
export function isDedicated(role: Role): boolean {
  return role !== 'unknown' && !isShared(role);
}

interface Claim {
  role: Role;
  why: string;
  at: At;
}

/** Finds uses and role. An escape makes the role unknown unless something stronger is known; it always is a reason. */
export const roleOf = perOpening(findRole);

function findRole(opening: Opening, openings: readonly Opening[]): RoleFound {
  const defined = definedCommands(opening, openings);
  const single = hasOneConnection(opening, openings);
  const members = opening.uses
    .flatMap((use) => membersOf(opening, use, defined))
    .map((judged) => (single ? onOneConnection(judged) : judged));
  const claims: Claim[] = [];
  const uses = new Set<Use>();
  const reasons: Reason[] = [];
  for (const { use, member } of members) judge(use, member, claims, uses, reasons);
  claims.push(...optionClaims(opening, openings));
  const given = opening.handed.flatMap((handed) => constructsOf(handed).map((construct) => ({ construct, handed })));
  for (const { construct, handed } of given) {
    uses.add(construct.use);
    const role = roleAt(construct, handed);
    claims.push({ role, why: `given to ${construct.api} of ${handed.library}`, at: handed.at });
    if (role === 'unknown') reasons.push(reason('role-consumer', { api: construct.api }, handed.at));
  }
  for (const handed of opening.handed) {
    if (constructsOf(handed).length > 0) continue;
    claims.push({ role: 'unknown', why: `given to ${handed.library}`, at: handed.at });
    const message = `The client is given to ${handed.library}, which is not in the table.`;
    reasons.push(reason('escapes-to-library', { message }, handed.at));
  }
  for (const { code, message, at } of opening.escapes) {
    claims.push({ role: 'unknown', why: message, at });
    reasons.push(reason(code, { message }, at));
  }
  const strongest = ROLES.map((role) => claims.find((claim) => claim.role === role)).find(
    (claim) => claim !== undefined,
  );
  const role = strongest?.role ?? 'command';
  if (strongest && role !== 'command' && role !== 'unknown') {
    reasons.push(reason('role', { role, why: strongest.why }, strongest.at));
  }
  return { role, uses: [...uses].sort(), members, given, reasons };
}

/** Options that give the connection a role from its beginning. */
function optionClaims(opening: Opening, openings: readonly Opening[]): Claim[] {
  const facts = redisLibrary(opening.library)?.options ?? {};
  const settings = effectiveOptions(opening, openings).flatMap((way) => Object.entries(way.settings));
  return settings.flatMap(([name, { value }]) => {
    const fact = Object.hasOwn(facts, name) ? facts[name]?.role : undefined;
    if (fact === undefined) return [];
    return alternatives(value).flatMap((one): Claim[] => {
      if (one.kind === 'undefined' || (one.kind === 'literal' && one.value !== fact.when)) return [];
      const role = one.kind === 'literal' ? fact.role : 'unknown';
      return [{ role, why: `the option \`${name}\``, at: one.at }];
    });
  });
}

/** One connection takes all commands of the client: what else takes one of a pool stalls or changes the others. */
export function hasOneConnection(opening: Opening, openings: readonly Opening[]): boolean {
  const option = redisLibrary(opening.library)?.singleConnection;
  if (constructOf(opening)?.single) return true;
  if (option === undefined) return false;
  const values = effectiveOptions(opening, openings).flatMap((way) => way.settings[option]?.value ?? []);
  return values.some((value) => !(value.kind === 'literal' && !value.value));
}

function onOneConnection({ use, member }: Judged): Judged {
  const role = member.fact?.single;
  return role === undefined ? { use, member } : { use, member: { ...member, fact: { ...member.fact, role } } };
}

function judge(use: ClientUse, member: Member, claims: Claim[], uses: Set<Use>, reasons: Reason[]): void {
  const name = use.member ?? '';
  const unknown = (why: string) => claims.push({ role: 'unknown', why, at: use.at });
  if (member.kind === 'closes') uses.add('closes');
  if (member.kind === 'dynamic') {
    unknown('a command is chosen at run time');
    reasons.push(reason('role-dynamic', undefined, use.at));
  } else if (member.kind === 'unknown') {
    unknown(`\`.${name}\` is not known`);
    reasons.push(reason('role-method', { member: name }, use.at));
  } else if (member.kind === 'changes') {
    unknown(`\`.${name}\` changes the client`);
    reasons.push(reason('role-changed', { member: name }, use.at));
  }
  const { fact } = member;
  // Inside of a transaction no command blocks: it answers as if nothing had come in time.
  const waits = fact?.role === 'blocking' && use.chained !== 'multi';
  if (fact?.use && (waits || fact.use !== 'blocking' || fact.single)) uses.add(fact.use);
  if (!fact?.role || member.condition === 'no' || (fact.role === 'blocking' && !waits)) return;
  if (member.condition === 'perhaps') {
    unknown(`the arguments of \`.${name}\` are not known`);
    reasons.push(reason('role-argument', { member: name }, use.at));
    return;
  }
  claims.push({ role: fact.role, why: `calls \`.${name}\``, at: use.at });
}

/** Names of commands that the client was given with `defineCommand(name)` or the option `scripts`. */
function definedCommands(opening: Opening, openings: readonly Opening[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const use of opening.uses) {
    const name = use.member === 'defineCommand' ? textOf(use.args[0]) : null;
    if (name !== null) names.add(name.toLowerCase());
  }
  const defining = redisLibrary(opening.library)?.defining ?? ['scripts'];
  for (const way of effectiveOptions(opening, openings)) {
    for (const option of defining) {
      const own = way.settings[option]?.value;
      if (own?.kind === 'object') for (const { key } of own.entries) names.add(key.toLowerCase());
    }
  }
  return names;
}

function constructsOf(handed: Handed): ConsumerConstruct[] {
  if (handed.api === null) return [];
  return consumers()
    .filter((library) => library.name === handed.library || library.packages.includes(handed.library))
    .flatMap((library) => library.constructs)
    .filter((construct) => construct.api === handed.api)
    .slice(0, 1);
}

/** Role at the argument that held the client; the strongest of the construct when that is not known. */
function roleAt(construct: ConsumerConstruct, handed: Handed): Role {
  const { roles } = construct;
  if (!roles) return construct.role;
  const path = JSON.stringify(handed.argument);
  const index = handed.argument ? construct.clientAt.findIndex((at) => JSON.stringify(at) === path) : -1;
  return roles[index] ?? ROLES.find((role) => roles.includes(role)) ?? construct.role;
}
