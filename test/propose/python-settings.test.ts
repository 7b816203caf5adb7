/** Python services whose addresses are members of a settings object: proposed, migrated, and run on a real Redis before and after. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/model/change.js';
import type { InitReport } from '../../src/report/index.js';
import { commitAll } from '../apply/workshop.js';
import { Program, start } from '../cli/program.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';

const program = new Program();
let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  program.drop();
  await server?.stop();
});

/** A URL that is no text, as those of pydantic are. */
const SETTINGS = `import os
from functools import lru_cache


class Url:
    def __init__(self, text):
        self._text = text

    def __str__(self):
        return self._text

    def unicode_string(self):
        return self._text


class Server:
    def __init__(self):
        self.host, port = os.environ["ADDRESS"].split(":")
        self.port = int(port)
        self.password = None


class Settings:
    def __init__(self):
        self.redis = Server()
        self.database = 3
        self.events = Url("redis://" + os.environ["ADDRESS"] + "/1")
        self.reports = "redis://" + os.environ["ADDRESS"] + "/2"


settings = Settings()


@lru_cache
def get_settings():
    return Settings()
`;

const opening = (imported: string, arguments_: string, name: string) =>
  `import redis\n${imported}\n\nclient = redis.Redis${arguments_}\n\n\ndef count():\n    return client.incr("${name}")\n`;

const whole = (config: string) => ({
  'app/__init__.py': '',
  'app/core/__init__.py': '',
  'app/core/config.py': SETTINGS,
  'app/sales.py': opening(
    config,
    '(host=settings.redis.host, port=settings.redis.port, db=settings.database, password=settings.redis.password)',
    'sales',
  ),
  'app/events.py': opening(config, '.from_url(str(settings.events))', 'events'),
  'app/logins.py': opening(config, '.from_url(settings.events.unicode_string())', 'logins'),
});

function ask<T>(root: string, ...args: string[]): T {
  const { code, out, err } = program.run(root, [...args, '--format', 'json']);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

/** What the modules count, and the connections that the server has had meanwhile. */
function run(root: string, modules: readonly string[]): string[] {
  const counts = modules.map((name) => `print("${name}", ${name}.count())`);
  const imports = modules.map((name) => `from app import ${name}`);
  const python = pythonWith(['redis'], ['python3-redis']);
  const redis = { host: '127.0.0.1', port: server.port };
  const env = { ADDRESS: `${redis.host}:${redis.port}`, CONFIG: JSON.stringify({ redis }) };
  const { code, out, err } = start(python, ['-B', '-c', [...imports, ...counts].join('\n')], root, env);
  if (code !== 0) throw new Error(err);
  return out.trim().split('\n');
}

/** Proposes and migrates; gives the accessor's text and how many sites were rewritten. */
function migrated(root: string): { accessor: string; rewritten: number } {
  const { written } = ask<InitReport>(root, 'init', '--yes', '--scaffold', 'default');
  const [file = ''] = written;
  commitAll(root);
  const { totals } = ask<ApplyReport>(root, 'apply', '--batch', 'all');
  return { accessor: readFileSync(join(root, file), 'utf8'), rewritten: totals.rewritten };
}

describe('settings of a service', () => {
  it('are read by the accessor as the service reads them', () => {
    const root = program.tree(whole('from app.core.config import settings'));
    const modules = ['sales', 'events', 'logins'];
    expect(run(root, modules)).toEqual(['sales 1', 'events 1', 'logins 1']);
    const { accessor, rewritten } = migrated(root);
    expect(rewritten).toBe(3);
    expect(accessor).toContain('import redis\n\nfrom app.core.config import settings\n\n');
    expect(accessor).toContain('"main": lambda: {"url": str(settings.events)}');
    expect(accessor).toContain('"password": settings.redis.password');
    expect(run(root, modules)).toEqual(['sales 2', 'events 2', 'logins 2']);
  });

  it.each([
    ['a module that is imported as a whole', 'from app.core import config', 'config.settings', 'from app.core.config'],
    ['a relative import', 'from .core.config import settings', 'settings', 'from .core.config'],
  ])('are imported from %s', (_name, imported, name, line) => {
    const files = whole(imported);
    const texts = Object.entries(files).map(([file, text]) =>
      file.startsWith('app/core/') ? [file, text] : [file, text.replaceAll(/\bsettings\./g, `${name}.`)],
    );
    const root = program.tree(Object.fromEntries(texts) as Record<string, string>);
    const before = run(root, ['sales', 'events', 'logins']);
    const { accessor, rewritten } = migrated(root);
    expect(rewritten).toBe(3);
    expect(accessor).toContain(`\n${line} import settings\n`);
    const next = before.map((one) => one.replace(/\d+$/, (count) => String(Number(count) + 1)));
    expect(run(root, ['sales', 'events', 'logins'])).toEqual(next);
  });

  it('may be what a function gives that makes them once', () => {
    const root = program.tree({
      'app/__init__.py': '',
      'app/config.py': SETTINGS,
      'app/reports.py': opening('from app.config import get_settings', '.from_url(get_settings().reports)', 'reports'),
    });
    const before = run(root, ['reports']);
    const { accessor, rewritten } = migrated(root);
    expect([before, rewritten]).toEqual([['reports 1'], 1]);
    expect(accessor).toContain('from app.config import get_settings\n');
    expect(accessor).toContain('"main": lambda: {"url": str(get_settings().reports)}');
    expect(run(root, ['reports'])).toEqual(['reports 2']);
  });

  it('may be a dictionary, whose items are no attributes', () => {
    const root = program.tree({
      'app/__init__.py': '',
      'app/config.py': 'import json\nimport os\n\nCONFIG = json.loads(os.environ["CONFIG"])\n',
      'app/stock.py': opening(
        'from app.config import CONFIG',
        '(host=CONFIG["redis"]["host"], port=CONFIG["redis"]["port"], db=4)',
        'stock',
      ),
    });
    const before = run(root, ['stock']);
    const { accessor, rewritten } = migrated(root);
    expect([before, rewritten]).toEqual([['stock 1'], 1]);
    expect(accessor).toContain('from app.config import CONFIG as settings\n');
    expect(accessor).toContain('{"host": settings["redis"]["host"], "port": settings["redis"]["port"], "db": 4}');
    expect(run(root, ['stock'])).toEqual(['stock 2']);
  });

  it('do not go in a circle where they import what opens', () => {
    // The settings import what opens, so the module opens in a function and asks for them there.
    const lazy = `import redis\n\n\ndef count():\n    from app.config import settings\n    client = redis.Redis.from_url(settings.reports)\n    return client.incr("lazy")\n`;
    const root = program.tree({
      'app/__init__.py': '',
      'app/config.py': `from app import lazy  # noqa: F401\n${SETTINGS}`,
      'app/lazy.py': lazy,
    });
    expect(run(root, ['lazy'])).toEqual(['lazy 1']);
    migrated(root);
    expect(run(root, ['lazy'])).toEqual(['lazy 2']);
  });
});
