import type { ArgumentPath, ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';

/** Short form for the tables beside this file: what most constructs have in common is filled in. */
export function entry(
  api: string,
  path: string[],
  clientAt: ArgumentPath[],
  rest: Pick<ConsumerConstruct, 'role' | 'use' | 'note'> & Partial<ConsumerConstruct>,
): ConsumerConstruct {
  const call = api.startsWith('new ') ? 'new' : 'call';
  return { api, path, clientAt, call, duplicates: 0, closes: false, source: 'redis-semantics 1.2', ...rest };
}

/** A consumer whose only package has its name. */
export function library(name: string, constructs: ConsumerConstruct[]): ConsumerLibrary {
  return { kind: 'consumer', name, language: 'javascript', packages: [name], constructs };
}
