/** Where members that a client uses are other ones, or answer otherwise, in another library. */

import type { ApiDifference, ApiFact } from '../model/api-facts.js';
import { API_FACTS, CAMEL_CASE } from './api-facts.js';
import { within } from './index.js';

/** A library in a version (exact or a range; null: unknown). */
export interface Versioned {
  library: string;
  version: string | null;
}

/** Differences of the members, in the order of the members; those of which nothing is known are passed over. */
export function apiDifferences(from: Versioned, to: Versioned, members: readonly string[]): ApiDifference[] {
  return members.flatMap((member) => {
    const plain = plainName(member);
    const facts = API_FACTS.filter((one) => one.members.has(plain));
    const found = facts.flatMap(({ kind, forms }): ApiDifference[] => {
      const [own, other] = [textOf(forms, from), textOf(forms, to)];
      return own === null || other === null || own === other ? [] : [{ member, kind, from: own, to: other }];
    });
    // Where the call is told, it tells the name too.
    const named = found.some(({ kind }) => kind === 'call') ? [] : renamed(member, plain, from, to);
    return [...named, ...found];
  });
}

function plainName(member: string): string {
  return member.toLowerCase().replaceAll('_', '');
}

/** What may hold for the version: one form, or several with `or` between them; null: nothing is known of the library. */
function textOf(forms: ApiFact['forms'], { library, version }: Versioned): string | null {
  const own = forms.filter((one) => one.libraries.includes(library) && within(version, one.versions) !== 'never');
  return own.length === 0 ? null : [...new Set(own.map(({ text }) => text))].join(' or ');
}

const CAMEL: ReadonlyMap<string, string> = new Map(CAMEL_CASE.map((name) => [plainName(name), name]));
const SMALL: ReadonlySet<string> = new Set(['ioredis', 'iovalkey', '@upstash/redis', '@vercel/kv']);

/** `hgetall` is `hGetAll` in redis 4 to 6, which also knows `HGETALL`. */
function renamed(member: string, plain: string, from: Versioned, to: Versioned): ApiDifference[] {
  const camel = CAMEL.get(plain);
  const isCamel = to.library === 'redis' && within(to.version, '>=4.0.0') !== 'never';
  const name = isCamel ? camel : SMALL.has(to.library) ? plain : undefined;
  if (camel === undefined || name === undefined || name === member || from.library === to.library) return [];
  return isCamel && member === member.toUpperCase() ? [] : [{ member, kind: 'call', from: member, to: name }];
}
