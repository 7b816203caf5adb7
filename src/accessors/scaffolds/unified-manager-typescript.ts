/** Source text of the accessor `unified-manager` for ioredis. */

import { quote } from './conditions.js';
import { importedSettings, settingsLines } from './imports.js';
import { connectionWord, environment } from './parts.js';
import { addressOf, checkDatabases } from './settings.js';
import { type ScaffoldInput, type Style, styleOf } from './style.js';

/** Text of the accessor's file: each database is a mode. The same input gives the same bytes; throws as `scaffoldDefault` does. */
export function scaffoldUnifiedManagerTypescript(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const style = styleOf(input);
  const imported = importedSettings(input);
  const addresses = input.databases.map((database) => addressOf(database, imported));
  const parts = [
    [HEADER, style.importLine, ...settingsLines(input, style)].join('\n'),
    modes(input, addresses, style),
    manager(connectionWord(input.service), style),
    functions(quote(input.databases[0]?.name ?? ''), style),
    environment(input.databases, addresses, { typed: style.typed, options: 'Options' }),
    ...(style.exported === ''
      ? ['module.exports = { UnifiedManager, getUnifiedManager, getRedis, closeManagers };']
      : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const HEADER = `/**
 * The one place of this service that opens Redis connections: a manager for each mode of operation.
 *
 * getUnifiedManager gives the manager of a mode: initialize(), getCached(), setCached(), healthCheck().
 * getRedis          resolves to the client of a mode once its server has answered. Never close one.
 * closeManagers     closes everything. Call it last when the process ends, and after tests.
 */`;

function modes(
  { databases }: ScaffoldInput,
  addresses: readonly string[],
  { typed, exported, options }: Style,
): string {
  const names = databases.map(({ name }) => quote(name));
  const value = '() => { url: string | null; options: Options }';
  const context = `/** Who asks for cached values: each agent has keys of its own. */
${exported}interface SecurityContext {
  agent: string;
  authenticated: boolean;
}
`;
  return [
    ...(typed ? [`${exported}type Mode = ${names.join(' | ')};`, `type Options = ${options};`, '', context] : []),
    '/** How each mode is reached. Read when its client is made, never at import. */',
    `const MODES = new Map${typed ? `<string, ${value}>` : ''}([`,
    ...names.map((name, index) => `  [${name}, () => (${addresses[index]})],`),
    ']);',
  ].join('\n');
}

function manager(service: string, { typed, exported, client }: Style): string {
  const t = (text: string) => (typed ? text : '');
  return `/** The client of a mode, and values of it that are kept in the process for a few seconds. */
${exported}class UnifiedManager {
  ${t('readonly ')}mode${t(': string')};
  #master${t(`: ${client} | null`)} = null;
  ${t('readonly ')}#kept = new Map${t('<string, { value: string; until: number }>')}();

  constructor(mode${t(': string')}) {
    this.mode = mode;
  }

  /** Makes the client, and waits until its server answers. A second call gives the same one. */
  async initialize()${t(`: Promise<${client}>`)} {
    if (this.#master) return this.#master;
    const client = this.#create();
    try {
      await client.ping();
    } catch (error) {
      client.disconnect();
      throw error;
    }
    if (this.#master) client.disconnect(); // another caller was faster
    else this.#master = client;
    return this.#master;
  }

  /** A value or null. What another process has changed meanwhile is seen after five seconds. */
  async getCached(key${t(': string')}, context${t('?: SecurityContext')})${t(': Promise<string | null>')} {
    const own = keyFor(key, context);
    const kept = this.#kept.get(own);
    if (kept && performance.now() < kept.until) return kept.value;
    const value = await (await this.initialize()).get(own);
    this.#keep(own, value, 5);
    return value;
  }

  async setCached(key${t(': string')}, value${t(': string')}, ttlSeconds${t('?: number')}, context${t('?: SecurityContext')})${t(': Promise<void>')} {
    const own = keyFor(key, context);
    const client = await this.initialize();
    if (ttlSeconds === undefined) await client.set(own, value);
    else await client.set(own, value, 'EX', ttlSeconds);
    this.#keep(own, value, Math.min(5, ttlSeconds ?? 5));
  }

  async healthCheck()${t(': Promise<{ mode: string; healthy: boolean; error?: string }>')} {
    try {
      await (await this.initialize()).ping();
      return { mode: this.mode, healthy: true };
    } catch (error) {
      return { mode: this.mode, healthy: false, error: error instanceof Error ? error.message : String(error) };
    }
  }

  async close()${t(': Promise<void>')} {
    const client = this.#master;
    this.#master = null;
    this.#kept.clear();
    await client?.quit().catch(() => client.disconnect());
  }

  #keep(key${t(': string')}, value${t(': string | null')}, seconds${t(': number')})${t(': void')} {
    this.#kept.delete(key);
    if (value === null) return;
    for (const [oldest] of this.#kept) {
      if (this.#kept.size < 1_000) break;
      this.#kept.delete(oldest);
    }
    this.#kept.set(key, { value, until: performance.now() + seconds * 1_000 });
  }

  #create()${t(`: ${client}`)} {
    const address = MODES.get(this.mode);
    if (!address) throw new Error(\`unknown mode "\${this.mode}"; known: \${[...MODES.keys()].join(', ')}\`);
    const { url, options } = address();
    const name = \`${service}:\${this.mode}\`;
    const all${t(': Options')} = { ...options, connectTimeout: 5_000, connectionName: name };
    const client = url === null ? new Redis(all) : new Redis(url, all);
    client.setMaxListeners(0); // everybody who shares it may listen
    let quietUntil = 0;
    client.on('error', (error${t(': Error')}) => {
      if (Date.now() < quietUntil) return;
      quietUntil = Date.now() + 30_000; // a server that is away fails at every attempt: one line in 30 s is enough
      console.error(\`redis \${name}: \${error.message}\`);
    });
    return client;
  }
}`;
}

function functions(main: string, { typed, exported, client }: Style): string {
  const t = (text: string) => (typed ? text : '');
  return `const managers = new Map${t('<string, UnifiedManager>')}();

/** The one manager of a mode. Nothing is opened before initialize(). */
${exported}function getUnifiedManager({ mode = ${main} }${t(': { mode?: Mode }')} = {})${t(': UnifiedManager')} {
  const manager = managers.get(mode) ?? new UnifiedManager(mode);
  managers.set(mode, manager);
  return manager;
}

/** The client of a mode, with ioredis' own behaviour. */
${exported}async function getRedis({ mode = ${main} }${t(': { mode?: Mode }')} = {})${t(`: Promise<${client}>`)} {
  return getUnifiedManager({ mode }).initialize();
}

/** Closes all clients after their pending commands. Who asks from now on gets a fresh one. */
${exported}async function closeManagers()${t(': Promise<void>')} {
  await Promise.all([...managers.values()].map((manager) => manager.close()));
}

function keyFor(key${t(': string')}, context${t('?: SecurityContext')})${t(': string')} {
  if (!context) return key;
  if (!context.authenticated) throw new Error(\`\${context.agent} is not authenticated\`);
  return \`\${context.agent}:\${key}\`;
}`;
}
