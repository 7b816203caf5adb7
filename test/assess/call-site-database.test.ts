/** Calls of methods that only ask the accessor for a database: which ask for themselves, and by which name. */

import { describe, expect, it } from 'vitest';
import { accessor, assessed, contract, settings } from './build.js';

const own = {
  language: 'python' as const,
  file: 'app/clients.py',
  name: 'get_client',
  library: 'redis-py',
  open: null,
  close: null,
};
const CONFIG = settings({
  accessors: [
    accessor({ ...own, contract: contract({ roles: ['command'], fixed: {} }) }),
    accessor({
      ...own,
      arguments: { later: true },
      contract: contract({ mode: 'coroutine', roles: ['command'], fixed: {} }),
    }),
  ],
  databases: [
    { name: 'main', number: 0, identity: ['default'] },
    { name: 'cache', number: 1, identity: ['default'] },
  ],
  wrappers: [{ class: 'Manager', module: 'app.manager', instance: null, callSites: true }],
});

const KINDS = `from enum import Enum, IntEnum
class Database(Enum):
    MAIN = "main"
    CACHE = "cache"
    SPARE = "main"
class Odd(Enum):
    CACHE = object()
class Other(Enum):
    CACHE = "cache"
    def name(self):
        return "main"
`;

const MANAGER = `from app.clients import get_client
from app.kinds import Database
class Manager:
    def get(self, database):
        """A client."""
        name = database.name.lower() if isinstance(database, Database) else database
        return get_client(later=False, database=name)
    def of(self, kind=Database.CACHE):
        return get_client(database=kind.value)
    async def wait(self, database):
        return await get_client(later=True, database=database.name.lower())
    def plain(self, database: str = "cache"):
        return get_client(database=database)
    def log(self, database):
        print(database)
        return get_client(database=database)
    def safe(self, database):
        try:
            return get_client(database=database)
        except OSError:
            return None
    def kept(self, database):
        self.client = get_client(database=database)
        return self.client
    def more(self, database):
        return get_client(database=database, retries=3)
    def lazy(self, database):
        return get_client(later=True, database=database)
    @property
    def shared(self):
        return get_client(database="cache")
manager = Manager()
`;

async function asked(code: string, config = CONFIG) {
  const { sites, units } = await assessed(
    {
      'app/__init__.py': '',
      'app/clients.py': 'def get_client(later=False, database="main"):\n    return {}[database]\n',
      'app/kinds.py': KINDS,
      'app/manager.py': MANAGER,
      'app/user.py': `from app.kinds import Database, Odd, Other\nfrom app.manager import Manager, manager\n${code}\n`,
    },
    config,
  );
  const site = sites.find(({ category }) => category === 'call-site');
  const uses = units.flatMap(({ changes }) =>
    changes.flatMap(({ instructions }) => instructions.flatMap((one) => ('use' in one && one.use ? [one.use] : []))),
  );
  const written = uses.map(({ name, args }) => `${name}(${args.map((one) => `${one.name}=${one.value}`).join(', ')})`);
  return { verdict: site?.verdict, database: site?.database, written, codes: site?.reasons.map(({ code }) => code) };
}

describe('a call of a method that only asks the accessor', () => {
  it.each([
    ['a member of an enum', 'manager.get(Database.CACHE)', 'cache', 'get_client(database=cache)'],
    ['a second name of a value', 'manager.get(Database.SPARE)', 'main', 'get_client(database=main)'],
    ['a text', 'manager.get("cache")', 'cache', 'get_client(database=cache)'],
    ['a keyword', 'manager.get(database=Database.CACHE)', 'cache', 'get_client(database=cache)'],
    ['an own object', 'Manager().get(Database.CACHE)', 'cache', 'get_client(database=cache)'],
    ['a value of a member', 'manager.of(Database.MAIN)', 'main', 'get_client(database=main)'],
    ['a default', 'manager.of()', 'cache', 'get_client(database=cache)'],
    ['a text by default', 'manager.plain()', 'cache', 'get_client(database=cache)'],
  ])('asks for itself, with %s', async (_what, call, database, written) => {
    expect(await asked(`client = ${call}`)).toEqual({
      verdict: 'rewrite',
      database,
      written: [written],
      codes: ['call-site-database'],
    });
  });

  it.each([
    ['waits', 'await manager.wait(Database.CACHE)'],
    ['gives what can be awaited', 'await manager.lazy("cache")'],
  ])('that %s asks the accessor that is awaited', async (_what, call) => {
    const found = await asked(`async def main():\n    return ${call}`);
    expect(found).toMatchObject({ verdict: 'rewrite', database: 'cache' });
    expect(found.written).toEqual(['get_client(later=true, database=cache)']);
  });

  it('says why it cannot ask for itself', async () => {
    const { codes } = await asked('client = manager.get("elsewhere")');
    expect(codes).toEqual(['call-site-asks']);
  });

  it.each([
    ['is not awaited', 'client = manager.wait(Database.CACHE)'],
    ['is awaited and gives a client', 'async def main():\n    return await manager.get("cache")'],
    ['asks for what the configuration does not have', 'client = manager.get("elsewhere")'],
    ['asks for what is not known', 'client = manager.get(input())'],
    ['is given a list', 'client = manager.get(*["cache"])'],
    ['is given a member whose value is computed', 'client = manager.get(Odd.CACHE)'],
    ['is given a member of another enum', 'client = manager.get(Other.CACHE)'],
    ['prints', 'client = manager.log("cache")'],
    ['catches', 'client = manager.safe("cache")'],
    ['keeps the client', 'client = manager.kept("cache")'],
    ['has arguments of its own', 'client = manager.more("cache")'],
    ['may be another one', 'import app.manager\napp.manager.manager = object()\nclient = manager.get("cache")'],
    ['has an enum that is changed', 'Database.CACHE = "main"\nclient = manager.get(Database.CACHE)'],
  ])('that %s stays', async (_what, code) => {
    const found = await asked(code);
    expect(found).toMatchObject({ verdict: 'keep', written: [] });
  });
});
