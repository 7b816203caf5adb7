/** Reasons of the strategies `inline` and `adapter`. */

import { info } from './reason-info.js';

export interface Told {
  name: string;
  places: number;
  files: number;
}

/** `2 places in 1 file ask the accessor`: who does something, and the verb that fits the number. */
const counted = ({ places, files }: Told, [one, many]: readonly [string, string]) =>
  `${places} ${places === 1 ? 'place' : 'places'} in ${files} ${files === 1 ? 'file' : 'files'} ${places === 1 ? one : many}`;

const ASK = ['asks', 'ask'] as const;

export const STRATEGY = {
  inlined: info<Told>(
    'note',
    (told) => `\`${told.name}\` goes: ${counted(told, ASK)} the accessor.`,
    'The strategy `inline`: the name and all who read it change together.',
  ),
  adapted: info<Told>(
    'note',
    (told) => `\`${told.name}\` no longer keeps a client: ${counted(told, ASK)} the accessor.`,
    'The strategy `adapter`: the class or function keeps its interface.',
  ),
  'cache-interface': info<Told & { from: string; differs: string | null }>(
    'review',
    ({ from, differs, ...told }) =>
      `\`${told.name}\` goes: ${counted(told, ['reads or writes', 'read and write'])} cached values through \`${from}()\`${differs === null ? '' : `; ${differs}`}.`,
    'The client does nothing but read and write cached values, and the configuration sends those of its file through the interface of the accessor (`caches`, `contract.cache`). Who needs the newest value must not use it.',
  ),
  'cache-client': info<{ name: string; why: string }>(
    'note',
    ({ name, why }) => `\`${name}\` does not go through the interface for cached values: ${why}.`,
    'Only a client whose every use is one that the interface has, with equal arguments, goes through it; else the edit is that of a client.',
  ),
  'parameter-unused': info<{ name: string; of: string }>(
    'note',
    ({ name, of }) =>
      `Parameter \`${name}\` of \`${of}\` stays and is ignored: who gives it gets a DeprecationWarning, where it may be left out.`,
    'The strategy `adapter` keeps interfaces. All calls in this tree are known and give what the accessor has.',
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
