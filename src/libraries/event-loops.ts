import type { Sourced } from '../model/library.js';

/** A function that makes an event loop and runs code in it until that is done. */
export interface LoopStarter extends Sourced {
  packages: string[];
  member: string[];
}

/** Each takes a coroutine or an async function first. Flask runs its async views through asgiref too. */
export const LOOP_STARTERS: readonly LoopStarter[] = [
  {
    packages: ['asyncio'],
    member: ['run'],
    source: 'docs.python.org/3/library/asyncio-runner: always creates a new loop',
  },
  { packages: ['uvloop'], member: ['run'], source: 'uvloop README: uvloop.run' },
  { packages: ['anyio'], member: ['run'], source: 'anyio.readthedocs.io/basics: anyio.run' },
  {
    packages: ['asgiref.sync', 'asgiref'],
    member: ['async_to_sync'],
    source: 'asgiref README: async_to_sync runs in a new loop unless it is called below one',
  },
  {
    packages: ['asgiref.sync', 'asgiref'],
    member: ['AsyncToSync'],
    source: 'asgiref README: the class behind async_to_sync',
  },
];

/** Methods of a loop that run a coroutine in it: whether the loop is new is asked of the loop. */
export const LOOP_METHODS: ReadonlySet<string> = new Set(['run_until_complete']);
/** Functions of asyncio that make a loop, and those that give the one that is there. */
export const NEW_LOOPS: ReadonlySet<string> = new Set(['new_event_loop', 'Runner']);
export const CURRENT_LOOPS: ReadonlySet<string> = new Set(['get_event_loop', 'get_running_loop']);

/** Last names of decorators under which a function runs again and again in one process. */
export const TASK_DECORATORS: ReadonlySet<string> = new Set([
  // Celery: app.task, shared_task, periodic_task (4 and older)
  ...['task', 'shared_task', 'periodic_task'],
  // dramatiq.actor; rq and django-rq: job
  ...['actor', 'job'],
  // huey and huey.contrib.djhuey
  ...['db_task', 'db_periodic_task'],
]);

/** Calls that run a function later, in a worker that runs others too: rq's `queue.enqueue(f)`, APScheduler's `add_job(f)`. */
export const TASK_CALLS: ReadonlySet<string> = new Set([
  'enqueue',
  'enqueue_in',
  'enqueue_at',
  'enqueue_call',
  'add_job',
]);

/** Packages under whose decorators `command` and `callback` a function is all that a process runs (click, typer). */
export const COMMAND_PACKAGES: ReadonlySet<string> = new Set([
  'click',
  'typer',
  'rich_click',
  'asyncclick',
  'cyclopts',
]);
export const COMMAND_DECORATORS: ReadonlySet<string> = new Set(['command', 'callback']);

/** Base classes of test cases each test of which has a loop of its own. */
export const LOOP_TEST_CASES: ReadonlySet<string> = new Set(['IsolatedAsyncioTestCase', 'AsyncTestCase']);
