/** A URL in a file of settings, as the single variables that an accessor reads. */

import type { Setting } from '../model/project.js';
import type { Context } from './context.js';

/** `REDIS_URL`, `METRICS_REDIS_URI`: what stands before names the single variables too. */
const URL_NAME = /^([A-Z][A-Z0-9_]*?)_UR[IL]$/;

/**
 * `REDIS_HOST=… REDIS_PORT=… …` for `REDIS_URL=redis://…`, without the password. Null where no database of the configuration
 * reads the host from such a variable, or where the value is no whole URL: put together of others, of a cluster, a socket.
 */
export function splitOf(context: Context, { path, value }: Pick<Setting, 'path' | 'value'>): string | null {
  const prefix = URL_NAME.exec(path.at(-1) ?? '')?.[1];
  const host = new RegExp(`^env:${prefix}_HOST(?:[:;|]|$)`);
  const reads = context.databases.some(({ identity }) => identity?.some((key) => host.test(key)));
  if (prefix === undefined || !reads || !/^rediss?:\/\/[^$,{}\s]+$/i.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  const number = /^\/(\d+)$/.exec(url.pathname)?.[1];
  if (url.hostname === '' || url.search !== '' || (number === undefined && !/^\/?$/.test(url.pathname))) return null;
  const parts: [string, string][] = [
    ['HOST', url.hostname],
    ['PORT', url.port === '' ? '6379' : url.port],
    ...(number === undefined ? [] : [['DB', number] as [string, string]]),
    ...(url.username === ''
      ? []
      : [['USERNAME', url.username.includes('%') ? '***' : url.username] as [string, string]]),
    ...(url.password === '' ? [] : [['PASSWORD', '***'] as [string, string]]),
    ...(url.protocol === 'rediss:' ? [['TLS', 'true'] as [string, string]] : []),
  ];
  return parts.map(([name, text]) => `${prefix}_${name}=${text}`).join(' ');
}
