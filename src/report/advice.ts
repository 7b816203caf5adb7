/** What a batch means to the people who review and release it. */

import type { Purpose } from '../model/site.js';

export interface Advice {
  /** Name of the batch for people. */
  title: string;
  /** Why at this point of the order, and not earlier or later. */
  why: string;
  /** What to look at once it is released. */
  test: string[];
}

/** What every batch that shares must show. */
export const SHARED = 'Connections of the process (`CLIENT LIST`): one for each database, named by the accessor.';

/** By purpose: what such code does when Redis answers late, twice or not at all decides what is to be looked at. */
export const ADVICE: Record<Purpose, Advice> = {
  imports: {
    title: 'Deprecated imports',
    why: 'First: names come from another module, and no connection is opened otherwise.',
    test: ['The modules load, and the tests that import them run.'],
  },
  health: {
    title: 'Health checks',
    why: 'Nothing is stored: a fault shows at once, and nobody loses data.',
    test: ['The health endpoint answers, and reports a Redis that is stopped as down.', SHARED],
  },
  'read-cache': {
    title: 'Read caches',
    why: 'Only reads: a fault costs time, not data.',
    test: ['Hit rate and latency are as before; a cold key is still loaded from its source.', SHARED],
  },
  'write-cache': {
    title: 'Write caches',
    why: 'What is written can be computed again.',
    test: ['New entries appear under the same keys with the same expiry (`TTL`).', 'Hit rate is as before.', SHARED],
  },
  session: {
    title: 'Sessions',
    why: 'After the caches: a fault here signs people out.',
    test: ['Sign in, go on, sign out; a session from before the release is still known.', SHARED],
  },
  pipeline: {
    title: 'Pipelines and counters',
    why: 'Several commands that belong together: their order and their replies count.',
    test: ['Counters go up by the right amount; replies of pipelines are read in the right order.', SHARED],
  },
  messaging: {
    title: 'Messaging and queues',
    why: 'Late: work that is lost or done twice is noticed by others.',
    test: [
      'A job that is queued is worked off once; a message that is published arrives.',
      'Workers stop on SIGTERM and take their work up again after a restart of Redis.',
      'Subscribers and blocking readers have connections of their own.',
    ],
  },
  'limits-and-locks': {
    title: 'Limits and locks',
    why: 'Last: a fault lets through what must not pass, or holds what must go on.',
    test: [
      'The limit refuses request n + 1, and lets it pass when the window is over.',
      'Two processes never hold one lock; a lock whose owner died is free after its expiry.',
      SHARED,
    ],
  },
  env: {
    title: 'Settings',
    why: 'Only names and files of settings change.',
    test: ['The service starts in every environment with the settings that are deployed there.'],
  },
  unknown: {
    title: 'Other uses',
    why: 'Last: what these clients are for could not be told.',
    test: ['What this code does for a user still works; look at each site before the release.', SHARED],
  },
};

/** How a batch is taken back: exact bytes where it was applied, git everywhere else. */
export function rollbackLines(batch: string): [string, string] {
  return [`redis-migrate rollback --batch ${batch}`, 'git revert <commit of the batch>'];
}
