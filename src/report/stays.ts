/** What stays: which sites are worth a line each, and which are only counted. */

import type { Reason } from '../model/site.js';
import { count } from './layout.js';

/** Sites that are as they should be, or that another one decides. The words are for one and for several. */
const COUNTED: Record<string, [string, string]> = {
  accessor: ['opening of the accessor itself', 'openings of the accessor itself'],
  'already-migrated': ['call of the accessor', 'calls of the accessor'],
  'part-of-opening': ['part of an opening', 'parts of openings'],
  'not-an-address': ['text that is no address', 'texts that are no address'],
};

export interface Stays<T> {
  listed: T[];
  /** `2 openings of the accessor itself`; empty when there are none. */
  counted: string[];
}

/** Divides what stays. A site is only counted when its first reason says so. */
export function staysOf<T extends { reasons: readonly Reason[] }>(kept: readonly T[]): Stays<T> {
  const kindOf = ({ reasons }: T) =>
    reasons.some(({ code }) => code === 'accessor-role') ? '' : (reasons[0]?.code ?? '');
  const counted = Object.entries(COUNTED).flatMap(([code, [one, many]]) => {
    const number = kept.filter((site) => kindOf(site) === code).length;
    return number === 0 ? [] : [count(number, one, many)];
  });
  return { listed: kept.filter((site) => !Object.hasOwn(COUNTED, kindOf(site))), counted };
}
