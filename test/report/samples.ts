/** One small project as every stage would report it. */

import type { ApplyReport, Plan } from '../../src/model/change.js';
import type { CheckReport, StatusReport, Violation } from '../../src/model/gate.js';
import type { Inventory, Site } from '../../src/model/site.js';
import type { DecisionReport, InitReport, RollbackReport } from '../../src/report/answers.js';
import type { CodeExplanation, SiteExplanation } from '../../src/report/explanation.js';

const terms = { server: 'env:REDIS_URL', user: 'default', tls: 'default', database: 'default' };

function site(given: Partial<Site> & Pick<Site, 'id' | 'file' | 'line'>): Site {
  return {
    column: 15,
    endLine: given.line,
    endColumn: 40,
    language: 'typescript',
    category: 'client',
    library: 'ioredis',
    api: 'new Redis',
    container: 'class-member',
    args: 'url-env',
    source: 'env',
    mode: 'async',
    uses: ['cache'],
    role: 'command',
    purpose: 'write-cache',
    unit: 'u-1',
    partOf: null,
    identity: {
      key: 'env:REDIS_URL',
      terms: { ...terms, password: 'env:REDIS_URL', prefix: 'default', decode: 'default', library: 'ioredis' },
    },
    database: 'main',
    zone: 'production',
    pattern: 'class-member',
    priority: 'immediate',
    verdict: 'rewrite',
    reasons: [],
    exempt: null,
    ...given,
  };
}

const LONG = 'packages/orders/src/modules/reservations/infrastructure/persistence/redis/reservation-cache.service.ts';

export const INVENTORY: Inventory = {
  schemaVersion: 1,
  tool: { name: 'redis-migrate', version: '0.1.0' },
  root: '.',
  summary: {
    byCategory: { client: 3 },
    byVerdict: { rewrite: 1, review: 1, keep: 1 },
    byRole: { command: 2, subscriber: 1 },
    assumed: 'no configuration: the default accessor on env:REDIS_URL, the largest of 2 identity groups',
  },
  sites: [
    site({ id: '9f3c', file: 'src/cache.ts', line: 12 }),
    site({
      id: 'a001',
      file: 'src/cache.ts',
      line: 40,
      verdict: 'review',
      role: 'subscriber',
      database: null,
      reasons: [
        {
          code: 'policy-option',
          message: 'sets maxRetriesPerRequest to 1 where the accessor leaves the default of the library (20) as it is',
          at: 'src/cache.ts:41',
        },
      ],
    }),
    site({
      id: 'b002',
      file: LONG,
      line: 7,
      column: 3,
      verdict: 'keep',
      identity: null,
      database: null,
      zone: 'script',
      reasons: [
        { code: 'escapes-to-unknown-call', message: 'handed to `register`, which nothing here defines', at: null },
      ],
      exempt: { by: 'config', reason: 'runs alone', until: '2027-01-31' },
    }),
  ],
  findings: [
    { code: 'hard-coded-password', severity: 'high', file: 'src/cache.ts', line: 12, message: 'password in the code' },
    {
      code: 'no-tls',
      severity: 'low',
      file: LONG,
      line: 7,
      message: 'plain connection to redis://:hunter2@cache.internal',
    },
  ],
  files: { walked: 120, parsed: 4, failed: [{ file: 'src/broken.ts', message: "line 3: ';' expected" }] },
};

export const PLAN: Plan = {
  schemaVersion: 1,
  batches: [
    {
      id: 'c0ffee',
      title: 'Write caches',
      purpose: 'write-cache',
      risk: 2,
      files: ['src/cache.ts', LONG],
      sites: ['9f3c'],
      units: ['u-1'],
    },
  ],
  kept: [
    { site: 'b002', reasons: [{ code: 'escapes-to-unknown-call', message: 'handed to `register`', at: `${LONG}:9` }] },
  ],
};

/** The file that `DIFF` is of. */
export const BEFORE = "import Redis from 'ioredis';\n\nexport const cache = new Redis(process.env.REDIS_URL);\n";
export const AFTER = "import { getRedis } from './redis.js';\n\nexport const cache = getRedis();\n";
const DIFF = `diff --git a/src/cache.ts b/src/cache.ts
--- a/src/cache.ts
+++ b/src/cache.ts
@@ -1,3 +1,3 @@
-import Redis from 'ioredis';
+import { getRedis } from './redis.js';
 
-export const cache = new Redis(process.env.REDIS_URL);
+export const cache = getRedis();
`;

const TOTALS = { files: 1, sites: 2, rewritten: 1, unchanged: 1, kept: 0, failed: 0, linesAdded: 2, linesRemoved: 2 };

export const APPLIED: ApplyReport = {
  schemaVersion: 1,
  dryRun: true,
  batches: [
    {
      batch: 'c0ffee',
      title: 'Write caches',
      purpose: 'write-cache',
      files: [{ file: 'src/cache.ts', linesAdded: 2, linesRemoved: 2, importsRemoved: ['ioredis'], diff: DIFF }],
      sites: [
        {
          id: '9f3c',
          outcome: 'rewritten',
          reasons: [],
          file: 'src/cache.ts',
          line: 12,
          category: 'client',
          pattern: 'class-member',
          database: 'main',
          role: 'command',
          purpose: 'write-cache',
        },
        {
          id: 'a001',
          outcome: 'unchanged',
          reasons: [{ code: 'review-not-included', message: 'needs --include review', at: null }],
          file: LONG,
          line: 40,
          category: 'client',
          pattern: null,
          database: null,
          role: null,
          purpose: null,
        },
      ],
      totals: TOTALS,
      masked: false,
    },
  ],
  totals: TOTALS,
  kept: [
    { site: 'b002', file: LONG, line: 7, reasons: [{ code: 'closes-shared', message: 'closes the client', at: null }] },
  ],
};

export const INIT: InitReport = {
  written: ['redis-migrate.config.json', 'src/lib/redis.ts'],
  config: { preset: 'default', databases: { main: 0 } },
  groups: [{ name: 'main', identity: 'env:REDIS_URL', sites: 2 }],
  accessors: [{ file: 'src/lib/redis.ts', name: 'getRedis', callSites: 1 }],
  libraries: [{ name: 'ioredis', versions: ['^5.4.1'], openings: 2 }],
  tests: ['vitest'],
  scopes: [{ file: 'src/lib/redis.ts', scope: '**/*' }],
  guard: [{ tool: 'eslint', file: 'eslint.config.mjs', state: 'by-hand', why: 'its list is empty', text: '{}' }],
  next: ['Look through redis-migrate.config.json.', 'redis-migrate plan'],
};

export const DECIDED: DecisionReport = {
  ...{ schemaVersion: 1, site: 'a001', file: 'src/cache.ts', line: 40, verdict: 'review', decision: 'do' },
  ...{ reason: 'measured: one database is enough', until: null, withdrawn: false, written: 'decisions.json' },
  differences: ['maxRetriesPerRequest: 1 → 20.'],
};

export const ROLLED_BACK: RollbackReport = {
  schemaVersion: 1,
  batches: [{ batch: 'c0ffee', files: ['src/cache.ts', LONG] }],
  refused: [],
  messages: [],
};

const OPENING: Violation = {
  id: 'b0020000',
  code: 'module-owner',
  file: LONG,
  line: 7,
  column: 3,
  endLine: 7,
  endColumn: 60,
  message: 'new Redis (ioredis): A module outside of the accessor opens a client and keeps it for the whole process.',
  verdict: 'keep',
  why: 'escapes-to-unknown-call',
};

export const CHECKED: CheckReport = {
  schemaVersion: 1,
  violations: [
    OPENING,
    {
      ...OPENING,
      ...{ id: 'c0030000', code: 'exemption-expired', file: 'src/audit.ts', line: 4, column: 1, endLine: 4 },
      ...{ message: 'new Redis (ioredis): exempt until 2026-01-31 (moves, with "redis://:hunter2@old", 100%).' },
      ...{ verdict: null, why: null },
    },
  ],
  known: [{ ...OPENING, id: 'd0040000', code: 'opening', file: 'src/cart.ts' }],
  fixed: [{ id: 'e0050000', code: 'opening', file: 'src/health.ts' }],
  baseline: '.redis-migrate/baseline.txt',
  since: { ref: 'origin/main', base: '0123456789abcdef0123456789abcdef01234567', older: 4 },
  totals: { violations: 2, known: 1, fixed: 1, sites: 9 },
};

const ROW = { migrated: 3, planned: 1, review: 0, kept: 2, exempt: 1 };

export const STATUS: StatusReport = {
  schemaVersion: 1,
  totals: ROW,
  batches: [
    {
      ...{ id: 'c0ffee', title: 'Write caches', purpose: 'write-cache', state: 'done', rewritten: 3, sites: 3 },
      ...{ files: ['src/cache.ts'], date: '2026-02-27' },
    },
    {
      ...{ id: 'decade', title: LONG, purpose: 'session', state: 'open', rewritten: 0, sites: 1 },
      ...{ files: [LONG], date: null },
    },
  ],
  byPurpose: [
    { name: 'write-cache', ...ROW },
    { name: 'session', migrated: 0, planned: 1, review: 0, kept: 0, exempt: 0 },
  ],
  byDirectory: [{ name: 'packages/orders', ...ROW }],
  byOwner: [{ name: '@example/orders', ...ROW }],
  kept: [
    {
      code: 'closes-shared',
      message: 'Only the accessor closes.',
      sites: ['src/a.ts:1', 'src/b.ts:2', 'src/c.ts:3', 'src/d.ts:4'],
    },
  ],
  decisions: [
    { site: 'a001', at: 'src/a.ts:1', decision: 'leave', reason: 'vendored', until: '2027-01-31', stale: null },
    { site: 'a002', at: 'src/b.ts:2', decision: 'do', reason: 'measured', until: null, stale: 'it changed or went' },
  ],
  burndown: [
    { date: '2026-02-20', commit: '0123456789ab', migrated: 1, left: 3 },
    { date: '2026-02-27', commit: 'ba9876543210', migrated: 3, left: 1 },
  ],
  checklist: [
    { text: 'Every file could be read', done: true, left: [] },
    { text: 'Every batch is applied', done: false, left: [`${LONG}:7`] },
  ],
  complete: false,
};

const ASKING = site({
  id: 'a001',
  file: 'src/cache.ts',
  line: 40,
  verdict: 'review',
  reasons: [{ code: 'option-policy', message: 'maxRetriesPerRequest: 1 → 20.', at: 'src/cache.ts:41' }],
});

export const EXPLAINED: SiteExplanation = {
  schemaVersion: 1,
  site: ASKING,
  client: { bound: 'redis', within: ['ReservationCache', 'constructor'], once: false, version: '^5.4.1' },
  way: [
    { text: 'kept in `ReservationCache.redis`', at: 'src/cache.ts:40' },
    { text: 'given to `store` as `client`', at: `${LONG}:7` },
  ],
  uses: [
    {
      member: 'get',
      kind: 'call',
      at: 'src/cache.ts:52',
      within: 'read',
      chained: null,
      loop: false,
      hook: null,
      test: false,
      shared: false,
    },
    {
      member: 'expire',
      kind: 'call',
      at: `${LONG}:19`,
      within: 'store',
      chained: 'pipeline',
      loop: true,
      hook: null,
      test: false,
      shared: true,
    },
    {
      member: null,
      kind: 'read',
      at: 'src/cache.test.ts:9',
      within: null,
      chained: null,
      loop: false,
      hook: 'SIGTERM',
      test: true,
      shared: false,
    },
  ],
  handed: [{ library: 'connect-redis', api: 'new RedisStore', at: 'src/app.ts:8' }],
  escapes: [{ code: 'escapes-to-unknown-call', message: 'The client is given to `register()`.', at: 'src/app.ts:9' }],
  role: { is: 'command', evidence: [] },
  purpose: {
    is: 'write-cache',
    evidence: [{ code: 'purpose', message: 'Purpose write-cache: calls `.set`.', at: 'src/cache.ts:60' }],
  },
  options: [
    { name: 'url', value: 'redis://:hunter2@cache.internal', at: 'src/cache.ts:40', class: null, outcome: 'identity' },
    { name: 'maxRetriesPerRequest', value: '1', at: 'src/cache.ts:41', class: 'P', outcome: 'differs' },
  ],
  reasons: ASKING.reasons.map((one) => ({ ...one, effect: 'review', means: 'It decides what happens on failure.' })),
  unit: {
    id: 'u-1',
    sites: [
      { id: '9f3c', at: 'src/cache.ts:12', verdict: 'rewrite' },
      { id: 'a001', at: 'src/cache.ts:40', verdict: 'review' },
    ],
  },
  related: [{ relation: 'called-by', site: { id: 'b002', at: `${LONG}:7`, verdict: 'keep' } }],
  edit: { files: [{ file: 'src/cache.ts', linesAdded: 2, linesRemoved: 2, diff: DIFF }], masked: false, refused: [] },
  byHand: [{ code: 'option-policy', text: 'Decide which value is right when Redis is slow or away, then accept it.' }],
  findings: [
    { code: 'literal-credential', severity: 'high', file: 'src/cache.ts', line: 40, message: 'password in the code' },
  ],
  decision: null,
  assumed: null,
};

export const EXPLAINED_CODE: CodeExplanation = {
  schemaVersion: 1,
  code: 'closes-shared',
  kind: 'reason',
  effect: 'keep',
  means: 'Only the accessor closes a shared client.',
  byHand: 'Delete the call, or close at the end of the process.',
};
