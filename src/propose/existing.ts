/** Functions of a tree that already are what an accessor should be. */

export const CONFIG_FILE = 'redis-migrate.config.json';

/** A function that gives one client to all who call it. */
export interface ExistingAccessor {
  file: string;
  name: string;
  library: string;
  callSites: number;
  /** What its call gives, and whether it is awaited. */
  mode: 'sync' | 'async' | 'coroutine';
  /** How many parameters it takes. */
  parameters: number;
  /** Identity key of what it opens. */
  identity: string | null;
  /** Options that its client has, as plain values. */
  fixed: Record<string, string | number | boolean | null>;
  /** Options with other values: those that change what commands mean, and those that decide what happens on failure. */
  meaning: string[];
  policy: string[];
}

/**
 * Whether a configuration can say what such a function promises: what its parameters mean cannot be guessed, and an
 * option that changes what commands mean must be a plain value.
 */
export function canBeStated({ parameters, meaning }: ExistingAccessor): boolean {
  return parameters === 0 && meaning.length === 0;
}
