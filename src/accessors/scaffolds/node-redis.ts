/** Source text of the default accessor for node-redis 4 to 6. */

import { NODE_REDIS } from '../node-redis.js';
import { quote } from './conditions.js';
import { importedSettings, settingsLines } from './imports.js';
import { type NodeRedisStyle as Style, styleOf } from './node-redis-style.js';
import { connectionWord, environment } from './parts.js';
import { checkDatabases, nodeRedisAddress } from './settings.js';
import type { ScaffoldInput } from './style.js';

/**
 * Text of the accessor's file. The same input gives the same bytes.
 * Throws a UserError for what `checkDatabases` refuses, TLS beside a URL, and node-redis before 4, which has another API.
 */
export function scaffoldNodeRedis(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const style = styleOf(input);
  const { databases } = input;
  const main = quote(databases[0]?.name ?? '');
  const parts = [
    [HEADER, style.importLine, ...settingsLines(input, style)].join('\n'),
    settings(input, style),
    state(input, style),
    getting(style, main),
    opening(style, main),
    ready(style),
    closing(style),
    overriding(style),
    making(input, style),
    environment(databases, addressesOf(input), { typed: style.typed, options: 'Address', nested: true }),
  ];
  if (style.exported === '') {
    parts.push('module.exports = { getRedis, openRedis, redisReady, closeRedis, overrideRedis };');
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function addressesOf(input: ScaffoldInput): string[] {
  const imported = importedSettings(input);
  return input.databases.map((database) => nodeRedisAddress(database, imported));
}

const HEADER = `/**
 * The one place of this service that opens Redis connections.
 *
 * getRedis   gives shared clients, one per database. Never close one: closeRedis() does.
 * openRedis  gives a new client per call, for work that needs a connection of its own. Its caller closes it.
 * redisReady waits until a client is connected, as connect() did. Commands wait for that by themselves.
 * closeRedis closes everything. Call it last when the process ends, and after tests.
 *
 * The clients connect by themselves: connect() throws on them. All options are node-redis' own defaults, so that moving a
 * connection here changes none of them, except name (service:database:role).
 */`;

function settings(input: ScaffoldInput, { typed, exported, client }: Style): string {
  const { databases } = input;
  const roles = NODE_REDIS.contract.roles.filter((role) => role !== 'command').map(quote);
  const addresses = addressesOf(input);
  const rows = databases.map(({ name }, index) => `  [${quote(name)}, () => (${addresses[index]})],`);
  const types = [
    `${exported}type Database = ${databases.map(({ name }) => quote(name)).join(' | ')};`,
    `${exported}type DedicatedRole = ${roles.join(' | ')};`,
    `${exported}type Client = ${client};`,
    '/** The types of clients differ in options and modules; what is asked for is what `createClient()` would give. */',
    'interface Connectable {\n  readonly isOpen: boolean;\n  connect(): Promise<unknown>;\n}',
    `interface Address {
  url?: string;
  socket?: { host: string; port: number; tls?: true };
  username?: string;
  password?: string;
  database?: number;
}`,
    '',
  ];
  return [
    ...(typed ? types : []),
    '/** How each database is reached. Read when a client is made, never at import. */',
    `const DATABASES = new Map${typed ? '<string, () => Address>' : ''}([`,
    ...rows,
    ']);',
    `const DEDICATED${typed ? ': readonly string[]' : ''} = [${roles.join(', ')}];`,
  ].join('\n');
}

function state({ service }: ScaffoldInput, { typed }: Style): string {
  const key = quote(`${connectionWord(service)}:redis-accessor`);
  const shape = `interface State {
  shared: Map<string, Client>;
  opened: Set<Client>;
  overrides: Map<string, Client>;
  connecting: WeakMap<object, Promise<unknown>>;
  closing: Promise<unknown>;
}`;
  const globals = typed ? '(globalThis as unknown as Record<symbol, State | undefined>)' : 'globalThis';
  return [
    ...(typed ? [shape] : []),
    '/** On globalThis, so that a module that is loaded again finds the clients it has. */',
    `const state${typed ? ': State' : ''} = (${globals}[Symbol.for(${key})] ??=`,
    '  { shared: new Map(), opened: new Set(), overrides: new Map(), connecting: new WeakMap(), closing: Promise.resolve() });',
  ].join('\n');
}

/** The generic type is inferred from what the client is given to, as that of `createClient()` is; it has no other use. */
const GIVES = '<C extends Connectable = Client>';

function getting({ typed, exported }: Style, main: string): string {
  const parameters = typed ? ': { database?: Database }' : '';
  const gives = typed ? 'client as object as C' : 'client';
  return `/** The shared client of a database. Throws when the database is unknown or its address is not set. */
${exported}function getRedis${typed ? GIVES : ''}({ database = ${main} }${parameters} = {})${typed ? ': C' : ''} {
  let client = state.overrides.get(database) ?? state.shared.get(database);
  if (!client?.isOpen && !state.overrides.has(database)) {
    client = create(database, 'command');
    client.setMaxListeners(0); // everybody who shares it may listen
    state.shared.set(database, client);
  }
  return ${gives};
}`;
}

function opening({ typed, exported }: Style, main: string): string {
  const parameters = typed ? ': { database?: Database; role: DedicatedRole }' : '';
  const gives = typed ? 'client as object as C' : 'client';
  return `/** A new client that nobody else uses. Whoever opens it closes it; closeRedis() is the last resort. */
${exported}function openRedis${typed ? GIVES : ''}({ database = ${main}, role }${parameters})${typed ? ': C' : ''} {
  if (!DEDICATED.includes(role)) throw new Error(\`role "\${role}" is shared: use getRedis\`);
  const override = state.overrides.get(database);
  const client = override ? started(override.duplicate(), \`\${database}:\${role}\`) : create(database, role);
  state.opened.add(client);
  client.once('end', () => state.opened.delete(client));
  return ${gives};
}`;
}

function ready({ typed, exported }: Style): string {
  const generic = typed ? '<C extends Connectable>(client: C): Promise<C>' : '(client)';
  const parameter = typed ? '(client: Connectable): void' : '(client)';
  return `/** The client when it is connected; rejects when it gives up. One that its owner closed is connected again. */
${exported}async function redisReady${generic} {
  const given = [...state.overrides.values()].some((override) => Object.is(override, client));
  if (!client.isOpen && !given) connect(client);
  await state.connecting.get(client);
  return client;
}

function connect${parameter} {
  const connecting = client.connect();
  connecting.catch(() => undefined); // its listener has told it, and redisReady() tells those who wait
  state.connecting.set(client, connecting);
}`;
}

function closing({ typed, exported, end }: Style): string {
  const parameter = typed ? ': { deadlineMs?: number }' : '';
  const finish = typed ? '(client: Client, deadlineMs: number): Promise<void>' : '(client, deadlineMs)';
  return `/** Closes all clients: dedicated ones at once, shared ones after their pending commands or at the deadline. */
${exported}async function closeRedis({ deadlineMs = 5_000 }${parameter} = {})${typed ? ': Promise<void>' : ''} {
  const shared = [...state.shared.values()];
  state.shared.clear(); // who asks from now on gets a fresh client
  for (const client of state.opened) end(client);
  state.opened.clear();
  state.closing = Promise.all([state.closing, ...shared.map((client) => finish(client, deadlineMs))]);
  await state.closing;
}

async function finish${finish} {
  let timer${typed ? ': NodeJS.Timeout | undefined' : ''};
  const late = new Promise${typed ? '<void>' : ''}((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  // Replies come in the order of the commands: behind this one none is pending.
  await Promise.race([client.ping().catch(() => undefined), late]);
  clearTimeout(timer);
  end(client);
}

function end(client${typed ? ': Client): void' : ')'} {
  if (client.isOpen) ${end};
}`;
}

function overriding({ typed, exported }: Style): string {
  const parameters = typed ? 'database: Database, client: Client | null): void' : 'database, client)';
  return `/** For tests: this client instead of a connection (openRedis gives duplicates of it); null ends it. Never closed here. */
${exported}function overrideRedis(${parameters} {
  known(database);
  if (client) state.overrides.set(database, client);
  else state.overrides.delete(database);
}`;
}

function making({ service }: ScaffoldInput, { typed }: Style): string {
  const text = typed ? ': string' : '';
  const client = typed ? ': Client' : '';
  return `function create(database${text}, role${text})${client} {
  const name = \`${connectionWord(service)}:\${database}:\${role}\`;
  return started(make(known(database)(), name), name);
}

function make(address${typed ? ': Address' : ''}, name${text})${client} {
  return createClient({ ...address, name });
}

/** A client without a listener would end the process when its connection is lost. */
function started(client${client}, name${text})${client} {
  let quietUntil = 0;
  client.on('error', (error${typed ? ': Error' : ''}) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 30_000; // a server that is away fails at every attempt: one line in 30 s is enough
    console.error(\`redis \${name}: \${error.message}\`);
  });
  connect(client);
  return client;
}

function known(database${text}) {
  const address = DATABASES.get(database);
  if (address) return address;
  throw new Error(\`unknown Redis database "\${database}"; known: \${[...DATABASES.keys()].join(', ')}\`);
}`;
}
