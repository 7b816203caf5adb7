/** Source text of the accessor of the preset `named-databases` for redis-py. */

import { pythonSettings, pythonSettingsLines } from './imports.js';
import { connectionWord } from './parts.js';
import { environmentReader, pythonRows, quoted } from './python-settings.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldNamedDatabasesPython(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const main = quoted(input.databases[0]?.name ?? '');
  const rows = pythonRows(input.databases, pythonSettings(input));
  const name = connectionWord(input.service).replace(/[{}\\"]/g, '-');
  const parts = [
    head(rows, pythonSettingsLines(input)),
    asking(main),
    making(name),
    CLOSING,
    environmentReader(rows),
    AFTER_FORK,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n\n')}\n`;
}

function head(rows: readonly string[], settings: string): string {
  return `"""The one place of this service that opens Redis connections.

get_redis_client                     gives the shared client of a database by its name. Never close one.
close_redis_clients,                 close everything. Call them last when the process ends, and after tests.
close_async_redis_clients
"""

import asyncio
import logging
import os
import threading

import redis
import redis.asyncio${settings}

# How each database is reached. Read when a client is made, never at import.
_DATABASES = {
${rows.join('\n')}
}
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_clients = {}
# A connection belongs to the event loop that opened it.
_loop_clients = {}`;
}

function asking(main: string): string {
  return `def get_redis_client(async_client=False, database=${main}):
    """The shared client of a database, or None while its server does not answer. It decodes replies.

    With async_client=True this is a coroutine: await it for the asyncio client of the running loop, or None.
    """
    if database not in _DATABASES:
        raise ValueError(f"unknown Redis database {database!r}; known: {', '.join(_DATABASES)}")
    return _get_async(database) if async_client else _get(database)


def _get(database):
    with _lock:
        if database not in _clients:
            client = _create(redis.Redis, database)
            try:
                client.ping()
            except (redis.RedisError, OSError) as error:
                client.connection_pool.disconnect()
                return _nothing(database, error)
            _clients[database] = client
        return _clients[database]


async def _get_async(database):
    loop = asyncio.get_running_loop()
    # A copy: threads with loops of their own come here too.
    for ended in [other for other in list(_loop_clients) if other.is_closed()]:
        _loop_clients.pop(ended, None)
    own = _loop_clients.setdefault(loop, {})
    if database not in own:
        client = _create(redis.asyncio.Redis, database)
        try:
            await client.ping()
        except (redis.RedisError, OSError) as error:
            await client.connection_pool.disconnect()
            return _nothing(database, error)
        # Another task may have been faster while this one waited.
        if own.setdefault(database, client) is not client:
            await client.connection_pool.disconnect()
    return own[database]


def _nothing(database, error):
    # What is not kept is tried again by the next caller.
    _log.warning("Redis database %s does not answer: %s", database, type(error).__name__)
    return None`;
}

function making(name: string): string {
  return `def _create(kind, database):
    options = {
        "socket_connect_timeout": 5,
        "client_name": f"${name}:{database}",
        "decode_responses": True,
        **_DATABASES[database](),
    }
    url = options.pop("url", None)
    return kind(**options) if url is None else kind.from_url(url, **options)`;
}

const CLOSING = `def close_redis_clients():
    """Closes all connections of sync clients. A client that is used again connects again."""
    with _lock:
        for client in _clients.values():
            client.connection_pool.disconnect()
        _clients.clear()


async def close_async_redis_clients():
    """Closes all connections of the running event loop."""
    for client in _loop_clients.pop(asyncio.get_running_loop(), {}).values():
        await client.connection_pool.disconnect()`;

const AFTER_FORK = `def _after_fork():
    """In the child of a fork: a thread of the parent may have held the lock, and what it opened is not closed here."""
    global _lock
    _lock = threading.Lock()
    _clients.clear()
    _loop_clients.clear()


if hasattr(os, "register_at_fork"):  # Windows does not fork.
    os.register_at_fork(after_in_child=_after_fork)`;
