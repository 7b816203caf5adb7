/** Source text of the accessor `connection-pool` for redis-py. */

import type { ScaffoldDatabase } from './database.js';
import { pythonOpening } from './opening.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file, for the first of the databases; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldConnectionPoolPython({ service, databases }: ScaffoldInput): string {
  checkDatabases(databases);
  const [main] = databases as [ScaffoldDatabase];
  const parts = [`${HEAD}\n\n${STATE}`, BREAKER, POOL, functions(service, main), AFTER_FORK];
  return `${parts.join('\n\n\n')}\n`;
}

const HEAD = `"""The one place of this service that opens Redis connections: a pool with retries and a circuit breaker.

get_redis_pool    gives the pool: execute(), get_client(), health_check(), get_stats().
get_redis_client  gives the client that works on it, for code that keeps one. Never close it.
close_redis_pool  closes all connections. Call it last when the process ends, and after tests.

A client has redis-py's own defaults, except decode_responses, socket_connect_timeout and client_name. What goes
through the pool differs: reads are tried again, and while the circuit is open nothing is sent.
"""

import os
import threading
import time
from contextlib import contextmanager

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry`;

const STATE = `# Commands that change nothing: they may run twice. A write whose answer was lost may have been done.
_READS = frozenset(
    "exists get getrange hexists hget hgetall hkeys hlen hmget hvals llen lrange mget ping pttl scard sismember"
    " smembers strlen ttl type zcard zcount zrange zrank zscore".split()
)
_lock = threading.Lock()
_pool = None`;

const BREAKER = `class CircuitOpenError(redis.ConnectionError):
    """Redis did not answer several times in a row: for a while it is not asked."""


class _Breaker:
    """Opens after so many failures in a row; after so many seconds one caller may try again."""

    def __init__(self, failures=5, seconds=30.0):
        self._most, self._seconds = failures, seconds
        self._lock = threading.Lock()
        self._failures, self._tried = 0, 0.0

    @property
    def state(self) -> str:
        if self._failures < self._most:
            return "closed"
        return "open" if time.monotonic() < self._tried + self._seconds else "half-open"

    def __enter__(self):
        with self._lock:
            if self.state == "open":
                raise CircuitOpenError("Redis is not asked: the circuit is open")
            self._tried = time.monotonic()

    def __exit__(self, kind, error, trace):
        with self._lock:
            if isinstance(error, (redis.ConnectionError, redis.TimeoutError)):
                self._failures += 1
            elif error is None or isinstance(error, redis.ResponseError):
                self._failures = 0`;

const POOL = `class RedisPool:
    """Commands on one client, which is a pool: safe in threads, and in a process after its fork."""

    def __init__(self, client: redis.Redis):
        self.client = client
        self.breaker = _Breaker()
        self._retry = Retry(ExponentialBackoff(cap=1.0, base=0.05), 3)

    def execute(self, command: str, *args, **kwargs):
        """A command by the name that it has on a client: execute("get", key)."""
        send = getattr(self.client, command)
        with self.breaker:
            if command not in _READS:
                return send(*args, **kwargs)
            return self._retry.call_with_retry(lambda: send(*args, **kwargs), lambda error: None)

    @contextmanager
    def get_client(self):
        """The client, for several commands or a pipeline. Nothing is tried again; failures count for the circuit."""
        with self.breaker:
            yield self.client

    def health_check(self) -> dict:
        """Asks the server itself, whatever the circuit says."""
        started = time.monotonic()
        try:
            self.client.ping()
        except redis.RedisError as error:
            return {"healthy": False, "error": type(error).__name__, "circuit": self.breaker.state}
        milliseconds = round((time.monotonic() - started) * 1000, 2)
        return {"healthy": True, "ping_ms": milliseconds, "circuit": self.breaker.state}

    def get_stats(self) -> dict:
        pool = self.client.connection_pool
        counts = {"available": len(pool._available_connections), "in_use": len(pool._in_use_connections)}
        return {"max_connections": pool.max_connections, **counts, "circuit": self.breaker.state}`;

function functions(service: string, main: ScaffoldDatabase): string {
  return `def get_redis_pool() -> RedisPool:
    """The one pool. Made when it is first asked for, never at import."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = RedisPool(_open())
        return _pool


def get_redis_client() -> redis.Redis:
    """The client of the pool, with redis-py's own behaviour."""
    return get_redis_pool().client


def close_redis_pool() -> None:
    """Closes all connections. A client that is used again connects again."""
    with _lock:
        if _pool is not None:
            _pool.client.connection_pool.disconnect()


def override_redis_pool(client) -> None:
    """For tests: a pool over this client instead of a connection; None ends it."""
    global _pool
    with _lock:
        _pool = None if client is None else RedisPool(client)


def _open() -> redis.Redis:
${pythonOpening(service, main, 'redis.Redis')}`;
}

const AFTER_FORK = `def _after_fork():
    """In the child of a fork: a thread of the parent may have held a lock."""
    global _lock
    _lock = threading.Lock()
    if _pool is not None:
        _pool.breaker = _Breaker()


if hasattr(os, "register_at_fork"):  # Windows does not fork.
    os.register_at_fork(after_in_child=_after_fork)`;
