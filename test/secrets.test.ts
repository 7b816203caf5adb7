// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code of other programs
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, maskDeep, maskReport } from '../src/secrets.js';

/** Given, wanted. */
const MASKED: [string, string][] = [
  ['redis://user:pw@h', 'redis://user:***@h'],
  ['rediss://:hunter2@cache.example.com:6380/1?x=1', 'rediss://:***@cache.example.com:6380/1?x=1'],
  ['redis://u:p%40ss%2Fw@h/0', 'redis://u:***@h/0'],
  ['redis://u:p/s#s?@h/0', 'redis://u:***@h/0'],
  ['postgres://a:b@h,redis://:c@k', 'postgres://a:***@h,redis://:***@k'],
  ["'redis://:hunter2' + '@host'", "'redis://:***' + '@host'"],
  ['`redis://:hunter2@${host}:6379`', '`redis://:***@${host}:6379`'],
  ['`redis://:pre${pw}@h`', '`redis://:***${pw}@h`'],
  ['REDIS_URL=redis://:${PW:-hunter2}@h', 'REDIS_URL=redis://:${PW:-***}@h'],
  ['https://ghp_0123456789abcdefghij@github.com/a', 'https://***@github.com/a'],
  ["new Redis({ host: 'h', password: 'hunter2', db: 1 })", "new Redis({ host: 'h', password: '***', db: 1 })"],
  ["{ auth_pass: 'a', apiKey: \"b\", 'api-key': `c` }", "{ auth_pass: '***', apiKey: \"***\", 'api-key': `***` }"],
  ["const password: string | undefined = 'hunter2';", "const password: string | undefined = '***';"],
  ["password: process.env.REDIS_PASSWORD || 'hunter2',", "password: process.env.REDIS_PASSWORD || '***',"],
  ["const p = process.env['REDIS_PASSWORD'] ?? 'hunter2';", "const p = process.env['REDIS_PASSWORD'] ?? '***';"],
  ["password: prod ? env.PW : 'hunter2'", "password: prod ? env.PW : '***'"],
  ["password:\n    'hunter2',", "password:\n    '***',"],
  ["+    password: 'hunter2',\n", "+    password: '***',\n"],
  ['redis.Redis(host="h", password="hunter2", db=0)', 'redis.Redis(host="h", password="***", db=0)'],
  ["redis.Redis('h', 6379, 0, 'hunter2')", "redis.Redis('h', 6379, 0, '***')"],
  ['password: str = "hunter2"', 'password: str = "***"'],
  ['password=os.getenv("REDIS_PASSWORD", "hunter2")', 'password=os.getenv("REDIS_PASSWORD", "***")'],
  ['x = os.environ.get("REDIS_PASSWORD", default="hunter2")', 'x = os.environ.get("REDIS_PASSWORD", default="***")'],
  ['password = "hunter2" if dev else None', 'password = "***" if dev else None'],
  ['token = None if dev else "hunter2"', 'token = None if dev else "***"'],
  ['password = SecretStr("hunter2")', 'password = SecretStr("***")'],
  ['{"redis": {"password": "hunter2", "db": 3}}', '{"redis": {"password": "***", "db": 3}}'],
  ['"text": "password: \\"hunter2\\" is set"', '"text": "password: \\"***\\" is set"'],
  ['  password: hunter2\n  db: 3', '  password: ***\n  db: 3'],
  ['- REDIS_PASSWORD=hunter2', '- REDIS_PASSWORD=***'],
  ['export API_KEY=a.b-c # note', 'export API_KEY=*** # note'],
  ['REDIS_PASSWORD=hunter2 npm_x', 'REDIS_PASSWORD=***'],
  ['redis_password = "hunter2" # toml', 'redis_password = "***" # toml'],
  ['redis://h/0?password=hunter2&x=1', 'redis://h/0?password=***&x=1'],
  ['AUTH hunter2', 'AUTH ***'],
  ['AUTH bob hunter2', 'AUTH bob ***'],
  ["client.call('AUTH', 'bob', 'hunter2')", "client.call('AUTH', 'bob', '***')"],
  ["client.auth('hunter2', done)", "client.auth('***', done)"],
  ['command: redis-server --requirepass hunter2', 'command: redis-server --requirepass ***'],
  ['["redis-server", "--requirepass", "hunter2"]', '["redis-server", "--requirepass", "***"]'],
  ['redis-cli -h x -a hunter2 ping', 'redis-cli -h x -a *** ping'],
  ['requirepass hunter2', 'requirepass ***'],
];

const UNCHANGED = [
  'redis://localhost:6379/0',
  'redis://user@h',
  '`redis://:${process.env.PW}@${host}`',
  'f"redis://:{password}@{host}/0"',
  '"redis://:%s@%s" % (pw, host)',
  'https://registry.example.com/@scope/pkg',
  'http://localhost:3000/@user',
  'ssh://git@github.com/a/b',
  'password: process.env.REDIS_PASSWORD,',
  'password=settings.REDIS_PASSWORD)',
  'password = config.get("redis.password")',
  "password: env('REDIS_PASSWORD'),",
  'const password = options.password;',
  'interface A {\n  password?: string;\n  token: CancellationToken\n  auth: AuthOptions\n}',
  'def f(password: str | None = None, token=token):',
  "password: '',",
  "author: 'somebody', maxTokens: '10', secretary: 'x', monkey: 'y'",
  'REDIS_PASSWORD=${REDIS_PASSWORD}',
  'password: ${PW}',
  'password: "${PW}"',
  'NOAUTH Authentication required.',
  "if (line.startsWith('AUTH failed')) {}",
  '--show-secrets only with --dry-run',
  "type: 'password'",
  'new Redis(6379, "h", { db: 0 })',
];

describe('mask', () => {
  it.each(MASKED)('hides the secret of %s', (given, wanted) => {
    expect(mask(given)).toBe(wanted);
    expect(maskReport(given).masked).toBe(true);
    expect(mask(wanted), 'a second time changes nothing').toBe(wanted);
  });

  it.each(UNCHANGED)('leaves %s as it is', (text) => {
    expect(maskReport(text)).toEqual({ text, masked: false });
  });

  it('masks strings at any depth of a value, but no keys and nothing under an exception', () => {
    const report = { password: 'x', at: [{ m: 'redis://:a@h' }, 1, null], diff: 'redis://:a@h' };
    expect(maskDeep(report, new Set(['diff']))).toEqual({
      password: 'x',
      at: [{ m: 'redis://:***@h' }, 1, null],
      diff: 'redis://:a@h',
    });
  });
});

/** Secrets that cannot be part of the words around them. Shapes that mean "filled in later" (`${x}`, `{x}`, `%s`) are not among them. */
const from = (characters: string) =>
  fc
    .array(fc.constantFrom(...characters), { minLength: 3, maxLength: 40 })
    .map((parts) => `Zq${parts.join('')}`)
    .filter((secret) => !/[\s]$/.test(secret));
const ANY = 'ZQqz0189!%^&*()_+-=[]|:;<>,.?/~#@ é漢{';
const quotable = from(ANY);
const inUrl = from('ZQqz0189!%^&*()_+-=[]|:<>.?/~#@é漢{');
const word = from('ZQqz0189_');
const line = from('ZQqz0189!%^&*()_+-=[]|:<>.?/~@é漢').filter((secret) => !/[;{([]$|=>/.test(secret));

const CONTEXTS: [string, fc.Arbitrary<string>, (secret: string) => string][] = [
  ['JavaScript object', quotable, (s) => `const a = 1;\nnew Redis({ host: 'h', password: '${s}', db: 2 });\nf(a);\n`],
  ['JavaScript fallback', quotable, (s) => `x({ password: process.env.REDIS_PASSWORD ?? "${s}" });\ny();\n`],
  ['JavaScript constant', quotable, (s) => `export const REDIS_PASSWORD = '${s}';\nlet b;\n`],
  ['template literal', quotable, (s) => `const apiKey = \`${s}\`;\nlet b;\n`],
  ['Python keyword', quotable, (s) => `r = redis.Redis(host="h", password="${s}", db=2)\nr.get("k")\n`],
  ['Python environment default', quotable, (s) => `p = os.getenv('REDIS_PASSWORD', '${s}')\nq = 1\n`],
  ['JSON', from(ANY), (s) => `{ "db": 1, "password": ${JSON.stringify(s)}, "x": [1] }\n`],
  ['TOML', quotable, (s) => `[redis]\nauth_token = "${s}"\ndb = 1\n`],
  ['YAML quoted', quotable, (s) => `redis:\n  password: "${s}"\n  db: 1\n`],
  ['YAML bare', line, (s) => `redis:\n  password: ${s}\n  db: 1\n`],
  ['env file', line, (s) => `A=1\nREDIS_PASSWORD=${s}\nB=2\n`],
  ['URL', inUrl, (s) => `connect('redis://user:${s}@host:6379/0');\nb();\n`],
  ['encoded URL', from(ANY).map(encodeURIComponent), (s) => `connect("amqp://user:${s}@host/0")\nb()\n`],
  ['command', word, (s) => `AUTH bob ${s}\nGET k\n`],
  ['call', quotable, (s) => `await client.auth('${s}');\nb();\n`],
];

describe('mask, for any secret', () => {
  it.each(CONTEXTS)('%s: the secret does not survive and nothing else changes', (_name, secrets, write) => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const out = mask(write(secret));
        expect(out).not.toContain(secret);
        expect(out).toBe(write('***'));
        expect(mask(out)).toBe(out);
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing in a text without a secret', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/[:=@]|auth|pass/i.test(text));
        expect(mask(text)).toBe(text);
      }),
    );
  });

  it.each([
    'a',
    '://',
    'a://b',
    '://${',
    '://:',
    '://@',
    'redis://u:p@',
    'password',
    'password=',
    'auth=auth(',
    "password='",
    'password="a',
    'password=`${',
    'password: ',
    '\npassword: ',
    'password || ',
    'AUTH ',
    '"AUTH",',
    'redis-cli -',
    'Redis(a,',
    "Redis('",
    ' ',
    '{',
    '${',
    '(',
    '"',
    'getenv("password",',
    '--pass ',
    'Bearer ',
  ])('needs linear time: 1 MB of %j', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const started = performance.now();
    mask(text);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
