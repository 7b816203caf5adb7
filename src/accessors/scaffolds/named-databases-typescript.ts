/** Source text of the accessor of the preset `named-databases` for ioredis. */

import { quote } from './conditions.js';
import { importedSettings, settingsLines } from './imports.js';
import { connectionWord, environment } from './parts.js';
import { addressOf, checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/** Text of the accessor's file; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldNamedDatabasesTypescript(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const style = styleOf(input);
  const imported = importedSettings(input);
  const addresses = input.databases.map((database) => addressOf(database, imported));
  const parts = [
    [HEADER, style.importLine, ...settingsLines(input, style)].join('\n'),
    table(input, addresses, style),
    asking(quote(input.databases[0]?.name ?? ''), style),
    making(connectionWord(input.service), style),
    closing(style),
    environment(input.databases, addresses, { typed: style.typed, options: 'Options' }),
    ...(style.exported === '' ? ['module.exports = { getRedisClient, closeRedisClients };'] : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const HEADER = `/**
 * The one place of this service that opens Redis connections.
 *
 * getRedisClient    gives the shared client of a database by its name. Never close one: closeRedisClients() does.
 * closeRedisClients closes everything. Call it last when the process ends, and after tests.
 */`;

function table(
  { databases }: ScaffoldInput,
  addresses: readonly string[],
  { typed, exported, options }: Style,
): string {
  const names = databases.map(({ name }) => quote(name));
  const value = '() => { url: string | null; options: Options }';
  return [
    ...(typed ? [`${exported}type Database = ${names.join(' | ')};`, `type Options = ${options};`, ''] : []),
    '/** How each database is reached. Read when a client is made, never at import. */',
    `const DATABASES = new Map${typed ? `<string, ${value}>` : ''}([`,
    ...names.map((name, index) => `  [${name}, () => (${addresses[index]})],`),
    ']);',
  ].join('\n');
}

function asking(main: string, { typed, exported, client }: Style): string {
  return `const clients = new Map${typed ? `<string, ${client}>` : ''}();

/** The shared client of a database. Throws when the database is unknown or its address is not set. */
${exported}function getRedisClient({ database = ${main} }${typed ? ': { database?: Database }' : ''} = {})${typed ? `: ${client}` : ''} {
  const existing = clients.get(database);
  if (existing) return existing;
  const client = create(database);
  client.setMaxListeners(0); // everybody who shares it may listen
  client.once('end', () => {
    if (clients.get(database) === client) clients.delete(database);
  });
  clients.set(database, client);
  return client;
}`;
}

function making(service: string, { typed, client }: Style): string {
  return `function create(database${typed ? ': string' : ''})${typed ? `: ${client}` : ''} {
  const address = DATABASES.get(database);
  if (!address) throw new Error(\`unknown Redis database "\${database}"; known: \${[...DATABASES.keys()].join(', ')}\`);
  const { url, options } = address();
  const name = \`${service}:\${database}\`;
  const all${typed ? ': Options' : ''} = { ...options, connectTimeout: 5_000, connectionName: name };
  const client = url === null ? new Redis(all) : new Redis(url, all);
  let quietUntil = 0;
  client.on('error', (error${typed ? ': Error' : ''}) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 30_000; // a server that is away fails at every attempt: one line in 30 s is enough
    console.error(\`redis \${name}: \${error.message}\`);
  });
  return client;
}`;
}

function closing({ typed, exported }: Style): string {
  return `/** Closes all clients after their pending commands. Who asks from now on gets a fresh client. */
${exported}async function closeRedisClients()${typed ? ': Promise<void>' : ''} {
  const all = [...clients.values()];
  clients.clear();
  // One that never connected has nothing to say goodbye to.
  await Promise.all(all.map((client) => client.quit().catch(() => client.disconnect())));
}`;
}
