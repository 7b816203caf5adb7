/** Source text of the default accessor for redis-py, sync and asyncio. */

import { REDIS_PY } from '../redis-py.js';
import { pythonSettings, pythonSettingsLines } from './imports.js';
import { connectionWord } from './parts.js';
import { environmentReader, pythonRows, quoted } from './python-settings.js';
import { checkDatabases } from './settings.js';
import type { ScaffoldInput } from './style.js';

/** Text of the accessor's file; the same input gives the same bytes. Throws as `scaffoldDefault` does. */
export function scaffoldPython(input: ScaffoldInput): string {
  checkDatabases(input.databases);
  const databases = pythonRows(input.databases, pythonSettings(input));
  const asynchronous = input.asynchronous ?? true;
  const main = quoted(input.databases[0]?.name ?? '');
  const parts = [
    header(asynchronous),
    imports(asynchronous) + pythonSettingsLines(input),
    settings(databases),
    synchronousPart(main),
    ...(asynchronous ? [asynchronousPart(main)] : []),
    common(input, databases, asynchronous),
  ];
  const [text, imported, ...rest] = parts;
  return `${text}\n\n${imported}\n\n${rest.join('\n\n\n')}\n`;
}

function header(asynchronous: boolean): string {
  const pair = (name: string) => (asynchronous ? `${name}_redis, ${name}_async_redis` : `${name}_redis`);
  const width = pair('close').length;
  const row = (name: string, text: string) => `${pair(name).padEnd(width)}  ${text}`;
  return `"""The one place of this service that opens Redis connections.

${row('get', 'give shared clients. Never close one.')}
${row('open', 'give a new client per call. Its caller closes it.')}
${row('close', 'close everything. Call them last when the process ends, and after tests.')}

All options are redis-py's own defaults, so that moving a connection here changes none of them, except
socket_connect_timeout and client_name (service:database:role).
"""`;
}

function imports(asynchronous: boolean): string {
  const standard = [...(asynchronous ? ['asyncio'] : []), 'os', 'threading', 'weakref'];
  const installed = ['redis', ...(asynchronous ? ['redis.asyncio'] : [])];
  return [standard, installed].map((names) => names.map((name) => `import ${name}`).join('\n')).join('\n\n');
}

function settings(databases: readonly string[]): string {
  return [
    '# How each database is reached. Read when a client is made, never at import.',
    '_DATABASES = {',
    ...databases,
    '}',
    `_SHARED_ROLES = ${tuple(SHARED_ROLES)}`,
    `_DEDICATED_ROLES = ${tuple(REDIS_PY.contract.roles.filter((role) => !SHARED_ROLES.includes(role)))}`,
    '_lock = threading.Lock()',
    '_shared = {}',
    '_opened = weakref.WeakSet()',
    '_overrides = {}',
  ].join('\n');
}

const SHARED_ROLES: readonly string[] = ['command', 'queue'];

function tuple(words: readonly string[]): string {
  return `(${words.map(quoted).join(', ')})`;
}

function synchronousPart(main: string): string {
  return `def get_redis(*, database=${main}, role="command", decode_responses=False) -> redis.Redis:
    """The shared client of a database. It is a pool: safe in threads, and in a process after its fork."""
    return _get(redis.Redis, database, role, decode_responses)


def open_redis(*, database=${main}, role, decode_responses=False) -> redis.Redis:
    """A new client that nobody else uses. Whoever opens it closes it; close_redis() is the last resort."""
    return _open(redis.Redis, database, role, decode_responses)


def close_redis() -> None:
    """Closes all connections. A client that is used again connects again."""
    for client in _clients(redis.Redis):
        client.connection_pool.disconnect()`;
}

function asynchronousPart(main: string): string {
  return `def get_async_redis(*, database=${main}, role="command", decode_responses=False) -> redis.asyncio.Redis:
    """The shared asyncio client of a database. Not awaited; may be called outside of an event loop."""
    return _get(redis.asyncio.Redis, database, role, decode_responses)


def open_async_redis(*, database=${main}, role, decode_responses=False) -> redis.asyncio.Redis:
    """A new asyncio client that nobody else uses, for one event loop. Whoever opens it closes it."""
    return _open(redis.asyncio.Redis, database, role, decode_responses)


async def close_async_redis() -> None:
    """Closes all connections of the running event loop."""
    for client in _clients(redis.asyncio.Redis):
        await client.connection_pool.disconnect()


class _LoopPool(redis.asyncio.ConnectionPool):
    """A pool for each event loop: a connection belongs to the loop that opened it."""

    def __init__(self, like):
        self._arguments = {
            "connection_class": like.connection_class,
            "max_connections": like.max_connections,
            **like.connection_kwargs,
        }
        super().__init__(**self._arguments)
        self._pools = {}
        self._parents = ()
        self._pid = os.getpid()

    def _own(self):
        loop = asyncio.get_running_loop()
        if self._pid != os.getpid():
            # After a fork these connections are the parent's: they are held, so that nothing here closes them.
            self._pid, self._parents, self._pools = os.getpid(), (self._parents, self._pools), {}
        if loop not in self._pools:
            for ended in [other for other in self._pools if other.is_closed()]:
                del self._pools[ended]
            self._pools[loop] = redis.asyncio.ConnectionPool(**self._arguments)
        return self._pools[loop]

    async def get_connection(self, *args, **kwargs):
        return await self._own().get_connection(*args, **kwargs)

    async def release(self, connection):
        await self._own().release(connection)

    async def disconnect(self, inuse_connections=True):
        await self._own().disconnect(inuse_connections)`;
}

function common({ service }: ScaffoldInput, databases: readonly string[], asynchronous: boolean): string {
  const reader = environmentReader(databases);
  const lines = [
    `def override_redis(database, client) -> None:
    """For tests: this client instead of a connection; None ends it. It is never closed here."""
    _check(database, "command", _SHARED_ROLES)
    if client is None:
        for key in [key for key in _overrides if key[0] == database]:
            del _overrides[key]
    else:
        _overrides[database, ${asynchronous ? 'isinstance(client, redis.asyncio.Redis)' : 'False'}] = client


def _get(kind, database, role, decode_responses):
    _check(database, role, _SHARED_ROLES)
    key = (kind, database, role, decode_responses)
    with _lock:
        if _override(kind, database) is not None:
            return _override(kind, database)
        if key not in _shared:
            ${
              asynchronous
                ? `client = _create(kind, database, role, decode_responses)
            if kind is not redis.Redis:
                client.connection_pool = _LoopPool(client.connection_pool)
            _shared[key] = client`
                : '_shared[key] = _create(kind, database, role, decode_responses)'
            }
        return _shared[key]


def _open(kind, database, role, decode_responses):
    _check(database, role, _DEDICATED_ROLES)
    with _lock:
        client = _override(kind, database) or _create(kind, database, role, decode_responses)
        if client not in _overrides.values():
            _opened.add(client)
        return client


def _override(kind, database):
    return _overrides.get((database, kind is not redis.Redis))


def _clients(kind):
    with _lock:
        return [client for client in (*_shared.values(), *_opened) if type(client) is kind]


def _create(kind, database, role, decode_responses):
    options = {
        "socket_connect_timeout": 5,
        "client_name": f"${connectionWord(service).replace(/[{}\\"]/g, '-')}:{database}:{role}",
        "decode_responses": decode_responses,
        **_DATABASES[database](),
    }
    url = options.pop("url", None)
    return kind(**options) if url is None else kind.from_url(url, **options)


def _check(database, role, roles):
    if database not in _DATABASES:
        raise ValueError(f"unknown Redis database {database!r}; known: {', '.join(_DATABASES)}")
    if role not in roles:
        raise ValueError(f"role {role!r} is not one of {', '.join(roles)}")`,
  ];
  if (reader !== '') lines.push(reader);
  return [...lines, AFTER_FORK].join('\n\n\n');
}

const AFTER_FORK = `def _after_fork():
    """In the child of a fork: a thread of the parent may have held the lock, and what it opened is not closed here."""
    global _lock
    _lock = threading.Lock()
    _opened.clear()


if hasattr(os, "register_at_fork"):  # Windows does not fork.
    os.register_at_fork(after_in_child=_after_fork)`;
