/** Deprecated imports and instances of wrapper classes: which change, which stay, and why. Each case in both languages. */

import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/model/config.js';
import type { Site } from '../../src/model/site.js';
import { accessor, assessed, MANIFEST, settings } from './build.js';

const PYTHON: Config = settings({
  accessors: [accessor({ language: 'python', file: 'app/redis.py', name: 'get_redis', library: 'redis-py' })],
  wrappers: [{ class: 'Manager', module: 'app.manager', instance: 'manager' }],
  deprecated: [
    deprecated('python', 'app.old', 'get_client', 'app.manager', 'get_manager'),
    deprecated('python', 'app.old', 'Old', 'app.manager', 'manager', 'call'),
    deprecated('python', 'app.old', 'missing', 'app.manager', 'nothing'),
    deprecated('python', 'app.gone', 'thing', 'app.manager', 'get_manager'),
    deprecated('python', 'app.old', 'Kind', 'app.manager', 'manager'),
    deprecated('python', 'app.old', 'held', 'app.manager', 'manager'),
  ],
});
const JAVASCRIPT: Config = settings({
  wrappers: [{ class: 'Manager', module: 'src/manager.ts', instance: 'manager' }],
  deprecated: [
    deprecated('javascript', 'src/old.ts', 'getClient', 'src/manager.ts', 'getManager'),
    deprecated('javascript', 'src/old.ts', 'Old', 'src/manager.ts', 'manager', 'call'),
    deprecated('javascript', 'src/old.ts', 'missing', 'src/manager.ts', 'nothing'),
    deprecated('javascript', 'src/gone.ts', 'thing', 'src/manager.ts', 'getManager'),
    deprecated('javascript', 'src/old.ts', 'Kind', 'src/manager.ts', 'manager'),
  ],
});

function deprecated(
  language: 'javascript' | 'python',
  module: string,
  name: string,
  to: string,
  use: string,
  drop: 'call' | null = null,
): Config['deprecated'][number] {
  return { language, module, name, use: { module: to, name: use, drop } };
}

const PYTHON_FILES = {
  'app/__init__.py': '',
  'app/manager.py': [
    'import redis',
    'class Manager:',
    '    def __init__(self, db=0):',
    '        self.client = redis.Redis(db=db)',
    '    def get(self, key):',
    '        return self.client.get(key)',
    '    def close(self):',
    '        self.client.close()',
    'manager = Manager()',
    'def get_manager():',
    '    return manager',
    '',
  ].join('\n'),
  'app/old.py': 'def get_client(): ...\nclass Old: ...\nclass Kind: ...\nmissing = 1\nheld = Kind()\n',
};
const JAVASCRIPT_FILES = {
  'package.json': MANIFEST,
  'src/manager.ts': [
    "import Redis from 'ioredis';",
    'export class Manager {',
    '  client: Redis;',
    '  constructor(db = 0) { this.client = new Redis({ db }); }',
    '  get(key: string) { return this.client.get(key); }',
    '  close() { return this.client.quit(); }',
    '}',
    'export const manager = new Manager();',
    'export function getManager() { return manager; }',
    '',
  ].join('\n'),
  'src/old.ts':
    'export function getClient() {}\nexport class Old {}\nexport class Kind {}\nexport const missing = 1;\n',
};

/** `category verdict: codes` of the rows in one file; notes left out. */
async function rowsOf(file: string, text: string, more: Record<string, string> = {}): Promise<string[]> {
  const python = file.endsWith('.py');
  const files = { ...(python ? PYTHON_FILES : JAVASCRIPT_FILES), ...more, [file]: text };
  const { sites } = await assessed(files, python ? PYTHON : JAVASCRIPT, { includeTests: true });
  return sites.filter((site) => site.file === file && isOurs(site)).map(rowOf);
}

function isOurs({ category }: Site): boolean {
  return category === 'deprecated-import' || category === 'wrapper-instance';
}

const NOTES = new Set(['deprecated', 'instance-of', 'role', 'purpose']);

function rowOf({ category, verdict, reasons }: Site): string {
  const codes = reasons.map(({ code }) => code).filter((code) => !NOTES.has(code));
  return [`${category} ${verdict}`, ...codes].join(' ');
}

type Case = [name: string, text: string, rows: string[], more?: Record<string, string>];

const IMPORT = 'deprecated-import';
const INSTANCE = 'wrapper-instance';

describe('deprecated imports, Python', () => {
  it.each<Case>([
    ['a used name moves', 'from app.old import get_client\nget_client()\n', [`${IMPORT} rewrite`]],
    ['a relative import is the same module', 'from .old import get_client\nget_client()\n', [`${IMPORT} rewrite`]],
    ['another name of the module is no row', 'from app.old import other\nother()\n', []],
    ['the same name of another module is no row', 'from app.older import get_client\nget_client()\n', []],
    ['a star import stays', 'from app.old import *\nget_client()\n', [`${IMPORT} keep import-star`]],
    ['a module whose name is read stays', 'from app import old\nold.get_client()\n', [`${IMPORT} keep import-module`]],
    ['a module whose other names are read is no row', 'from app import old\nold.other()\n', []],
    ['a dotted module stays', 'import app.old\napp.old.get_client()\n', [`${IMPORT} keep import-module`]],
    [
      'a replacement that is not there',
      'from app.old import missing\nprint(missing)\n',
      [`${IMPORT} keep import-target`],
    ],
    ['a class with all its calls', 'from app.old import Old\nOld().get("a")\n', [`${IMPORT} rewrite`]],
    [
      'a class that is annotated too',
      'from app.old import Old\ndef f(x: Old): return Old()\n',
      [`${IMPORT} keep class-in-use`],
    ],
    [
      'a class that others import from here',
      'from app.old import Old\nx = Old()\n',
      [`${IMPORT} keep class-in-use`],
      { 'app/b.py': 'from app.a import Old\n' },
    ],
    [
      'a class that is imported as itself, for others',
      'from app.old import Old as Old\nx = Old()\n',
      [`${IMPORT} keep class-in-use`],
    ],
    [
      'a class that is imported as itself, in a function',
      'def f():\n    from app.old import Old as Old\n    return Old().get("a")\n',
      [`${IMPORT} rewrite`],
    ],
    ['a class under another name', 'from app.old import Old as Older\nx = Older()\n', [`${IMPORT} rewrite`]],
    [
      'a class that is listed for others',
      'from app.old import Old\n__all__ = ["Old"]\nx = Old()\n',
      [`${IMPORT} keep class-in-use`],
    ],
    [
      'a class beside a list of other names',
      'from app.old import Old\n__all__ = ["x"]\nx = Old()\n',
      [`${IMPORT} rewrite`],
    ],
    ['a class that is given arguments', 'from app.old import Old\nx = Old(1)\n', [`${IMPORT} keep instance-arguments`]],
    [
      'a member that the new class lacks',
      'from app.old import Old\nx = Old()\nx.scan_all()\n',
      [`${IMPORT} keep instance-member`],
    ],
    [
      'a call that waits for what is no coroutine',
      'from app.old import get_client\nasync def f():\n    await get_client()\n',
      [`${IMPORT} keep import-call`],
    ],
    [
      'an argument that the new one does not take',
      'from app.old import get_client\nget_client("main")\n',
      [`${IMPORT} keep import-call`],
    ],
    [
      'a keyword that the new one does not take',
      'from app.old import get_client\nget_client(db=1)\n',
      [`${IMPORT} keep import-call`],
    ],
    [
      'an argument that may bind another parameter',
      'from app.old import get_client\nget_client("main")\n',
      [`${IMPORT} keep import-call`],
      {
        'app/manager.py': PYTHON_FILES['app/manager.py'].replace(
          'get_manager()',
          'get_manager(async_client=False, database="main")',
        ),
      },
    ],
    [
      'a keyword that both take',
      'from app.old import get_client\nget_client(database="main")\n',
      [`${IMPORT} rewrite`],
      {
        'app/manager.py': PYTHON_FILES['app/manager.py'].replace(
          'get_manager()',
          'get_manager(async_client=False, database="main")',
        ),
      },
    ],
    [
      'an argument in the same place',
      'from app.old import get_client\nget_client("main")\n',
      [`${IMPORT} rewrite`],
      {
        'app/old.py': 'def get_client(database): ...\n',
        'app/manager.py': PYTHON_FILES['app/manager.py'].replace('get_manager()', 'get_manager(database="main")'),
      },
    ],
    [
      'a coroutine function for a plain one',
      'from app.old import get_client\nget_client()\n',
      [`${IMPORT} keep import-target-kind`],
      { 'app/manager.py': PYTHON_FILES['app/manager.py'].replace('def get_manager', 'async def get_manager') },
    ],
    [
      'a method that must be awaited and is not',
      'from app.old import Old\nx = Old()\nx.get("a")\n',
      [`${IMPORT} keep instance-waits`],
      { 'app/manager.py': PYTHON_FILES['app/manager.py'].replace('    def get(', '    async def get(') },
    ],
    [
      'a method that is awaited and need not be',
      'from app.old import Old\nasync def f():\n    await Old().get("a")\n',
      [`${IMPORT} keep instance-waits`],
    ],
    [
      'an object that lacks a member',
      'from app.old import held\nheld.scan_all()\n',
      [`${IMPORT} keep instance-member`],
    ],
    ['an object that has the members', 'from app.old import held\nprint(held.get("a"))\n', [`${IMPORT} rewrite`]],
    [
      'an instance for a class without its calls',
      'from app.old import Kind\nx = Kind()\n',
      [`${IMPORT} keep import-target-kind`],
    ],
    [
      'a try around an import that succeeds',
      'try:\n    from app.old import get_client\nexcept ImportError:\n    get_client = None\nprint(get_client)\n',
      [`${IMPORT} rewrite`],
    ],
    [
      'a try made for an import that fails',
      'try:\n    from app.gone import thing\nexcept ImportError:\n    thing = None\nprint(thing)\n',
      [`${IMPORT} keep import-guarded`],
    ],
    [
      'a try that catches everything',
      'def f():\n    try:\n        from app.gone import thing\n        return thing()\n    except Exception:\n        return None\n',
      [`${IMPORT} review import-was-missing`],
    ],
    [
      'a try around a function with the import',
      'try:\n    def f():\n        from app.gone import thing\n        return thing()\nexcept ImportError:\n    pass\n',
      [`${IMPORT} rewrite`],
    ],
    [
      'an exempt line',
      'from app.old import get_client  # redis-migrate-ignore: later\nget_client()\n',
      [`${IMPORT} keep exempt`],
    ],
    [
      'the new module imports this file',
      'from app.old import get_client\nget_client()\n',
      [`${IMPORT} keep import-cycle`],
      { 'app/manager.py': `import app.a\n${PYTHON_FILES['app/manager.py']}` },
    ],
  ])('%s', async (_name, text, rows, more) => {
    expect(await rowsOf('app/a.py', text, more)).toEqual(rows);
  });
});

describe('deprecated imports, JavaScript', () => {
  it.each<Case>([
    ['a used name moves', "import { getClient } from './old';\ngetClient();\n", [`${IMPORT} rewrite`]],
    ['an extension is the same module', "import { getClient } from './old.js';\ngetClient();\n", [`${IMPORT} rewrite`]],
    ['another name of the module is no row', "import { other } from './old';\nother();\n", []],
    ['the same name of another module is no row', "import { getClient } from './older';\ngetClient();\n", []],
    [
      'a namespace whose name is read stays',
      "import * as old from './old';\nold.getClient();\n",
      [`${IMPORT} keep import-module`],
    ],
    ['a namespace whose other names are read is no row', "import * as old from './old';\nold.other();\n", []],
    ['a re-export moves', "export { getClient as client } from './old';\n", [`${IMPORT} rewrite`]],
    ['a re-export of everything stays', "export * from './old';\n", [`${IMPORT} keep import-star`]],
    [
      'a destructured require moves',
      "const { getClient: client } = require('./old');\nclient();\n",
      [`${IMPORT} rewrite`],
    ],
    [
      'a required module whose name is read stays',
      "const old = require('./old');\nold.getClient();\n",
      [`${IMPORT} keep import-module`],
    ],
    [
      'a replacement that is not there',
      "import { missing } from './old';\nconsole.log(missing);\n",
      [`${IMPORT} keep import-target`],
    ],
    ['a class with all its calls', "import { Old } from './old';\nnew Old().get('a');\n", [`${IMPORT} rewrite`]],
    [
      'a class that is a type too',
      "import { Old } from './old';\nexport const f = (x?: Old) => x ?? new Old();\n",
      [`${IMPORT} keep class-in-use`],
    ],
    [
      'a class that is given arguments',
      "import { Old } from './old';\nnew Old(1).get('a');\n",
      [`${IMPORT} keep instance-arguments`],
    ],
    [
      'a member that the new class lacks',
      "import { Old } from './old';\nconst x = new Old();\nx.scanAll();\n",
      [`${IMPORT} keep instance-member`],
    ],
    ['a re-exported class stays', "export { Old } from './old';\n", [`${IMPORT} keep class-in-use`]],
    [
      'an instance for a class without its calls',
      "import { Kind } from './old';\nnew Kind();\n",
      [`${IMPORT} keep import-target-kind`],
    ],
    [
      'a try around a require that fails',
      "let f;\ntry { const { thing } = require('./gone'); f = thing; } catch { f = null; }\n",
      [`${IMPORT} keep import-guarded`],
    ],
    [
      'a try around a require that succeeds',
      "let f;\ntry { const { getClient } = require('./old'); f = getClient; } catch { f = null; }\n",
      [`${IMPORT} rewrite`],
    ],
    [
      'an exempt line',
      "import { getClient } from './old'; // redis-migrate-ignore: later\ngetClient();\n",
      [`${IMPORT} keep exempt`],
    ],
    [
      'the new module imports this file',
      "import { getClient } from './old';\ngetClient();\n",
      [`${IMPORT} keep import-cycle`],
      { 'src/manager.ts': `import './a';\n${JAVASCRIPT_FILES['src/manager.ts']}` },
    ],
  ])('%s', async (_name, text, rows, more) => {
    expect(await rowsOf('src/a.ts', text, more)).toEqual(rows);
  });
});

describe('instances of wrapper classes, Python', () => {
  const FROM = 'from app.manager import Manager\n';
  it.each<Case>([
    ['at module level', `${FROM}m = Manager()\nm.get("a")\n`, [`${INSTANCE} rewrite`]],
    [
      'a member',
      `${FROM}class A:\n    def __init__(self):\n        self.m = Manager()\n    def f(self):\n        return self.m.get("a")\n`,
      [`${INSTANCE} rewrite`],
    ],
    ['a default argument', `${FROM}def f(m=Manager()):\n    return m.get("a")\n`, [`${INSTANCE} rewrite`]],
    ['a fallback', `${FROM}def f(m=None):\n    return (m or Manager()).get("a")\n`, [`${INSTANCE} rewrite`]],
    ['a call in passing', `${FROM}def f():\n    return Manager().get("a")\n`, [`${INSTANCE} rewrite`]],
    ['through its module', 'from app import manager\nmanager.Manager().get("a")\n', [`${INSTANCE} rewrite`]],
    ['a class of the same name elsewhere is no row', 'class Manager: ...\nManager()\n', []],
    ['the instance by its name is no row', 'from app.manager import manager\nmanager.get("a")\n', []],
    ['arguments', `${FROM}Manager(3).get("a")\n`, [`${INSTANCE} keep instance-arguments`]],
    ['keywords', `${FROM}Manager(db=3).get("a")\n`, [`${INSTANCE} keep instance-arguments`]],
    [
      'a keyword that the class does not have',
      `${FROM}Manager(host="a").get("a")\n`,
      [`${INSTANCE} keep instance-call-fails`],
    ],
    ['more positions than the class has', `${FROM}Manager(3, 4).get("a")\n`, [`${INSTANCE} keep instance-call-fails`]],
    ['arguments that are spread', `${FROM}Manager(**options).get("a")\n`, [`${INSTANCE} keep instance-arguments`]],
    [
      'closed by its owner',
      `${FROM}def f():\n    m = Manager()\n    m.close()\n`,
      [`${INSTANCE} keep instance-closed`],
    ],
    [
      'closed through a field',
      `${FROM}class A:\n    def __init__(self):\n        self.m = Manager()\n    def stop(self):\n        self.m.close()\n`,
      [`${INSTANCE} keep instance-closed`],
    ],
    ['entered', `${FROM}with Manager() as m:\n    m.get("a")\n`, [`${INSTANCE} keep instance-closed`]],
    ['changed', `${FROM}m = Manager()\nm.client = None\n`, [`${INSTANCE} keep instance-changed`]],
    ['a member that it lacks', `${FROM}m = Manager()\nm.scan_all()\n`, [`${INSTANCE} keep instance-member`]],
    [
      'perhaps another class',
      `${FROM}import os\nclass Other: ...\nkind = Manager if os.name else Other\nkind().get("a")\n`,
      [`${INSTANCE} keep instance-unsure`],
    ],
  ])('%s', async (_name, text, rows) => {
    expect(await rowsOf('app/a.py', text)).toEqual(rows);
  });

  it.each([
    'monkeypatch.setenv("REDIS_HOST", "x")',
    'os.environ["REDIS_HOST"] = "x"',
    'os.environ.update(REDIS_HOST="x")',
    'env.set("REDIS_HOST", "x")',
    'patcher = patch("app.manager.redis.Redis")',
    'patcher = patch.dict(os.environ, {})',
  ])('stays where the environment was changed before: %s', async (change) => {
    const text = `import os\n${FROM}def test_it(monkeypatch, env, patch):\n    ${change}\n    Manager().get("a")\ndef test_other(patch):\n    patch("app.mail.send")\n    Manager().get("a")\n`;
    expect(await rowsOf('tests/test_a.py', text)).toEqual([
      `${INSTANCE} keep instance-after-patch`,
      `${INSTANCE} rewrite`,
    ]);
  });

  it('keeps the one that is the instance itself', async () => {
    expect(await rowsOf('app/manager.py', PYTHON_FILES['app/manager.py'])).toEqual([
      `${INSTANCE} keep instance-itself`,
    ]);
  });

  it.each([
    ['is not there', 'manager = Manager()', 'other = Manager()', 'keep instance-unknown'],
    ['is something else', 'manager = Manager()', 'manager = object()', 'keep instance-unknown'],
    [
      'may be nothing yet',
      'manager = Manager()',
      'manager = None\ndef init():\n    global manager\n    manager = Manager()',
      'keep instance-unknown',
    ],
    ['is made with arguments', 'manager = Manager()', 'manager = Manager(3)', 'review instance-other-arguments'],
    [
      'is a function that asks for arguments',
      'manager = Manager()',
      'def manager(db): return Manager(db)',
      'keep instance-unknown',
    ],
    ['is a function', 'manager = Manager()', 'def manager(): return Manager()', 'rewrite'],
  ])('when what stands for it %s', async (_name, from, to, row) => {
    const more = { 'app/manager.py': PYTHON_FILES['app/manager.py'].replace(from, to) };
    expect(await rowsOf('app/a.py', `${FROM}Manager().get("a")\n`, more)).toEqual([`${INSTANCE} ${row}`]);
  });
});

describe('instances of wrapper classes, JavaScript', () => {
  const FROM = "import { Manager } from './manager';\n";
  it.each<Case>([
    ['at module level', `${FROM}const m = new Manager();\nm.get('a');\n`, [`${INSTANCE} rewrite`]],
    [
      'a member',
      `${FROM}class A { #m = new Manager(); f() { return this.#m.get('a'); } }\nexport type B = A;\n`,
      [`${INSTANCE} rewrite`],
    ],
    ['a default argument', `${FROM}export const f = (m = new Manager()) => m.get('a');\n`, [`${INSTANCE} rewrite`]],
    ['a call in passing', `${FROM}export const f = () => new Manager().get('a');\n`, [`${INSTANCE} rewrite`]],
    ['a class of the same name elsewhere is no row', 'class Manager {}\nnew Manager();\n', []],
    ['arguments', `${FROM}new Manager(3).get('a');\n`, [`${INSTANCE} keep instance-arguments`]],
    [
      'closed by its owner',
      `${FROM}export const f = () => { const m = new Manager(); m.close(); };\n`,
      [`${INSTANCE} keep instance-closed`],
    ],
    ['changed', `${FROM}const m = new Manager();\nm.client = null as never;\n`, [`${INSTANCE} keep instance-changed`]],
    ['a member that it lacks', `${FROM}const m = new Manager();\nm.scanAll();\n`, [`${INSTANCE} keep instance-member`]],
  ])('%s', async (_name, text, rows) => {
    expect(await rowsOf('src/a.ts', text)).toEqual(rows);
  });
});

describe('purposes', () => {
  const purposeIn = async (file: string, text: string): Promise<string[]> => {
    const python = file.endsWith('.py');
    const files = { ...(python ? PYTHON_FILES : JAVASCRIPT_FILES), [file]: text };
    const { sites, units } = await assessed(files, python ? PYTHON : JAVASCRIPT, { includeTests: true });
    const own = sites.filter((site) => site.file === file && isOurs(site));
    return own.map((site) => `${site.purpose} ${units.find(({ id }) => id === site.unit)?.purpose}`);
  };

  it.each([
    ['an import that nothing uses', 'from app.old import Old, get_client\n', 'imports imports'],
    [
      'a name that gives what nobody looks at',
      'from app.old import get_client\nprint(get_client())\n',
      'imports imports',
    ],
    [
      'a name whose object sends commands',
      'from app.old import get_client\nget_client().get("a")\n',
      'read-cache read-cache',
    ],
    [
      'the riskiest of its commands',
      'from app.old import held\nheld.get("a")\nheld.publish("a", "b")\n',
      'messaging undefined',
    ],
    ['a class that becomes shared, used for nothing known', 'from app.old import Old\nx = Old()\n', 'unknown unknown'],
    [
      'a class whose instance sends commands',
      'from app.old import Old\nx = Old()\nx.get("a")\n',
      'read-cache read-cache',
    ],
  ])('of deprecated imports: %s', async (_name, text, purpose) => {
    expect(await purposeIn('app/a.py', text)).toEqual([purpose]);
  });

  it('are the same in JavaScript', async () => {
    const text = "import { getClient } from './old';\nimport { Old } from './old';\nnew Old().get('a');\n";
    expect(await purposeIn('src/a.ts', text)).toEqual(['imports imports', 'read-cache read-cache']);
  });

  it('of instances are those of the client inside, else those of the commands here', async () => {
    const more = {
      ...PYTHON_FILES,
      'app/manager.py': 'class Manager:\n    def get(self, key): ...\nmanager = Manager()\n',
    };
    const text = 'from app.manager import Manager\nManager().get("a")\n';
    const { sites } = await assessed({ ...more, 'app/a.py': text }, PYTHON, { includeTests: true });
    expect(sites.filter(({ file }) => file === 'app/a.py').map(({ purpose }) => purpose)).toEqual(['read-cache']);
    expect(await purposeIn('app/a.py', text)).toEqual(['read-cache read-cache']);
  });
});

describe('a call that the class refuses', () => {
  const HEAD = 'import redis\n';
  const TAIL = '    def get(self, key): ...\nmanager = Manager()\n';
  it.each([
    ['fails where there is no constructor', 'class Manager:\n', 'Manager(db=3)', 'instance-call-fails'],
    [
      'may not where its constructor takes any keyword',
      'class Manager:\n    def __init__(self, **all): ...\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
    [
      'may not where it has a base',
      'class Manager(Base):\n    def __init__(self): ...\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
    [
      'may not where it has a metaclass',
      'class Manager(metaclass=Meta):\n    def __init__(self): ...\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
    [
      'may not where it has a decorator',
      '@made\nclass Manager:\n    db: int = 0\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
    [
      'may not where its constructor has a decorator',
      'class Manager:\n    @made\n    def __init__(self): ...\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
    [
      'may not where it has `__new__`',
      'class Manager:\n    def __new__(cls, **all): ...\n',
      'Manager(db=3)',
      'instance-arguments',
    ],
  ])('%s', async (_name, declared, call, code) => {
    const files = {
      ...PYTHON_FILES,
      'app/manager.py': HEAD + declared + TAIL,
      'app/a.py': `from app.manager import Manager\n${call}.get("a")\n`,
    };
    const { sites } = await assessed(files, PYTHON, { includeTests: true });
    const codes = sites
      .filter(({ file }) => file === 'app/a.py')
      .flatMap(({ reasons }) => reasons.map((one) => one.code));
    expect(codes.filter((one) => /^instance-(?:arguments|call-fails)$/.test(one))).toEqual([code]);
  });
});

/** What a script leaves that takes an import away, and of two lines makes one that does not parse. */
const LEFT = [
  'def ping(host):',
  '    try:',
  '        client = # to be moved: redis.Redis(',
  'redis.Redis(host=host, port=6379)',
  '        client.ping()',
  '        return True',
  '    except Exception:',
  '        return False',
  '',
].join('\n');

describe('names that nothing binds', () => {
  it.each<Case>([
    ['a wrapper class', 'x = Manager().get("a")\n', [`${INSTANCE} keep unbound-name`]],
    ['a deprecated name', 'def f():\n    return Old().get("a")\n', [`${INSTANCE} keep unbound-name`]],
    [
      'an import of another function',
      'def f():\n    from app.old import Old\ndef g():\n    Old()\n',
      [`${IMPORT} rewrite`, `${INSTANCE} keep unbound-name`],
    ],
    ['a name that the file binds', 'def Manager():\n    pass\nManager()\n', []],
    ['a name that is not called', 'print(Manager)\n', []],
  ])('%s, Python', async (_, text, rows, more) => expect(await rowsOf('app/a.py', text, more)).toEqual(rows));

  it('a class, TypeScript', async () => {
    const text = 'export const cache = new Manager();\n';
    expect(await rowsOf('src/a.ts', text)).toEqual([`${INSTANCE} keep unbound-name`]);
  });

  it('an opening in a file that does not parse', async () => {
    const files = { ...PYTHON_FILES, 'app/a.py': LEFT };
    const { sites } = await assessed(files, PYTHON, { includeTests: true });
    const found = sites.filter(({ file, category }) => file === 'app/a.py' && category === 'client');
    expect(found.map(({ line, verdict }) => [line, verdict])).toEqual([[4, 'keep']]);
    expect(found[0]?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['unbound-name', 'file-problems']),
    );
  });
});
