"""Runs each option of the redis-py that is found against a client without it; `run.mjs` says what is printed."""

import json
import socket
import sys

import redis
import redis.connection

PORT, OTHER = int(sys.argv[1]), int(sys.argv[2])
VERSION = sys.argv[3]
MAJOR = int(VERSION.split(".")[0])


def told(make):
    try:
        return repr(make())
    except Exception as error:
        return f"throws {type(error).__name__}"


def ask(port, *lines):
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(("\r\n".join((*lines, "PING")) + "\r\n").encode())
        text = b""
        while not text.endswith(b"+PONG\r\n"):
            text += connection.recv(65536)
        return text.decode("latin-1").split("\r\n")


def keys_of(port):
    found = []
    for database in (0, 3):
        lines = ask(port, f"SELECT {database}", "KEYS *")
        found += [f"{database}/{key}" for before, key in zip(lines, lines[1:]) if before.startswith("$")]
    return sorted(found)


def reads_of(port):
    return [line.split(",")[0] for line in ask(port, "INFO commandstats") if line.startswith("cmdstat_get:")]


def observe(options):
    for port in (PORT, OTHER):
        ask(port, "FLUSHALL", "CONFIG RESETSTAT")
    client = redis.Redis(**{"host": "127.0.0.1", "port": PORT, **options})
    try:
        return {
            "set": told(lambda: client.set("k", "v\u00e4")),
            "get": told(lambda: client.get("k")),
            "again": told(lambda: client.get("k")),
            "raw": told(lambda: (client.set("b", b"\xe4"), client.get("b"))),
            "sent": told(lambda: client.strlen("k")),
            "incr": told(lambda: client.incr("n")),
            "hash": told(lambda: (client.hset("h", "a", "1"), client.hgetall("h"))),
            "scores": told(lambda: (client.zadd("z", {"m": 1.5}), client.zrange("z", 0, -1, withscores=True))),
            "stream": told(lambda: (client.xadd("x", {"a": "1"}, id="1-1"), client.xread({"x": "0"}))),
            "queue": told(lambda: client.pipeline().incr("n").get("k").execute()),
            "patterns": told(lambda: sorted(client.keys("*"))),
            "same": told(lambda: client.client_id() == client.client_id()),
            "held": told(lambda: client.connection is not None),
            "keys": keys_of(PORT),
            "elsewhere": keys_of(OTHER),
            "reads": reads_of(PORT),
        }
    finally:
        client.close()


class Elsewhere(redis.connection.Connection):
    """A connection that leads to another server."""

    def __init__(self, **options):
        super().__init__(**{**options, "port": OTHER})


class Reader(redis.connection.DefaultParser):
    """A parser that reads every reply as the same."""

    def read_response(self, *args, **options):
        super().read_response(*args, **options)
        return b"OK"


def select(connection):
    connection.on_connect()
    connection.send_command("SELECT", 3)
    connection.read_response()


def pool(**options):
    return redis.ConnectionPool(**{"host": "127.0.0.1", "port": PORT, **options})


# Option, value, from this major, up to this one, and what the client needs beside it. Through a pool: `pool`.
CASES = [
    ("db", 3, 0, 99, {}),
    ("decode_responses", True, 0, 99, {}),
    ("encoding", "latin-1", 0, 99, {}),
    ("encoding_errors", "ignore", 0, 99, {"decode_responses": True}),
    ("charset", "latin-1", 0, 6, {}),
    ("errors", "ignore", 0, 6, {"decode_responses": True}),
    ("protocol", 3, 5, 99, {}),
    ("legacy_responses", False, 8, 99, {}),
    ("parser_class", Reader, 0, 99, "pool"),
    ("single_connection_client", True, 0, 99, {}),
    ("connection_pool", pool, 0, 99, {}),
    ("connection_class", Elsewhere, 0, 99, "pool"),
    ("redis_connect_func", select, 0, 99, {}),
    ("socket_connect_timeout", 3, 0, 99, {}),
    ("socket_keepalive", True, 0, 99, {}),
    ("socket_keepalive_options", {}, 0, 99, {"socket_keepalive": True}),
    ("socket_read_size", 1024, 0, 99, "pool"),
    ("socket_type", socket.AF_INET, 0, 99, "pool"),
    ("health_check_interval", 30, 0, 99, {}),
    ("max_connections", 10, 0, 99, {}),
    ("timeout", 3, 0, 99, "blocking"),
    ("client_name", "desk", 0, 99, {}),
    ("lib_name", "desk", 5, 99, {}),
    ("lib_version", "1", 5, 99, {}),
]


def options_of(option, value, beside):
    made = pool(db=3, decode_responses=True) if value is pool else value
    if beside == "pool":
        return {"connection_pool": pool(**{option: made})}
    if beside == "blocking":
        own = redis.BlockingConnectionPool(host="127.0.0.1", port=PORT, timeout=made)
        return {"connection_pool": own}
    return {option: made, **beside}


for option, value, first, last, beside in CASES:
    if not first <= MAJOR < last:
        continue
    base = observe(beside if isinstance(beside, dict) else {})
    own = observe(options_of(option, value, beside))
    print(json.dumps({"option": option, "differs": [name for name in base if base[name] != own[name]]}), flush=True)
