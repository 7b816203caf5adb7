/** Source texts to judged clients, and instructions as readable lines. */

import type { Instruction } from '../../src/model/change.js';
import type { Config } from '../../src/model/config.js';
import { assessed, MANIFEST } from './build.js';

export const IMPORT = "import Redis from 'ioredis';\n";
export const OPEN = 'new Redis(process.env.REDIS_URL)';

export async function clients(source: string | Record<string, string>, config?: Config, includeTests = false) {
  const files = typeof source === 'string' ? { 'src/a.ts': IMPORT + source } : source;
  const result = await assessed({ 'package.json': MANIFEST, ...files }, config, { includeTests });
  return { ...result, clients: result.sites.filter(({ category }) => category === 'client'), files };
}

export async function only(source: string | Record<string, string>, config?: Config) {
  const result = await clients(source, config);
  const [site] = result.clients;
  if (!site || result.clients.length > 1) throw new Error(`one client expected, found ${result.clients.length}`);
  return { site, codes: site.reasons.map(({ code }) => code), unit: result.units[0] ?? null, files: result.files };
}

/** Texts that instructions replace or drop, with what comes instead. */
export function shown(files: Record<string, string>, file: string, instructions: readonly Instruction[]): string[] {
  return instructions.map((one) => {
    const text = (files[file] ?? '').slice(one.span.start, one.span.end);
    if (!('use' in one)) return `- ${text}`;
    const args = one.use.args.map(({ name, value }) => `${name}=${value}`).join(' ');
    return `${text} → ${one.use.name}(${args}) from ${one.use.specifier}`;
  });
}
