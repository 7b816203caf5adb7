import type { ConsumerConstruct, ConsumerSetting, OwnConnection } from '../../model/library.js';
import type { Use } from '../../model/site.js';

/** Short form for the tables of Python: the API is the path after the package. `client` names the argument of a client. */
export function taker(
  path: string,
  facts: Pick<ConsumerConstruct, 'role' | 'use' | 'note'> &
    Partial<ConsumerConstruct> & { client?: (number | string)[]; own?: OwnConnection },
): ConsumerConstruct {
  const { client = [], ...rest } = facts;
  const parts = path.split('.');
  return {
    path: parts,
    api: parts.filter((part) => /^[A-Z]|^(?:from_|create_|init)/.test(part)).join('.') || path,
    call: 'call',
    clientAt: client.map((place) => [place]),
    duplicates: 0,
    closes: false,
    source: 'redis-semantics 1.4',
    ...rest,
  };
}

/** Settings of these keywords or positions. */
export function stated(...places: (number | string)[]): OwnConnection {
  return { at: places.map((place) => [place]) };
}

/** The same, of something that opens without any of them too. */
export function always(...places: (number | string)[]): OwnConnection {
  return { ...stated(...places), always: true };
}

/** The same, of something that may lead to other servers than Redis. */
export function perhaps(...places: (number | string)[]): OwnConnection {
  return { ...stated(...places), sign: true };
}

/** Settings by name. */
export function named(use: Use, source: string, note: string, names: string): ConsumerSetting[] {
  return names.split(' ').map((name) => ({ name, api: name, use, source, note }));
}
