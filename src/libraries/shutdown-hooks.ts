import type { Sourced } from '../model/library.js';

/** How a package is told what to run when the process or the application begins or ends. */
export interface LifecycleHook extends Sourced {
  packages: string[];
  /** End of the member's path: of the package (`register`), or of what it makes (`on_event`). */
  member: string[];
  /** Events of which one is the first argument; absent: there is no such argument. */
  events?: string[];
  /** Keyword of a call that takes a list of functions, which run in its order. */
  list?: string;
  /** Keyword of a call that takes a function with a `yield`: what stands before it runs first, what comes behind at the end. */
  lifespan?: string;
}

const CELERY = 'docs.celeryq.dev/userguide/signals: worker_shutdown, worker_process_shutdown';

/**
 * Shutdown hooks of Python, each as a decorator or a call with the function. Flask's `teardown_appcontext` and Celery's
 * `task_postrun` are none: they run after each request or task.
 */
export const SHUTDOWN_HOOKS: readonly LifecycleHook[] = [
  { packages: ['atexit'], member: ['register'], source: 'docs.python.org/3/library/atexit' },
  {
    packages: ['fastapi', 'starlette'],
    member: ['on_event'],
    events: ['shutdown'],
    source: 'fastapi.tiangolo.com/advanced/events: shutdown event',
  },
  {
    packages: ['fastapi', 'starlette'],
    member: ['add_event_handler'],
    events: ['shutdown'],
    source: 'starlette.io/events up to 0.x: add_event_handler',
  },
  ...['FastAPI', 'Starlette', 'Router', 'APIRouter'].map((made) => ({
    packages: ['fastapi', 'starlette'],
    member: [made],
    lifespan: 'lifespan',
    source: 'fastapi.tiangolo.com/advanced/events, starlette.io/lifespan: behind the yield',
  })),
  ...['FastAPI', 'Starlette', 'Router', 'APIRouter'].map((made) => ({
    packages: ['fastapi', 'starlette'],
    member: [made],
    list: 'on_shutdown',
    source: 'starlette.io/events up to 0.x: Starlette(on_startup=[…], on_shutdown=[…])',
  })),
  {
    packages: ['quart'],
    member: ['after_serving'],
    source: 'quart.palletsprojects.com/how_to_guides/startup_shutdown',
  },
  ...['worker_process_shutdown', 'worker_shutdown', 'worker_shutting_down'].map((signal) => ({
    packages: ['celery'],
    member: [signal, 'connect'],
    source: CELERY,
  })),
];

/** Where an application of Python begins, before it answers anything. A lifespan takes the place of all other handlers. */
export const STARTUP_HOOKS: readonly LifecycleHook[] = [
  ...SHUTDOWN_HOOKS.filter(({ lifespan }) => lifespan !== undefined),
  ...SHUTDOWN_HOOKS.filter(({ events }) => events !== undefined).map((hook) => ({
    ...hook,
    events: ['startup'],
    source: hook.source.replace('shutdown', 'startup'),
  })),
  ...SHUTDOWN_HOOKS.filter(({ list }) => list !== undefined).map((hook) => ({ ...hook, list: 'on_startup' })),
  {
    packages: ['quart'],
    member: ['before_serving'],
    source: 'quart.palletsprojects.com/how_to_guides/startup_shutdown',
  },
];

/** A text without any of these tells no application what to run when it begins. */
export const STARTUP_WORDS: readonly string[] = [
  'lifespan',
  'on_event',
  'on_startup',
  'add_event_handler',
  'before_serving',
];

/**
 * What runners of JavaScript run when the tests of a file, or of a group in it, are done. A name of package '' is a global,
 * and modules of Node are named without `node:`. What runs after each test is none.
 */
export const TEST_HOOKS: readonly LifecycleHook[] = [
  {
    packages: ['', 'vitest', '@jest/globals', 'bun:test'],
    member: ['afterAll'],
    source: 'jestjs.io/docs/api, vitest.dev/api, bun.sh/docs/test/lifecycle: afterAll',
  },
  {
    packages: ['', 'mocha', 'test'],
    member: ['after'],
    source: 'mochajs.org Hooks: after; nodejs.org/api/test: after',
  },
];

/** Their names. */
export const TEST_HOOK_NAMES: ReadonlySet<string> = new Set(TEST_HOOKS.flatMap(({ member }) => member));
