/** Accessor profiles by name. A new one is a data file and a line here. */

import { CENTRAL_CLIENT, CENTRAL_CLIENT_IOREDIS } from './central-client.js';
import { CONNECTION_POOL, CONNECTION_POOL_IOREDIS } from './connection-pool.js';
import { DEFAULT_PRESET } from './default.js';
import { NAMED_DATABASES, NAMED_DATABASES_IOREDIS } from './named-databases.js';
import { NODE_REDIS } from './node-redis.js';
import type { Preset } from './preset.js';
import { REDIS_PY } from './redis-py.js';
import { scaffoldCentralClientPython } from './scaffolds/central-client-python.js';
import { scaffoldCentralClientTypescript } from './scaffolds/central-client-typescript.js';
import { scaffoldConnectionPoolPython } from './scaffolds/connection-pool-python.js';
import { scaffoldConnectionPoolTypescript } from './scaffolds/connection-pool-typescript.js';
import { scaffoldDefault } from './scaffolds/default.js';
import { scaffoldNamedDatabasesPython } from './scaffolds/named-databases-python.js';
import { scaffoldNamedDatabasesTypescript } from './scaffolds/named-databases-typescript.js';
import { scaffoldNodeRedis } from './scaffolds/node-redis.js';
import { scaffoldPython } from './scaffolds/python.js';
import { scaffoldSingletonPython } from './scaffolds/singleton-manager-python.js';
import { scaffoldSingletonTypescript } from './scaffolds/singleton-manager-typescript.js';
import { scaffoldUnifiedManagerPython } from './scaffolds/unified-manager-python.js';
import { scaffoldUnifiedManagerTypescript } from './scaffolds/unified-manager-typescript.js';
import { SINGLETON_MANAGER, SINGLETON_MANAGER_IOREDIS } from './singleton-manager.js';
import { UNIFIED_MANAGER, UNIFIED_MANAGER_IOREDIS } from './unified-manager.js';

export { baseName } from './base-name.js';
export type { CallTemplate, Preset } from './preset.js';
export {
  type IdentityGroup,
  type Proposal,
  type ProposedDatabase,
  proposeDatabases,
  type RefusedGroup,
  type SettingsOf,
} from './propose.js';
export { holdersIn } from './scaffolds/conditions.js';
export { besideServer, type ScaffoldDatabase, serverTerms, type Term } from './scaffolds/database.js';
export { scaffoldDefault } from './scaffolds/default.js';
export { scaffoldNodeRedis } from './scaffolds/node-redis.js';
export { scaffoldPython } from './scaffolds/python.js';
export type { ScaffoldInput, SettingsImport } from './scaffolds/style.js';

export const PRESETS: Record<string, Preset> = {
  [DEFAULT_PRESET.name]: {
    ...DEFAULT_PRESET,
    scaffold: scaffoldDefault,
    others: [
      { ...NODE_REDIS, scaffold: scaffoldNodeRedis },
      { ...REDIS_PY, scaffold: scaffoldPython },
    ],
  },
  [CENTRAL_CLIENT.name]: {
    ...CENTRAL_CLIENT,
    scaffold: scaffoldCentralClientPython,
    others: [{ ...CENTRAL_CLIENT_IOREDIS, scaffold: scaffoldCentralClientTypescript }],
  },
  [CONNECTION_POOL.name]: {
    ...CONNECTION_POOL,
    scaffold: scaffoldConnectionPoolPython,
    others: [{ ...CONNECTION_POOL_IOREDIS, scaffold: scaffoldConnectionPoolTypescript }],
  },
  [NAMED_DATABASES.name]: {
    ...NAMED_DATABASES,
    scaffold: scaffoldNamedDatabasesPython,
    others: [{ ...NAMED_DATABASES_IOREDIS, scaffold: scaffoldNamedDatabasesTypescript }],
  },
  [SINGLETON_MANAGER.name]: {
    ...SINGLETON_MANAGER,
    scaffold: scaffoldSingletonPython,
    others: [{ ...SINGLETON_MANAGER_IOREDIS, scaffold: scaffoldSingletonTypescript }],
  },
  [UNIFIED_MANAGER.name]: {
    ...UNIFIED_MANAGER,
    scaffold: scaffoldUnifiedManagerPython,
    others: [{ ...UNIFIED_MANAGER_IOREDIS, scaffold: scaffoldUnifiedManagerTypescript }],
  },
};

/** The first profile of a preset for a language; null when it has none. */
export function presetIn(preset: Preset, language: Preset['language']): Preset | null {
  return [preset, ...(preset.others ?? [])].find((one) => one.language === language) ?? null;
}

/** The profile of a preset for clients of a library; null when it has none. */
export function presetFor(preset: Preset, library: string): Preset | null {
  return [preset, ...(preset.others ?? [])].find((one) => one.library === library) ?? null;
}
