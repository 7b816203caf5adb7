/** What a person may write into the configuration. The JSON Schema that editors use is generated from here. */

import { z } from 'zod';
import { TOPOLOGIES } from '../model/config.js';
import { ZONES } from '../model/project.js';
import { PURPOSES, ROLES } from '../model/site.js';

const text = z.string().min(1);
/** Relative to the config's folder and inside it, so that a config means the same on every machine. */
const path = text
  .regex(
    /^(?!\/|[A-Za-z]:|\\)(?!(?:.*\/)?\.\.(?:\/|$))[^\\]+$/,
    'a relative path with "/" that does not leave the folder of the config',
  )
  .describe('Path from the folder of the config, with "/".');
const glob = text.describe('Glob from the folder of the config.');
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const term = text
  .regex(
    /^(?:(?:literal|env|config):.+|if\(.+|(?:cluster|sentinel)\(.+\).*|default)$/,
    '"literal:<value>", "env:<NAME>", "config:<path>", "cluster(<nodes>)", "sentinel(<name>@<nodes>)", "if(<condition>)?<term>:<term>" or "default"',
  )
  .describe('Identity term.');
const date = z.iso.date({ error: 'a date like "2027-01-31"' });

const calls = z
  .strictObject({
    from: text.describe('Function of the file, without parameters, that gives the object.'),
    execute: text.describe('Method of the object that takes the name of a command and its arguments.'),
    differs: text
      .nullable()
      .optional()
      .describe("What it does that a client's own method does not. Without it nothing: calls are equal."),
    pipeline: text
      .nullable()
      .optional()
      .describe(
        'Method of the object for several commands in one round trip. Python: gives a client in a `with`. JavaScript: takes a function that fills a pipeline.',
      ),
  })
  .describe('An object of the accessor that sends commands by their names: get_redis_pool().execute("get", key).');

const cache = z
  .strictObject({
    from: text.describe('Function of the file that gives the object of a database, by the same parameter.'),
    get: text.describe('Method that takes a key and gives its value.'),
    set: text.describe('Method that takes a key, a value and a time to live in seconds.'),
    parameters: z
      .strictObject({ value: text, ttl: text })
      .nullable()
      .optional()
      .describe('Python: names of two parameters of `set`. Without it all are positions.'),
    differs: text.nullable().optional().describe("What a value is that a client's own is not. Without it nothing."),
  })
  .describe('An object of the accessor that reads and writes cached values: see `caches`.');

const contract = z
  .strictObject({
    mode: z.enum(['sync', 'async', 'coroutine']).optional().describe('What the call gives, and whether it is awaited.'),
    roles: z.array(z.enum(ROLES)).optional().describe('Roles that the accessor offers.'),
    parameters: z
      .strictObject({ database: text.optional(), role: text.optional(), decode: text.nullable().optional() })
      .optional()
      .describe('Names of the parameters, by meaning.'),
    fixed: z
      .partialRecord(z.enum([...ROLES, '*']), z.record(text, scalar))
      .optional()
      .describe(
        'Options that every client of the accessor has, by role; "*" for all roles. A function of a module is "function:src/lib/redis.ts#name".',
      ),
    mayReturnNone: z.boolean().optional().describe('The accessor may return None, null or undefined.'),
    ready: text.nullable().optional().describe('What replaces an awaited connect().'),
    notBefore: text.nullable().optional().describe('Function that must have run first, or "import".'),
    identity: z.record(text, term).optional().describe('Identity terms of its default server.'),
    loops: z
      .enum(['one', 'any'])
      .optional()
      .describe(
        'Python, asyncio: "any" when its shared clients work in every event loop. Without it: "any" if its file keeps something by the running loop, else "one".',
      ),
    calls: calls.nullable().optional(),
    cache: cache.nullable().optional(),
    topologies: z
      .array(z.enum(TOPOLOGIES))
      .min(1)
      .optional()
      .describe(
        'What its clients can talk to: single servers (without it these alone), a cluster, servers behind Sentinel.',
      ),
  })
  .describe('What the accessor promises; each key overrides the preset.');

const asyncFunctions = z
  .strictObject({
    name: text.describe('Function that gives a shared asyncio client.'),
    open: text.nullable().optional().describe('Function that gives a new asyncio client per call.'),
    close: text.nullable().optional().describe('Coroutine that closes them.'),
    mode: z
      .enum(['async', 'coroutine'])
      .optional()
      .describe('"coroutine" when the call is awaited. "async" without it.'),
    arguments: z
      .record(text, z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Arguments of every call, where one function gives both kinds.'),
  })
  .describe('Python: functions of the same file that give asyncio clients.');

const accessor = z.strictObject({
  file: path.describe('File that defines it: the only one that is allowed to open a connection.'),
  module: text.nullable().optional().describe('Dotted module (Python).'),
  name: text.optional().describe('Function that gives a shared client.'),
  open: text.nullable().optional().describe('Function that gives a new client per call.'),
  close: text.nullable().optional().describe('Function that closes everything.'),
  library: text.optional().describe('Redis library of its clients.'),
  import: text.nullable().optional().describe('Import specifier to write; without it the specifier is relative.'),
  scope: glob.optional().describe('Files that it serves. Every file without it.'),
  contract: contract.optional(),
  async: asyncFunctions.optional(),
});
const accessors = z.union([accessor, z.array(accessor).min(1)]);

const number = z.int().min(0);
const database = z.union([
  number,
  z.strictObject({
    number,
    identity: z.array(term).min(1).optional().describe('Server, when it is not the default.'),
    prefix: text.optional().describe('Prefix that its clients put before every key.'),
  }),
]);
const databaseName = text.regex(/^[A-Za-z0-9_][\w.:-]*$/, 'letters, digits, "_", "-", "." or ":"');

const MODULE =
  'Python: dotted module. JavaScript: file with its extension, from the folder of the config; else a specifier as it is written.';
const wrapper = z.strictObject({
  class: text,
  module: text.describe(MODULE),
  instance: text
    .optional()
    .describe('Exported by the module: the one instance, or a function that gives it. Without it instances stay.'),
  callSites: z
    .boolean()
    .optional()
    .describe(
      'Calls of its methods that only pass a command on go through the accessor: cache.get(k) becomes get_redis_pool().execute("get", k), which needs `contract.calls`. Those that only ask the accessor for a database do so themselves.',
    ),
  pipelines: z
    .boolean()
    .optional()
    .describe(
      'With `callSites`: writes that follow each other and whose answers nobody takes are sent as one pipeline, for a person to review. Needs `contract.calls.pipeline`.',
    ),
});
const deprecated = z.strictObject({
  import: text
    .regex(/^[^#]+#[\w$]+$|^[^#/]+\.\w+$/, '"module.name" (Python) or "module#name" (JavaScript)')
    .describe('Name to replace: "old.module.Name" in Python, "src/old.ts#name" in JavaScript.'),
  use: z.strictObject({
    module: text.describe(MODULE),
    name: text.describe('What is imported instead; the importing file goes on calling it by the old name.'),
    drop: z
      .enum(['call'])
      .optional()
      .describe('The name is the instance that a call of the old one gave, or a function that gives it.'),
  }),
});
const exempt = z.strictObject({ files: z.array(glob).min(1), reason: text, until: date.optional() });
const batches = z.strictObject({
  maxFiles: z.int().min(1).optional().describe('Most files of one batch. 5 without it.'),
  order: z.array(z.enum(PURPOSES)).optional().describe('Purposes from the first batch to the last; the rest follows.'),
  zones: z
    .array(z.enum(ZONES))
    .optional()
    .describe(
      'Zones whose batches come first, before purposes count: ["test"] migrates tests first. The rest follows.',
    ),
});

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    preset: text.optional().describe('Accessor profile. "default" without it.'),
    include: z.array(glob).optional(),
    exclude: z.array(glob).optional(),
    accessors: z.strictObject({ javascript: accessors.optional(), python: accessors.optional() }).optional(),
    databases: z.record(databaseName, database).optional().describe('Named databases: a number, or number and server.'),
    onNone: z.enum(['keep', 'raise', 'return']).optional(),
    strategy: z
      .enum(['initialiser', 'adapter', 'inline'])
      .optional()
      .describe('initialiser: the opening changes. adapter: own wrappers ask inside. inline: singletons go.'),
    wrappers: z.array(wrapper).optional().describe("The project's own wrapper classes."),
    caches: z
      .array(glob)
      .optional()
      .describe(
        'Files whose clients only read and write cached values: get and setex go through `contract.cache` of the accessor.',
      ),
    deprecated: z.array(deprecated).optional().describe('Imports to replace.'),
    exempt: z.array(exempt).optional().describe('Files that stay as they are.'),
    batches: batches.optional(),
  })
  .meta({ title: 'Configuration of redis-migrate' });

export type ConfigInput = z.input<typeof configSchema>;
export type AccessorInput = z.input<typeof accessor>;

/** The JSON Schema (draft 2020-12) of the file: shipped as `schema/config.schema.json`, and asked for what is allowed where. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
