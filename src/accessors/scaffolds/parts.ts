/** Parts of a scaffold that are the same for every library. */

import type { ScaffoldDatabase } from './database.js';
import { usesOptionalSettings } from './settings.js';

/** The service's name as a part of a connection's: Redis refuses blanks and control characters there. */
export function connectionWord(service: string): string {
  return service.replace(/[^\x21-\x7e]+/g, '-') || 'service';
}

/**
 * Functions that read the environment, as far as the addresses need them. `addresses` are their texts, `options` is the
 * type of what a credential is spread into, which has options of its own inside where it is `nested`.
 */
export function environment(
  databases: readonly ScaffoldDatabase[],
  addresses: readonly string[],
  { typed, options, nested = false }: { typed: boolean; options: string; nested?: boolean },
): string {
  const needsEnv = addresses.some((address) => /\benv\(/.test(address));
  const parts: string[] = [];
  if (needsEnv) {
    parts.push(`function env(name${typed ? ': string' : ''}, fallback${typed ? '?: string' : ''})${typed ? ': string' : ''} {
  const value = process.env[name] || fallback;
  if (value) return value;
  throw new Error(\`\${name} is not set: a Redis database is reached through it\`);
}`);
  }
  if (addresses.some((text) => text.includes('toNumber('))) {
    const type = typed ? ': string | number | null | undefined): number | undefined' : ')';
    parts.push(`/** A setting that is not there stays so: the library's own default counts. */
function toNumber(value${type} {
  return value === undefined || value === null || value === '' ? undefined : Number(value);
}`);
  }
  if (addresses.some((text) => text.includes('present('))) {
    const [of, type] = nested ? ['<T>', 'T'] : ['', options];
    const signature = typed ? `${of}(options: { [K in keyof ${type}]: ${type}[K] | undefined }): ${type}` : '(options)';
    parts.push(`/** Without what is undefined: the library's own defaults count there. */
function present${signature} {
  return Object.fromEntries(Object.entries(options${typed && nested ? ' as object' : ''}).filter(([, value]) => value !== undefined))${typed ? ` as ${type}` : ''};
}`);
  }
  if (databases.some(usesOptionalSettings)) {
    parts.push(`function optional(key${typed ? ": 'username' | 'password'" : ''}, name${typed ? ': string' : ''})${typed ? `: ${options}` : ''} {
  const value = process.env[name];
  return value ? { [key]: value } : {};
}`);
  }
  return parts.join('\n\n');
}
