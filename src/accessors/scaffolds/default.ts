/** Source text of the default accessor for ioredis. */

import { DEFAULT_PRESET } from '../default.js';
import { quote } from './conditions.js';
import { importedSettings, settingsLines } from './imports.js';
import { connectionWord, environment } from './parts.js';
import { addressOf, checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/**
 * Text of the accessor's file. The same input gives the same bytes.
 * Throws a UserError when the databases cannot be written down: none, an invalid or repeated name, a term that is no
 * environment variable, literal or default, or a credential that is written in the code.
 */
export function scaffoldDefault(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const style = styleOf(input);
  const main = quote(input.databases[0]?.name ?? '');
  const parts = [
    [header(), style.importLine, ...settingsLines(input, style)].join('\n'),
    settings(input, style),
    policy(style),
    state(input, style),
    getting(style, main),
    opening(style, main),
    closing(style),
    overriding(style),
    making(input, style),
    environment(
      input.databases,
      input.databases.map((database) => addressOf(database, importedSettings(input))),
      { typed: style.typed, options: 'Options' },
    ),
  ];
  if (style.exported === '') parts.push('module.exports = { getRedis, openRedis, closeRedis, overrideRedis };');
  return `${parts.join('\n\n')}\n`;
}

function header(): string {
  return `/**
 * The one place of this service that opens Redis connections.
 *
 * getRedis   gives shared clients, one per database and role. Never close one: closeRedis() does.
 * openRedis  gives a new client per call, for work that needs a connection of its own. Its caller closes it.
 * closeRedis closes everything. Call it last when the process ends, and after tests.
 *
 * All options are ioredis' own defaults, so that moving a connection here changes none of them, except connectTimeout,
 * connectionName (service:database:role) and what SHARED and DEDICATED say.
 */`;
}

function settings(input: ScaffoldInput, style: Style): string {
  const { databases } = input;
  const imported = importedSettings(input);
  const { typed } = style;
  const names = databases.map(({ name }) => quote(name)).join(' | ');
  const value = `() => { url: string | null; options: Options }`;
  const rows = databases.map((database) => `  [${quote(database.name)}, () => (${addressOf(database, imported)})],`);
  const lines = [
    ...(typed ? [`${style.exported}type Database = ${names};`] : []),
    ...(typed ? [`${style.exported}type SharedRole = 'command' | 'queue';`] : []),
    ...(typed ? [`${style.exported}type DedicatedRole = ${dedicatedRoles().map(quote).join(' | ')};`] : []),
    ...(typed ? [`type Options = ${style.options};`, ''] : []),
    '/** How each database is reached. Read when a client is made, never at import. */',
    `const DATABASES = new Map${typed ? `<string, ${value}>` : ''}([`,
    ...rows,
    ']);',
  ];
  return lines.join('\n');
}

const SHARED_ROLES: readonly string[] = ['command', 'queue'];

function dedicatedRoles(): string[] {
  return DEFAULT_PRESET.contract.roles.filter((role) => !SHARED_ROLES.includes(role));
}

function policy(style: Style): string {
  const fixed = DEFAULT_PRESET.contract.fixed;
  const row = (roles: readonly string[]) => {
    const entries = roles.map((role) => {
      const options = Object.entries(fixed[role] ?? {}).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
      return `${role}: ${options.length === 0 ? '{}' : `{ ${options.join(', ')} }`}`;
    });
    return `{ ${entries.join(', ')} }`;
  };
  const record = (role: string) => (style.typed ? `: Record<${role}, Options>` : '');
  return [
    '/** What a role needs beyond the defaults. maxRetriesPerRequest null: wait for the server, however long it takes. */',
    `const SHARED${record('SharedRole')} = ${row(SHARED_ROLES)};`,
    `const DEDICATED${record('DedicatedRole')} = {`,
    ...dedicatedRoles().map((role) => `  ${row([role]).slice(2, -2)},`),
    '};',
  ].join('\n');
}

function state({ service }: ScaffoldInput, { typed, client }: Style): string {
  const key = quote(`${connectionWord(service)}:redis-accessor`);
  const shape = `{ shared: Map<string, ${client}>; opened: Set<${client}>; overrides: Map<string, ${client}>; closing: Promise<unknown> }`;
  const globals = typed ? '(globalThis as unknown as Record<symbol, State | undefined>)' : 'globalThis';
  return [
    ...(typed ? [`type State = ${shape};`] : []),
    '/** On globalThis, so that a module that is loaded again finds the clients it has. */',
    `const state${typed ? ': State' : ''} = (${globals}[Symbol.for(${key})] ??=`,
    '  { shared: new Map(), opened: new Set(), overrides: new Map(), closing: Promise.resolve() });',
  ].join('\n');
}

function getting({ typed, exported, client }: Style, main: string): string {
  const parameters = typed ? ': { database?: Database; role?: SharedRole }' : '';
  return `/** The shared client of a database. Throws when the database is unknown or its address is not set. */
${exported}function getRedis({ database = ${main}, role = 'command' }${parameters} = {})${typed ? `: ${client}` : ''} {
  if (!(role in SHARED)) throw new Error(\`role "\${role}" is not shared: use openRedis\`);
  const key = \`\${database}:\${role}\`;
  const existing = state.overrides.get(database) ?? state.shared.get(key);
  if (existing) return existing;
  const client = create(database, role, SHARED[role]);
  client.setMaxListeners(0); // everybody who shares it may listen
  client.once('end', () => {
    if (state.shared.get(key) === client) state.shared.delete(key);
  });
  state.shared.set(key, client);
  return client;
}`;
}

function opening({ typed, exported, client }: Style, main: string): string {
  const parameters = typed ? ': { database?: Database; role: DedicatedRole }' : '';
  return `/** A new client that nobody else uses. Whoever opens it closes it; closeRedis() is the last resort. */
${exported}function openRedis({ database = ${main}, role }${parameters})${typed ? `: ${client}` : ''} {
  if (!(role in DEDICATED)) throw new Error(\`role "\${role}" is shared: use getRedis\`);
  const client = state.overrides.get(database)?.duplicate() ?? create(database, role, DEDICATED[role]);
  state.opened.add(client);
  client.once('end', () => state.opened.delete(client));
  return client;
}`;
}

function closing({ typed, exported, client }: Style): string {
  const parameter = typed ? ': { deadlineMs?: number }' : '';
  const quitParameters = typed ? `client: ${client}, deadlineMs: number): Promise<void>` : 'client, deadlineMs)';
  return `/** Closes all clients: dedicated ones at once, shared ones after their pending commands or at the deadline. */
${exported}async function closeRedis({ deadlineMs = 5_000 }${parameter} = {})${typed ? ': Promise<void>' : ''} {
  const shared = [...state.shared.values()];
  state.shared.clear(); // who asks from now on gets a fresh client
  for (const client of state.opened) client.disconnect();
  state.opened.clear();
  state.closing = Promise.all([state.closing, ...shared.map((client) => quit(client, deadlineMs))]);
  await state.closing;
}

async function quit(${quitParameters} {
  let timer${typed ? ': NodeJS.Timeout | undefined' : ''};
  const late = new Promise${typed ? '<void>' : ''}((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  const ended = new Promise${typed ? '<void>' : ''}((resolve) => client.once('end', () => resolve()));
  const asked = client.quit().then(() => (client.status === 'ready' ? ended : undefined), () => undefined);
  await Promise.race([asked, late]);
  clearTimeout(timer);
  client.disconnect();
}`;
}

function overriding({ typed, exported, client }: Style): string {
  const parameters = typed ? `database: Database, client: ${client} | null): void` : 'database, client)';
  return `/** For tests: this client instead of a connection (openRedis gives duplicates of it); null ends it. Never closed here. */
${exported}function overrideRedis(${parameters} {
  known(database);
  if (client) state.overrides.set(database, client);
  else state.overrides.delete(database);
}`;
}

function making({ service }: ScaffoldInput, { typed, client }: Style): string {
  const create = typed ? `database: string, role: string, policy: Options): ${client}` : 'database, role, policy)';
  return `function create(${create} {
  const { url, options } = known(database)();
  const name = \`${connectionWord(service)}:\${database}:\${role}\`;
  const all${typed ? ': Options' : ''} = { ...options, connectTimeout: ${connectTimeout()}, connectionName: name, ...policy };
  const client = url === null ? new Redis(all) : new Redis(url, all);
  let quietUntil = 0;
  client.on('error', (error${typed ? ': Error' : ''}) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 30_000; // a server that is away fails at every attempt: one line in 30 s is enough
    console.error(\`redis \${name}: \${error.message}\`);
  });
  return client;
}

function known(database${typed ? ': string' : ''}) {
  const address = DATABASES.get(database);
  if (address) return address;
  throw new Error(\`unknown Redis database "\${database}"; known: \${[...DATABASES.keys()].join(', ')}\`);
}`;
}

function connectTimeout(): string {
  return String(DEFAULT_PRESET.contract.fixed['*']?.connectTimeout).replace(/\B(?=(\d{3})+$)/g, '_');
}
