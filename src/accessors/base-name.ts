/** What a database is called after: its variable, its setting or its host. */

import { serverTerms } from './scaffolds/database.js';

/** `METRICS_REDIS_URL` → `metrics`, `RATE_LIMIT_REDIS_HOST` → `rate-limit`; a host's first label; empty when they say nothing. */
export function baseName(server: string): string {
  const parsed = serverTerms(server);
  const term = parsed.kind === 'url' ? parsed.url : parsed.host;
  if (term.kind === 'env') return wordsOf(term.name);
  if (term.kind === 'config') return wordsOf(term.path.slice(term.path.indexOf('#') + 1));
  if (term.kind !== 'literal') return '';
  const host = /^(?:[a-z+]+:\/\/)?([^:/?]+)/i.exec(term.value)?.[1] ?? '';
  if (host === 'localhost' || host.startsWith('127.')) return 'local';
  if (/^[\d.]+$/.test(host)) return '';
  return (
    host
      .split('.')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9-]/g, '-')
      .replace(/^[^a-z]+/, '') ?? ''
  );
}

const PLAIN_WORDS =
  /^(?:redis|valkey|ioredis|ur[il]|host|hostname|address|addr|server|connection|string|env|config|settings|options|process|default)$/;

/** Words of a name that say something: `METRICS_REDIS_URL`, `config.metricsRedis.host` → `metrics`. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter((word) => word !== '' && !PLAIN_WORDS.test(word)).join('-');
}
