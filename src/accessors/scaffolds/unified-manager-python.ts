/** Source text of the accessor `unified-manager` for redis-py. */

import { pythonSettings, pythonSettingsLines } from './imports.js';
import { connectionWord } from './parts.js';
import { environmentReader, pythonRows, quoted } from './python-settings.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file: each database is a mode. The same input gives the same bytes; throws as `scaffoldDefault` does. */
export function scaffoldUnifiedManagerPython(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const main = quoted(input.databases[0]?.name ?? '');
  const rows = pythonRows(input.databases, pythonSettings(input));
  const name = connectionWord(input.service).replace(/[{}\\"]/g, '-');
  const parts = [head(rows, pythonSettingsLines(input)), manager(name), functions(main), environmentReader(rows)];
  return `${parts.filter((part) => part !== '').join('\n\n\n')}\n`;
}

function head(rows: readonly string[], settings: string): string {
  return `"""The one place of this service that opens Redis connections: a manager for each mode of operation.

get_unified_manager  gives the manager of a mode: initialize(), get_cached(), set_cached(), health_check().
get_redis            is a coroutine that gives the client of a mode once its server has answered. Never close one.
close_managers       closes everything: await it when the process ends, and after tests.
"""

import os
import time
from dataclasses import dataclass

import redis.asyncio${settings}

# How each mode is reached. Read when its client is made, never at import.
_MODES = {
${rows.join('\n')}
}
_managers = {}


@dataclass(frozen=True)
class SecurityContext:
    """Who asks for cached values: each agent has keys of its own."""

    agent: str
    authenticated: bool = False`;
}

function manager(name: string): string {
  return `class UnifiedManager:
    """The client of a mode, and values of it that are kept in the process for a few seconds."""

    def __init__(self, mode, seconds=5.0, most=1000):
        self.mode = mode
        self._redis_master = None
        self._seconds, self._most = seconds, most
        self._kept = {}

    async def initialize(self) -> None:
        """Makes the client, and waits until its server answers. A second call changes nothing."""
        if self._redis_master is None:
            client = self._create()
            try:
                await client.ping()
            except BaseException:
                await client.connection_pool.disconnect()
                raise
            if self._redis_master is None:
                self._redis_master = client
            else:  # another task was faster
                await client.connection_pool.disconnect()

    async def get_cached(self, key, security_context=None):
        """A value or None. What another process has changed meanwhile is seen after some seconds."""
        key = _key_for(key, security_context)
        value, until = self._kept.get(key, (None, 0.0))
        if time.monotonic() < until:
            return value
        await self.initialize()
        value = await self._redis_master.get(key)
        self._keep(key, value, self._seconds)
        return value

    async def set_cached(self, key, value, ttl_seconds=None, security_context=None) -> bool:
        key = _key_for(key, security_context)
        await self.initialize()
        done = await self._redis_master.set(key, value, ex=ttl_seconds)
        self._keep(key, value, min(self._seconds, ttl_seconds or self._seconds))
        return bool(done)

    async def health_check(self) -> dict:
        started = time.monotonic()
        try:
            await self.initialize()
            await self._redis_master.ping()
        except (redis.RedisError, OSError) as error:
            return {"mode": self.mode, "healthy": False, "error": type(error).__name__}
        return {"mode": self.mode, "healthy": True, "ping_ms": round((time.monotonic() - started) * 1000, 2)}

    async def close(self) -> None:
        client, self._redis_master = self._redis_master, None
        self._kept.clear()
        if client is not None:
            await client.connection_pool.disconnect()

    def _keep(self, key, value, seconds):
        self._kept.pop(key, None)
        if isinstance(value, str):  # as Redis gives it back
            while len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (value, time.monotonic() + seconds)

    def _create(self):
        options = {
            "socket_connect_timeout": 5,
            "client_name": f"${name}:{self.mode}",
            "decode_responses": True,
            **_MODES[self.mode](),
        }
        url = options.pop("url", None)
        return redis.asyncio.Redis(**options) if url is None else redis.asyncio.Redis.from_url(url, **options)`;
}

function functions(main: string): string {
  return `def get_unified_manager(mode=${main}) -> UnifiedManager:
    """The one manager of a mode. Nothing is opened before initialize()."""
    if mode not in _MODES:
        raise ValueError(f"unknown mode {mode!r}; known: {', '.join(_MODES)}")
    return _managers.setdefault(mode, UnifiedManager(mode))


async def get_redis(mode=${main}) -> redis.asyncio.Redis:
    """The client of a mode, with redis-py's own behaviour. It decodes replies."""
    manager = get_unified_manager(mode)
    await manager.initialize()
    return manager._redis_master


async def close_managers() -> None:
    """Closes all clients. Who asks from now on gets a fresh one."""
    for manager in list(_managers.values()):
        await manager.close()


def _key_for(key, context):
    if context is None:
        return key
    if not context.authenticated:
        raise PermissionError(f"{context.agent} is not authenticated")
    return f"{context.agent}:{key}"`;
}
