/** Which files hold settings, and which of their entries say where a Redis server is. */

/** `.env.local`, `prod.env`, `.envrc`; YAML, TOML and JSON. */
const FILES =
  /(?:^|\/)(?:\.env(?:\.[^/]*)?|\.envrc|env\.(?:example|sample|template|dist)|[^/]+\.(?:env|ya?ml|toml|json|jsonc))$/i;
/** Manifests, locks and schemas name packages, and this tool's own files name what they are to find. */
const NO_SETTINGS =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig[^/]*|jsconfig|biome|turbo|nx|lerna|renovate|[^/]*[.-]lock|[^/]*\.schema|redis-migrate\.config|pnpm-lock)\.(?:jsonc?|ya?ml)$|(?:^|\/)\.redis-migrate\//i;

/** Whether a file, by its path, can hold settings. */
export function isSettingsFile(file: string): boolean {
  return FILES.test(file) && !NO_SETTINGS.test(file);
}

const URL_TEXT = /\b(?:rediss?|valkeys?)(?:\+[\w-]+)?:\/\/[^\s"'`<>]+/i;
const REDIS = /redis|valkey/i;
/** `REDIS_URL`, `redisHost`, `cacheRedisEndpoint`. */
const NAMED =
  /(?:redis|valkey)(?:.*[_.\-a-z])?(?:hosts?|hostname|ur[li]s?|server|addr(?:ess)?|endpoint|dsn|connection(?:_?string)?|nodes|sentinels?)$/i;
/** The same below a key that says Redis: `redis: { host }`. */
const PLAIN = /^(?:hosts?|hostname|ur[li]s?|server|addr(?:ess)?|endpoint|dsn|connection[_-]?string)$/i;
/** A name or number of a host, with a port or more after it, or a reference that the run fills in. */
const HOST = /^(?:\[?[\w.-]+\]?(?::\d+)?(?:\/\d+)?|.*(?:\$\{|\$\(|\{\{|^\$\w).*)$/;
const HOST_AND_PORT = /^[\w.-]+:\d+(?:\/\d+)?$/;
/** `services.redis.hostname` of compose names the server's own container. */
const COMPOSE_SERVICE = 3;

/** Whether an entry says where a Redis server is: by a URL in its value, or by its name. */
export function isAddress(path: readonly string[], value: string): boolean {
  if (URL_TEXT.test(value)) return true;
  const key = path.at(-1) ?? '';
  if (!HOST.test(value) || /^(?:true|false|null|\d+)$/i.test(value)) return false;
  if (NAMED.test(key)) return true;
  if (REDIS.test(key) && HOST_AND_PORT.test(value)) return true;
  if (path[0] === 'services' && path.length === COMPOSE_SERVICE) return false;
  return PLAIN.test(key) && path.slice(-3, -1).some((part) => REDIS.test(part));
}

/** Whether an entry turns the checks of certificates off, for every connection of a Node process. Source: nodejs.org/api/cli. */
export function isUnchecked(path: readonly string[], value: string): boolean {
  return path.at(-1) === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0';
}

/** Where a URL begins in a text; 0 when there is none. */
export function urlAt(text: string): number {
  return Math.max(0, text.search(URL_TEXT));
}
