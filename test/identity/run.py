"""Runs programs of redis-py and prints what the server says of the client of each; `run.mjs` says how."""

import asyncio
import inspect
import json
import os
import runpy
import socket
import sys

given = json.load(sys.stdin)
connect = socket.socket.connect


def mapped(self, address):
    if isinstance(address, tuple):
        host, port, *rest = address
        address = (host, given["ports"].get(str(port), port), *rest)
    else:
        address = given["sockets"].get(address, address)
    return connect(self, address)


socket.socket.connect = mapped


def text(reply):
    return reply.decode() if isinstance(reply, bytes) else reply


async def ask_async(client, key):
    await client.set(key, "1")
    read = await client.get(key)
    info = await client.execute_command("CLIENT", "INFO")
    return info, read


def ask(client, key):
    if inspect.iscoroutinefunction(client.initialize) if hasattr(client, "initialize") else False:
        return asyncio.run(ask_async(client, key))
    client.set(key, "1")
    return client.execute_command("CLIENT", "INFO"), client.get(key)


for program in given["programs"]:
    folder = os.path.dirname(program["main"])
    loaded = set(sys.modules)
    os.environ.update(program["env"])
    sys.path.insert(0, folder)
    try:
        client = runpy.run_path(program["main"])["client"]
        info, read = ask(client, "probe:" + program["id"])
        row = {"info": text(info), "decoded": isinstance(read, str)}
    except Exception as error:  # a program that must throw is one of them: the test says which
        row = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps({"id": program["id"], **row}), flush=True)
    sys.path.remove(folder)
    for name in program["env"]:
        del os.environ[name]
    for name in set(sys.modules) - loaded:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
            del sys.modules[name]
