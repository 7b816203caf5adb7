/** The one place of a scaffold that opens: an accessor for one database gets its address written into the call. */

import { quote } from './conditions.js';
import type { ScaffoldDatabase } from './database.js';
import { ioredisInline, pythonInline } from './inline.js';
import { connectionWord } from './parts.js';

type Options = [name: string, code: string][];

/** `function open()` of TypeScript or JavaScript. `suffix` follows service and database in the connection's name. Throws as `ioredisInline` does. */
export function ioredisOpening(
  service: string,
  main: ScaffoldDatabase,
  { typed, client }: { typed: boolean; client: string },
  { suffix, limits }: { suffix: string; limits: Options },
): string {
  const { url, options, required } = ioredisInline(main, typed);
  const name = `${connectionWord(service).replace(/[`\\$]/g, '-')}:${main.name}${suffix}`;
  const all: Options = [...options, ...limits, ['connectionName', quote(name)]];
  const lines = all.map(([key, value]) => `    ${key}: ${value},\n`).join('');
  const checks = required.map(
    (own) => `  if (!process.env[${quote(own)}]) throw new Error('${own} is not set: Redis is reached through it');\n`,
  );
  return `function open()${typed ? `: ${client}` : ''} {
${checks.join('')}  const client = new Redis(${url === null ? '' : `${url}, `}{
${lines}  });
  client.setMaxListeners(0); // everybody who shares it may listen
  let quietUntil = 0;
  client.on('error', (error${typed ? ': Error' : ''}) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 30_000; // a server that is away fails at every attempt: one line in 30 s is enough
    console.error(\`redis ${name}: \${error.message}\`);
  });
  return client;
}`;
}

/** Body of Python's `_open()`: a client of that class, which decodes. Throws as `pythonInline` does. */
export function pythonOpening(service: string, main: ScaffoldDatabase, className: string): string {
  const { url, options } = pythonInline(main);
  const name = `"${connectionWord(service).replace(/[{}\\"]/g, '-')}:${main.name}:command"`;
  const all: Options = [
    ...options,
    ['decode_responses', 'True'],
    ['socket_connect_timeout', '5'],
    ['client_name', name],
  ];
  const lines = [...(url === null ? [] : [url]), ...all.map(([key, value]) => `${key}=${value}`)];
  const call = url === null ? className : `${className}.from_url`;
  return [`    return ${call}(`, ...lines.map((line) => `        ${line},`), '    )'].join('\n');
}
