/** Reasons of the strategies `inline` and `adapter`. */

import { info } from './reason-info.js';

export interface Told {
  name: string;
  places: number;
  files: number;
}

const counted = ({ places, files }: Told) =>
  `${places} ${places === 1 ? 'place' : 'places'} in ${files} ${files === 1 ? 'file' : 'files'}`;

export const STRATEGY = {
  inlined: info<Told>(
    'note',
    (told) => `\`${told.name}\` goes: ${counted(told)} ask the accessor.`,
    'The strategy `inline`: the name and all who read it change together.',
  ),
  adapted: info<Told>(
    'note',
    (told) => `\`${told.name}\` no longer keeps a client: ${counted(told)} ask the accessor.`,
    'The strategy `adapter`: the class or function keeps its interface.',
  ),
  'strategy-refused': info<{ strategy: string; name: string; why: string }>(
    'review',
    ({ strategy, name, why }) =>
      `\`${name}\` cannot go (${strategy}): ${why}. It would stay and hold a client of the accessor.`,
    'The strategy of the config is not possible here; the edit is that of `initialiser`.',
  ),
  'holder-stays': info<{ name: string; why: string }>(
    'note',
    ({ name, why }) => `\`${name}\` stays and holds a client of the accessor: ${why}.`,
    'The strategy `adapter` would ask the accessor at each use; here the opening alone changes.',
  ),
  'fallback-collapsed': info<{ database: string }>(
    'note',
    ({ database }) =>
      `A condition decides between this and another opening, both of ${database}: one call stands for both.`,
    'The branches differ in nothing but the address, which the accessor knows.',
  ),
  'name-stays': info<{ name: string; why: string }>(
    'note',
    ({ name, why }) => `\`${name}\` stays: ${why}.`,
    'What a package exports keeps its name, whatever the strategy.',
  ),
};
