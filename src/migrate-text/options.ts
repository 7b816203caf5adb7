/** What a person says of one text alone, and the configuration that it stands for. */

import type { ConfigInput } from '../config/index.js';
import { normalise } from '../config/normalise.js';
import { UserError } from '../errors.js';
import type { Config, Pattern } from '../model.js';
import { type StatedClass, statedClass } from './stated-class.js';

export interface TextOptions {
  /** Accessor to call: a path from the root (`./lib/redis`), or a specifier to write as it is (`@/lib/redis`). */
  accessor?: string;
  /** Its functions; left out: those of the default accessor. Another `name` offers no other function unless it is stated. */
  name?: string;
  open?: string;
  close?: string;
  /** What `deprecated-import` replaces, and what by: `src/old.ts#name`, both. */
  deprecated?: string;
  use?: string;
  /** What `wrapper-instance` replaces (`src/manager.ts#Manager`), and the instance that the same module exports. */
  class?: string;
  instance?: string;
  /**
   * Methods of that class that `call-site` replaces, each with the command that it only passes on: `get,put=set`. That
   * they do no more, on the accessor's own client, is what the person states: the class is not read.
   */
  methods?: string;
  /** The accessor's function that gives the object which sends commands, and the method of it; left out: those of the preset. */
  from?: string;
  execute?: string;
  /** `inline` or `adapter`; left out: the opening alone changes. */
  strategy?: Config['strategy'];
  /** Also make the changes that a person must review. */
  includeReview?: boolean;
  /** Gets a line for each opening of the pattern that stays: where, and why. */
  tell?: (message: string) => void;
}

/** Where an accessor lies when none is named. */
const DEFAULT_ACCESSOR = './src/lib/redis';
/** The preset whose accessor has an object that sends commands by their names, and where that lies. */
const SENDS_COMMANDS = { preset: 'connection-pool', accessor: './src/lib/redis-pool' };

/** The configuration for one text. Throws a `UserError` for options that are missing or do not fit together. */
export function configOf(file: string, pattern: Pattern, options: TextOptions): Config {
  const { name, open, close, strategy } = options;
  const { preset, accessor: usual } =
    pattern === 'call-site' ? SENDS_COMMANDS : { preset: undefined, accessor: DEFAULT_ACCESSOR };
  const { accessor = usual } = options;
  const isPath = /^\.{1,2}\//.test(accessor);
  const path = accessor.replace(/^\.\//, '');
  if (path.startsWith('../')) throw new UserError(`the accessor ${accessor} lies outside of the root`);
  const functions = {
    ...(name === undefined ? {} : { name }),
    ...(open === undefined ? {} : { open }),
    ...(close === undefined ? {} : { close }),
  };
  const own = withoutExtension(file) === withoutExtension(path);
  const javascript = { file: own ? file : path, ...functions, ...(isPath ? {} : { import: accessor }) };
  const { config, problems } = normalise(
    {
      ...(preset ? { preset } : {}),
      accessors: { javascript },
      deprecated: deprecatedOf(pattern, options),
      ...(strategy ? { strategy } : {}),
    },
    null,
  );
  const [problem] = problems;
  if (problem) throw new UserError(`${problem.path.join('.')} ${problem.message}`, problem.hint);
  return pattern === 'call-site' ? withCalls(config, options) : config;
}

/** The class whose calls `call-site` replaces, as the options state it; null for other patterns. */
export function statedBy(pattern: Pattern, options: TextOptions): StatedClass | null {
  if (pattern !== 'call-site') return null;
  const { class: name, instance = null, methods } = options;
  if (!name || !methods)
    throw new UserError('say what to replace: --class=src/cache.ts#Cache --instance=cache --methods=get,put=set');
  const { module, name: className } = named('class', name);
  return statedClass({ module, className, instance, methods });
}

/** Without its extension, a path is that of a file when both are the same module. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

/** What the accessor's contract says of the object that sends commands, as far as a person named it otherwise. */
function withCalls(config: Config, { from, execute }: TextOptions): Config {
  const accessors = config.accessors.map((accessor) => {
    const { calls } = accessor.contract;
    if (!calls) return accessor;
    const own = { ...calls, ...(from ? { from } : {}), ...(execute ? { execute } : {}) };
    return { ...accessor, contract: { ...accessor.contract, calls: own } };
  });
  return { ...config, accessors };
}

/** The one import that the pattern replaces; none for patterns of openings. */
function deprecatedOf(
  pattern: Pattern,
  { deprecated, use, class: name, instance }: TextOptions,
): ConfigInput['deprecated'] {
  if (pattern === 'deprecated-import') {
    if (!deprecated || !use)
      throw new UserError('say what to replace: --deprecated=src/old.ts#name --use=src/new.ts#name');
    return [{ import: named('deprecated', deprecated).whole, use: withoutWhole(named('use', use)) }];
  }
  if (pattern !== 'wrapper-instance') return [];
  if (!name || !instance) throw new UserError('say what to replace: --class=src/manager.ts#Manager --instance=manager');
  const { whole, module } = named('class', name);
  return [{ import: whole, use: { module, name: instance, drop: 'call' } }];
}

function withoutWhole({ module, name }: { module: string; name: string }) {
  return { module, name };
}

function named(option: string, whole: string): { whole: string; module: string; name: string } {
  const [module = '', name = '', ...more] = whole.split('#');
  if (module === '' || name === '' || more.length > 0) throw new UserError(`--${option}: write \`src/file.ts#name\``);
  return { whole, module, name };
}
