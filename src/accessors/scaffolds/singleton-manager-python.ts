/** Source text of the accessor `singleton-manager` for redis-py: one manager, an asyncio client for each event loop. */

import type { ScaffoldDatabase } from './database.js';
import { pythonOpening } from './opening.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldSingletonPython({ service, databases }: ScaffoldInput): string {
  checkDatabases(databases);
  const [main] = databases as [ScaffoldDatabase];
  const made = pythonOpening(service, main, 'redis.asyncio.Redis');
  const imports = ['import asyncio', ...(made.includes('os.') ? ['import os'] : []), '', 'import redis.asyncio'];
  return `${[[HEADER, '', ...imports].join('\n'), MANAGER, functions(made)].join('\n\n\n')}\n`;
}

const HEADER = `"""The one place of this service that opens Redis connections.

redis_manager             is the one manager: RedisManager() is called here and nowhere else.
get_redis_manager()       gives it to code that wants a function, await get_redis() to code that waits for one.
await get_redis_client()  gives the client behind it, for what the manager has no method for. Never close it.
await close_redis()       closes. Call it last when the process ends, and after tests.

Replies are decoded to str. Commands wait for Redis and raise what redis-py raises.
"""`;

const MANAGER = `class RedisManager:
    """Commands on one client for each event loop: a connection belongs to the loop that opened it."""

    def __init__(self):
        self._clients = {}

    async def get_client(self) -> redis.asyncio.Redis:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            # A copy: threads with loops of their own come here too.
            for ended in [other for other in list(self._clients) if other.is_closed()]:
                self._clients.pop(ended, None)
            self._clients[loop] = _open()
        return self._clients[loop]

    async def get(self, key):
        return await (await self.get_client()).get(key)

    async def set(self, key, value, ex=None):
        return await (await self.get_client()).set(key, value, ex=ex)

    async def setex(self, key, seconds, value):
        return await (await self.get_client()).setex(key, seconds, value)

    async def mget(self, keys):
        return await (await self.get_client()).mget(keys)

    async def delete(self, *keys):
        return await (await self.get_client()).delete(*keys)

    async def exists(self, *keys):
        return await (await self.get_client()).exists(*keys)

    async def expire(self, key, seconds):
        return await (await self.get_client()).expire(key, seconds)

    async def ttl(self, key):
        return await (await self.get_client()).ttl(key)

    async def incr(self, key, amount=1):
        return await (await self.get_client()).incr(key, amount)

    async def lpush(self, key, *values):
        return await (await self.get_client()).lpush(key, *values)

    async def rpop(self, key):
        return await (await self.get_client()).rpop(key)

    async def llen(self, key):
        return await (await self.get_client()).llen(key)

    async def health_check(self) -> bool:
        """Whether Redis answers. Does not raise when it is away."""
        try:
            return bool(await (await self.get_client()).ping())
        except redis.RedisError:
            return False

    async def shutdown(self) -> None:
        """Closes the connections of the running event loop. Commands after it connect again."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.connection_pool.disconnect()


redis_manager = RedisManager()`;

function functions(made: string): string {
  return `def get_redis_manager() -> RedisManager:
    return redis_manager


async def get_redis() -> RedisManager:
    return redis_manager


async def get_redis_client() -> redis.asyncio.Redis:
    return await redis_manager.get_client()


async def close_redis() -> None:
    await redis_manager.shutdown()


def _open() -> redis.asyncio.Redis:
${made}`;
}
