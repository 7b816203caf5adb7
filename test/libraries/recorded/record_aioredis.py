"""Records what aioredis 1.3.1 can do: `python3 test/libraries/recorded/record_aioredis.py > test/libraries/recorded/aioredis.json`
with Debian's python3-aioredis."""

import inspect
import json

import aioredis

OPENS = ("create_connection", "create_pool", "create_redis", "create_redis_pool", "create_sentinel")

print(
    json.dumps(
        {
            "version": aioredis.__version__,
            "opens": {name: list(inspect.signature(getattr(aioredis, name)).parameters) for name in OPENS},
            "members": sorted(
                name for name in dir(aioredis.Redis) if not name.startswith("_") and name == name.lower()
            ),
        },
        indent=2,
    )
)
