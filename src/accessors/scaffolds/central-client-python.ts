/** Source text of the accessor `central-client` for redis-py. */

import type { ScaffoldDatabase } from './database.js';
import { pythonSettings, pythonSettingsLines } from './imports.js';
import { pythonInline } from './inline.js';
import { connectionWord } from './parts.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldCentralClientPython(input: ScaffoldInput): string {
  const { service, databases } = input;
  checkDatabases(databases);
  const [main] = databases as [ScaffoldDatabase];
  const settings = (input.settings ?? []).filter(({ holder }) => JSON.stringify(main).includes(holder));
  const { url, options } = pythonInline(main, pythonSettings({ ...input, settings }));
  const os = [url ?? '', ...options.map(([, code]) => code)].some((code) => code.includes('os.environ'));
  const name = `"${connectionWord(service).replace(/[{}\\"]/g, '-')}:${main.name}"`;
  const all: [string, string][] = [
    ...options,
    ['decode_responses', 'True'],
    ['socket_connect_timeout', '2'],
    ['socket_timeout', '2'],
    ['client_name', name],
  ];
  const lines = [...(url === null ? [] : [url]), ...all.map(([key, value]) => `${key}=${value}`)];
  const call = url === null ? 'redis.asyncio.Redis' : 'redis.asyncio.Redis.from_url';
  const opening = [`    return ${call}(`, ...lines.map((line) => `        ${line},`), '    )'].join('\n');
  const head = `${HEAD}\n\n${os ? 'import os\n\n' : ''}import redis.asyncio${pythonSettingsLines({ ...input, settings })}\n\n_client = None`;
  return `${head}\n\n\n${FUNCTIONS}\n\n\ndef _open():\n${opening}\n`;
}

const HEAD = `"""The one Redis client of this service, for asyncio.

init_redis   makes it: await it when the service starts.
get_redis    gives it, and raises before init_redis. Never close or keep what it gives.
close_redis  closes it: await it when the service ends.
reset_redis  closes it and makes another one, for tests and after a change of the address.
"""`;

const FUNCTIONS = `async def init_redis() -> redis.asyncio.Redis:
    """Makes the client, and waits until its server answers. Raises when it does not; a second call changes nothing."""
    global _client
    if _client is None:
        client = _open()
        try:
            await client.ping()
        except BaseException:
            await client.connection_pool.disconnect()
            raise
        if _client is None:
            _client = client
        else:  # another task was faster
            await client.connection_pool.disconnect()
    return get_redis()


def get_redis() -> redis.asyncio.Redis:
    """The client. It decodes replies; a command that takes longer than two seconds raises TimeoutError."""
    if _client is None:
        raise RuntimeError("there is no Redis client yet: await init_redis() when the service starts")
    return _client


async def close_redis() -> None:
    """Closes the client; get_redis raises from now on."""
    global _client
    client, _client = _client, None
    if client is not None:
        await client.connection_pool.disconnect()


async def reset_redis() -> redis.asyncio.Redis:
    """Another client in the place of the one there is."""
    await close_redis()
    return await init_redis()`;
