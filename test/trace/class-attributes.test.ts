/** Attributes of classes and parameters of constructors that may be something else when an opening reads them: not known. */

import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

/** The server of the one opening in a tree. */
async function serverOf(files: Record<string, string>): Promise<string | undefined> {
  const manifests = {
    'requirements.txt': 'redis==5.0.8\n',
    'package.json': '{ "dependencies": { "ioredis": "5.4.0" } }',
  };
  const root = makeTree({ ...manifests, ...files });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: true });
  const found = sites.filter(({ category }) => category === 'client');
  expect(found).toHaveLength(1);
  return found[0]?.identity?.terms.server;
}

const MONITOR = `import redis
class Monitor:
    def __init__(self, port=6379):
        self.port = port
    def start(self):
        return redis.Redis(port=self.port)
`;
const NET = 'import redis\nclass Net:\n    PORT = 6379\n';
const READS = 'client = redis.Redis(port=Net.PORT)\n';

describe('a server that is not known, Python', () => {
  it.each([
    ['an attribute that is set from outside', `${NET}Net.PORT = 7000\n${READS}`],
    [
      'an attribute that a class method sets',
      `${NET}    @classmethod\n    def local(cls):\n        cls.PORT = 7000\nNet.local()\n${READS}`,
    ],
    [
      'one name for two classes',
      `import redis\nif TESTING:\n    class Net:\n        PORT = 7000\nelse:\n    class Net:\n        PORT = 6379\n${READS}`,
    ],
    ['a class with a metaclass', `import redis\nclass Net(metaclass=Local):\n    PORT = 6379\n${READS}`],
    [
      'a class with a base of another package',
      `import redis\nfrom settings import Base\nclass Net(Base):\n    PORT = 6379\n${READS}`,
    ],
    ['a class with a decorator', `import redis\n@local\nclass Net:\n    PORT = 6379\n${READS}`],
    [
      'a dataclass with slots',
      `import redis\nfrom dataclasses import dataclass\n@dataclass(slots=True)\nclass Net:\n    PORT: int = 6379\n${READS}`,
    ],
    [
      'an attribute that is set on condition',
      `import redis\nclass Net:\n    if TESTING:\n        PORT = 6379\n${READS}`,
    ],
    ['a member of an enum', `import redis\nfrom enum import Enum\nclass Net(Enum):\n    PORT = 6379\n${READS}`],
    [
      'a value of an enum that makes its members',
      `import redis\nfrom enum import Enum\nclass Net(Enum):\n    PORT = 6379\n    def __new__(cls, value):\n        one = object.__new__(cls)\n        one._value_ = 7000\n        return one\nclient = redis.Redis(port=Net.PORT.value)\n`,
    ],
    [
      'a constructor that a class method calls',
      `${MONITOR}    @classmethod\n    def local(cls):\n        return cls(port=7000)\nMonitor()\nMonitor.local().start()\n`,
    ],
    [
      'a constructor that a subclass calls',
      `${MONITOR}class Local(Monitor):\n    def __init__(self):\n        super().__init__(port=7000)\nMonitor()\nLocal().start()\n`,
    ],
    ['a constructor that two calls give different values', `${MONITOR}Monitor()\nMonitor(port=7000).start()\n`],
    ['a constructor that is passed on', `${MONITOR}Monitor()\nregister(Monitor)\n`],
    [
      'a dataclass that is given its field',
      `import redis\nfrom dataclasses import dataclass\n@dataclass\nclass Monitor:\n    port: int = 6379\n    def start(self):\n        return redis.Redis(port=self.port)\nMonitor(port=7000).start()\n`,
    ],
    [
      'a field of a model that is read from the environment',
      'import redis\nfrom pydantic_settings import BaseSettings\nclass Monitor(BaseSettings):\n    port = 6379\n    def start(self):\n        return redis.Redis(port=self.port)\nMonitor().start()\n',
    ],
    [
      'an annotated field of a class with a base of another package',
      'import redis\nfrom models import Base\nclass Own(Base):\n    pass\nclass Monitor(Own):\n    port: int = 6379\n    def start(self):\n        return redis.Redis(port=self.port)\nMonitor().start()\n',
    ],
  ])('%s', async (_name, text) => {
    expect(await serverOf({ 'main.py': text })).toBe('unknown');
  });

  it('a constructor that another file calls otherwise', async () => {
    const files = {
      'monitor.py': `${MONITOR}Monitor()\n`,
      'main.py': 'from monitor import Monitor\nMonitor(7000).start()\n',
    };
    expect(await serverOf(files)).toBe('unknown');
  });
});

describe('a server that is known, Python', () => {
  it.each([
    [
      'an attribute of a test class',
      'import redis\nfrom unittest import TestCase\nclass Monitor(TestCase):\n    port = 7000\n    def start(self):\n        return redis.Redis(port=self.port)\n',
    ],
    [
      'a constant of a dataclass',
      'import redis\nfrom dataclasses import dataclass\n@dataclass\nclass Monitor:\n    port = 7000\n    def start(self):\n        return redis.Redis(port=self.port)\n',
    ],
    [
      'a field of a dataclass that its own constructor sets',
      'import redis\nfrom dataclasses import dataclass\n@dataclass\nclass Monitor:\n    def __init__(self):\n        self.port = 7000\n    def start(self):\n        return redis.Redis(port=self.port)\n',
    ],
  ])('%s', async (_name, text) => {
    expect(await serverOf({ 'main.py': text })).toBe('literal:localhost:7000');
  });
});

const TS_MONITOR = `import Redis from 'ioredis';
class Monitor {
  constructor(private port = 6379) {}
  start() { return new Redis({ port: this.port }); }
`;

describe('a server that is not known, TypeScript', () => {
  it.each([
    [
      'a static field that is set from outside',
      "import Redis from 'ioredis';\nclass Net { static PORT = 6379; }\nNet.PORT = 7000;\nnew Redis({ port: Net.PORT });\n",
    ],
    [
      'a static field that a static block sets',
      "import Redis from 'ioredis';\nclass Net { static PORT = 6379; static { this.PORT = 7000; } }\nnew Redis({ port: Net.PORT });\n",
    ],
    [
      'a static field of a class with a decorator',
      "import Redis from 'ioredis';\n@local\nclass Net { static PORT = 6379; }\nnew Redis({ port: Net.PORT });\n",
    ],
    [
      'a constructor that two calls give different values',
      `${TS_MONITOR}}\nnew Monitor();\nnew Monitor(7000).start();\n`,
    ],
    [
      'a constructor that a static method calls',
      `${TS_MONITOR}  static local() { return new this(7000); }\n}\nnew Monitor();\nMonitor.local().start();\n`,
    ],
  ])('%s', async (_name, text) => {
    expect(await serverOf({ 'main.ts': text })).toBe('unknown');
  });

  it('but a parameter property that all calls leave to its default is', async () => {
    expect(await serverOf({ 'main.ts': `${TS_MONITOR}}\nnew Monitor().start();\n` })).toBe('literal:localhost:6379');
  });
});
