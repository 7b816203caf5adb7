// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
import { describe, expect, it } from 'vitest';
import { LIBRARIES } from '../../src/libraries/index.js';
import { gateRules } from '../../src/scan/gate.js';
import { startScan } from '../../src/scan/index.js';
import { makeTree } from './tree.js';

const JAVASCRIPT = "import Redis from 'ioredis';\n\nexport const redis = new Redis();\n";
const PYTHON = 'import redis\n\ncache = redis.Redis()\n';

/** Of `src/plugins/db.ts` and `app/plugins/db.py`, what one more file may load; `any`: whatever there is. */
async function meant(file: string, text: string): Promise<string[]> {
  const loads = await loadsIn(file, text);
  return [...new Set(loads.flatMap(({ at, modules }) => [`${at.line} ${modules === null ? 'any' : modules.join()}`]))];
}

async function loadsIn(file: string, text: string) {
  const root = makeTree({
    'package.json': '{ "name": "app", "dependencies": { "ioredis": "5.0.0" } }',
    'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
    'requirements.txt': 'redis==5.0.8\n',
    'src/plugins/db.ts': JAVASCRIPT,
    'app/__init__.py': '',
    'app/plugins/__init__.py': '',
    'app/plugins/db.py': PYTHON,
    [file]: text,
  });
  const rules = gateRules(LIBRARIES);
  const scan = await startScan({ root, include: [], exclude: [], jobs: 1, cacheDir: null, rules });
  await scan.round(null);
  return scan.computedLoads();
}

const DB = '1 src/plugins/db.ts';
const PY = '1 app/plugins/db.py';

describe('modules that JavaScript may load under a computed name', () => {
  it.each([
    ['a template', 'import(`./plugins/${name}.js`);', DB],
    ['a template without an extension', 'import(`./plugins/${name}`);', DB],
    ['a sum', "require('./plugins/' + name);", DB],
    ['the begin of the name', "require('./plugins/d' + name);", DB],
    ['folders', 'import(`./${folder}/${name}.js`);', DB],
    ['the folder of the file', "require(path.join(__dirname, 'plugins', name));", DB],
    ['its folder in a template', 'require(`${__dirname}/plugins/${name}`);', DB],
    ['a URL', "import(new URL('./plugins/' + name, import.meta.url).href);", DB],
    ['an alias', 'import(`@/plugins/${name}`);', DB],
    ['a constant', "const FOLDER = './plugins'; import(FOLDER + '/' + name);", DB],
    ['a name that stands elsewhere', "const NAME = './plugins/db'; require(NAME);", DB],
    ['one of two', "import(live ? './plugins/db' : './other/' + name);", DB],
    ['a comment of a bundler', 'import(/* webpackChunkName: "p" */ `./plugins/${name}`);', DB],
    ['a glob', "import.meta.glob('./plugins/*.ts', { eager: true });", DB],
    ['a glob of a folder above', "import.meta.glob(['/src/**/d*.ts', '!**/x.ts']);", DB],
    ['a context', "require.context('./plugins', true);", DB],
    [
      'a made require',
      "import { createRequire } from 'node:module'; createRequire(import.meta.url)('./plugins/' + name);",
      DB,
    ],
    ['a test', 'jest.requireActual(`./plugins/${name}`);', DB],
    ['a package that loads folders', "require('require-dir')('./plugins');", DB],
    ['any name', 'import(name);', '1 any'],
    ['require that is given away', 'names.map(require);', '1 any'],
    ['require under another name', 'const load = require; load(name);', '1 any'],
    ['an absolute path', "require(path.resolve('plugins', name));", '1 any'],
    ['a file of that name somewhere', 'require(`${folder}/db.js`);', DB],
  ])('%s', async (_, text, expected) => {
    expect(await meant('src/load.js', `${text}\n`)).toContain(expected);
  });

  it.each([
    ['another folder', 'import(`./pages/${name}.js`);'],
    ['another begin of the name', "require('./plugins/page-' + name);"],
    ['data', 'import(`./plugins/${name}.json`);'],
    ['another end', 'import(`./plugins/${name}.page.js`);'],
    ['another package', 'import(`@fonts/${name}`);'],
    ['a name that is written out', "import('./plugins/db'); require(`./plugins/db`);"],
    ['a comment', '// import(name) and require(name)\n/* require(name) */'],
    ['a text', 'const text = "import(name)";'],
    ['what asks whether there is a require', "if (typeof require !== 'undefined' && require.main === module) run();"],
    ['a glob elsewhere', "import.meta.glob('./pages/*.ts');"],
    ['a file of another name somewhere', 'require(`${folder}/index.js`);'],
  ])('not %s', async (_, text) => {
    expect(await meant('src/load.js', `${text}\n`)).toEqual([]);
  });
});

describe('modules that Python may load under a computed name', () => {
  it.each([
    ['an f-string', 'importlib.import_module(f"app.plugins.{name}")', PY],
    ['a sum', '__import__("app.plugins." + name)', PY],
    ['a format', 'import_module("app.plugins.{}".format(name))', PY],
    ['a percent sign', 'import_module("app.%s" % name)', PY],
    ['a join', 'import_module(".".join(["app", "plugins", name]))', PY],
    ['its own package', 'import_module("." + name, package="app.plugins")', PY],
    ['the package of the file', 'import_module(f"{__package__}.plugins.{name}")', PY],
    ['a relative name', 'import_module(f".plugins.{name}", __package__)', PY],
    ['a name of Django', 'import_string(f"app.plugins.{name}")', PY],
    ['loaded modules', 'sys.modules[f"app.plugins.{name}"].cache', PY],
    ['a path', 'spec_from_file_location("mod", folder + "/db.py")', PY],
    ['any name', 'import_module(name)', '1 any'],
    ['any path', 'runpy.run_path(path)', '1 any'],
    ['a loader that is given away', 'list(map(import_module, names))', '1 any'],
  ])('%s', async (_, text, expected) => {
    expect(await meant('app/load.py', `${text}\n`)).toContain(expected);
  });

  it.each([
    ['another package', 'import_module(f"app.pages.{name}")'],
    ['another package of its own', 'import_module("." + name, package="app.pages")'],
    ['the module itself', 'import sys\nthis = sys.modules[__name__]'],
    ['a comment', '# import_module(name)'],
    ['an import of the loader', 'from importlib import import_module'],
    ['a path to another file', 'spec_from_file_location("mod", folder + "/other.py")'],
  ])('not %s', async (_, text) => {
    expect(await meant('app/load.py', `${text}\n`)).toEqual([]);
  });

  it('a module of its own, found by its name, is meant by itself only', async () => {
    expect(await meant('app/plugins/db.py', `import sys\n${PYTHON}this = sys.modules[__name__]\n`)).toEqual([]);
  });
});

describe('what is read of a module that a computed name loads', () => {
  it.each<[string, string, string[] | null]>([
    ['src/load.js', 'require(name).setup();', ['setup']],
    ['src/load.js', 'const { setup, stop } = await import(name);', ['setup', 'stop']],
    ['src/load.js', 'const page = await import(name);\npage.setup(page.options);', ['options', 'setup']],
    ['src/load.js', 'await import(name);', []],
    ['src/load.js', 'const { default: page } = await import(name);\npage();', ['default']],
    ['src/load.js', '(await import(name)).default(app);', ['default']],
    [
      'src/load.js',
      'const { default: page } = await import(name);\npage.redis.get(page.key);',
      ['default', 'key', 'redis'],
    ],
    ['src/load.js', 'const { default: page } = await import(name);\nuse(page);', null],
    ['src/load.js', 'import(name).then((page) => page.redis);', null],
    ['src/load.js', 'const page = await import(name);\nuse(page);', null],
    ['src/load.js', 'export const page = await import(name);\npage.setup();', null],
    ['src/load.js', 'const page = require(name);\npage[member];', null],
    ['src/load.js', 'exports.load = () => require(name);', null],
    ['app/load.py', 'import_module(name).setup()', ['setup']],
    [
      'app/load.py',
      'def load(name):\n    page = import_module(name)\n    page.setup(page.options)',
      ['options', 'setup'],
    ],
    ['app/load.py', 'page = import_module(name)\npage.setup()', null],
    ['app/load.py', 'getattr(import_module(name), member)', null],
    ['app/load.py', 'def load(name):\n    return import_module(name)', null],
  ])('%s: %s', async (file, text, expected) => {
    expect((await loadsIn(file, `${text}\n`)).map(({ reads }) => reads)).toEqual([expected]);
  });
});
