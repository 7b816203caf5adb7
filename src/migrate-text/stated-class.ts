/**
 * A class as a person states it. One file is all that is read, so what the class does cannot be proved: its module and that
 * of the accessor are put beside the file as short texts that say what the person says. From there on every question is
 * asked as for a whole program, so that what can be judged in the file is judged by the same rules.
 */

import { leadsTo } from '../assess/modules.js';
import { UserError } from '../errors.js';
import { languageFor } from '../languages/index.js';
import { isSourcePath } from '../languages/module-language.js';
import type { Config, Project, ProjectFile, Resolution, Wrapper } from '../model.js';

/** A module that stands in for the real one: its path from the root, and its text. */
interface StatedModule {
  file: string;
  text: string;
}

export interface StatedClass {
  /** Specifier or path by which files name the module. */
  module: string;
  home: StatedModule;
  wrapper: Wrapper;
  /** Names of its methods that only pass a command on, each behind the class: `Cache.get`. */
  methods: ReadonlySet<string>;
}

/** What a person says. `methods`: `get,put=set`; `instance` null: only `new` makes objects of the class. */
export interface Statement {
  module: string;
  className: string;
  instance: string | null;
  methods: string;
}

const NAME = /^[A-Za-z_$][\w$]*$/;
/** A file name of the language in which they are written. */
const EXAMPLE = 'a.js';
/** The specifier by which the class's module names the accessor. */
const ACCESSOR = 'accessor';
/** The name of the class where the module exports it as its default. */
const UNNAMED = 'Wrapper';

/** The module of a class whose methods only pass commands on. Throws a `UserError` for what is no name. */
export function statedClass({ module, className, instance, methods }: Statement): StatedClass {
  const name = className === 'default' ? UNNAMED : className;
  const path = module.replace(/^\.\//, '');
  const file = isSourcePath(path) ? path : `${module.replace(/[^\w/]/g, '_')}.ts`;
  const exported = [
    `${name} as ${valid(className)}`,
    ...(instance === null ? [] : [`$instance as ${valid(instance)}`]),
  ];
  const commands = commandsOf(methods);
  const text = `import { $give } from '${ACCESSOR}';
class ${name} {
  client = $give();
${commands.map(([method, command]) => `  ${method}(...args) { return this.client.${command}(...args); }`).join('\n')}
}
const $instance = new ${name}();
export { ${exported.join(', ')} };
`;
  return {
    module: path,
    home: { file, text },
    wrapper: { class: name, module: file, instance, callSites: true },
    methods: new Set(commands.map(([method]) => `${name}.${method}`)),
  };
}

/** The project with the modules of the class and of the accessor beside its file. */
export function withStated(project: Project, stated: StatedClass, config: Config): Project {
  const accessor = accessorModule(config);
  const files = project.files.map((file) => ({ ...file, resolutions: leading(file, stated) }));
  const toAccessor: Resolution = { kind: 'file', file: accessor.file };
  return {
    ...project,
    files: [
      ...files,
      parsed(stated.home, { [ACCESSOR]: toAccessor }),
      parsed(accessor, { ioredis: { kind: 'external', package: 'ioredis' } }),
    ],
  };
}

/** Line of a call that names the class's module and is no import of it: `vi.mock('./cache')`; null: there is none. */
export function replacedAt(file: ProjectFile, { module }: StatedClass): number | null {
  const { values, imports, lineStarts } = file.facts;
  const specifiers = new Set(imports.map(({ specifier }) => specifier));
  const calls = values.flatMap((value) => {
    const [first] = value.kind === 'call' ? value.args : [];
    const named = first && values[first.value];
    if (value.kind !== 'call' || named?.kind !== 'literal' || typeof named.value !== 'string') return [];
    return (specifiers.has(named.value) || named.value.startsWith('.')) && leadsTo(file, named.value, module)
      ? [value.span.start]
      : [];
  });
  const [start] = calls;
  return start === undefined ? null : lineStarts.filter((one) => one <= start).length;
}

/** Where the file's specifiers lead: those of the class's module to what stands in for it. */
function leading(file: ProjectFile, { module, home }: StatedClass): ProjectFile['resolutions'] {
  const lead = (specifier: string, to: Resolution): Resolution =>
    leadsTo(file, specifier, module) ? { kind: 'file', file: home.file } : to;
  return Object.fromEntries(Object.entries(file.resolutions).map(([name, to]) => [name, lead(name, to)]));
}

function parsed({ file, text }: StatedModule, resolutions: ProjectFile['resolutions']): ProjectFile {
  const facts = languageFor(EXAMPLE)?.facts(file, text);
  if (!facts || facts.problems.length > 0)
    throw new UserError(`what is stated of ${file} cannot be: ${facts?.problems[0]?.message}`);
  return { facts, resolutions, manifest: 0, zone: 'production' };
}

/** The accessor's module: a function that gives one client. */
function accessorModule({ accessors: [accessor] }: Config): StatedModule {
  const name = valid(accessor?.name ?? '');
  const text = `import Redis from 'ioredis';
const client = new Redis();
export function ${name}() { return client; }
export { ${name} as $give };
`;
  return { file: accessor?.file ?? '', text };
}

function commandsOf(methods: string): [method: string, command: string][] {
  return methods.split(',').map((one) => {
    const [method = '', command = method, ...more] = one.trim().split('=');
    if (more.length > 0) throw new UserError(`--methods: "${one}" is no method=command`);
    return [valid(method), valid(command)];
  });
}

function valid(name: string): string {
  if (!NAME.test(name)) throw new UserError(`"${name}" is no name`, 'Write --methods=get,put=set.');
  return name;
}
