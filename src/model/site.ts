/** The inventory: what `scan --format json` prints. Names are a contract: add, never rename. */

import type { LanguageName } from './facts.js';
import type { Zone } from './project.js';
import type { Container } from './traced.js';

export const CATEGORIES = [
  'client',
  'url-literal',
  'consumer-options',
  'wrapper-instance',
  'call-site',
  'factory-call',
  'accessor-call',
  'deprecated-import',
  'foreign-close',
  'config-file',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What must be exclusive about a client, in this library and version. Highest precedence first in `ROLES`. */
export type Role = 'monitor' | 'subscriber' | 'transaction' | 'blocking' | 'queue' | 'unknown' | 'command';
export const ROLES: readonly Role[] = [
  'monitor',
  'subscriber',
  'transaction',
  'blocking',
  'queue',
  'unknown',
  'command',
];

export type Purpose =
  | 'imports'
  | 'health'
  | 'read-cache'
  | 'write-cache'
  | 'session'
  | 'pipeline'
  | 'messaging'
  | 'limits-and-locks'
  | 'env'
  | 'unknown';

/** Least risky first: the order of batches unless the config sets another. */
export const PURPOSES: readonly Purpose[] = [
  'imports',
  'health',
  'read-cache',
  'write-cache',
  'session',
  'pipeline',
  'messaging',
  'limits-and-locks',
  'env',
  'unknown',
];

export const USES = [
  'pubsub',
  'blocking',
  'transaction',
  'pipeline',
  'streams',
  'lock',
  'rate-limit',
  'queue',
  'session',
  'cache',
  'health',
  'script',
  'closes',
] as const;
export type Use = (typeof USES)[number];

export const VERDICTS = ['rewrite', 'review', 'keep'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const PATTERNS = [
  'direct-client',
  'url-client',
  'factory',
  'class-member',
  'module-singleton',
  'fallback-chain',
  'deprecated-import',
  'wrapper-instance',
  'call-site',
] as const;
export type Pattern = (typeof PATTERNS)[number];

export const ARGS_SHAPES = [
  'none',
  'url-literal',
  'url-env',
  'url-variable',
  'options',
  'host-port',
  'existing',
] as const;
export type ArgsShape = (typeof ARGS_SHAPES)[number];
export const ADDRESS_SOURCES = ['literal', 'env', 'config', 'variable', 'default', 'none'] as const;
export type AddressSource = (typeof ADDRESS_SOURCES)[number];
export const PRIORITIES = ['immediate', 'recommended', 'none'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Why a verdict is what it is. `code` is one of `REASONS` (assess/reasons.ts); `at` is `file:line` or null. */
export interface Reason {
  code: string;
  message: string;
  at: string | null;
}

/**
 * Terms are `literal:<v>`, `env:NAME`, `env:NAME|literal:<v>` (with a default; `||` when it counts for an empty text
 * too), `config:<path>`, `default`, `unknown`, `text(<parts>)` for what is put together, and
 * `if(<condition>)?<term>:<term>`. Never a secret.
 */
export interface IdentityTerms {
  server: string;
  user: string;
  /** Where the password is from: never the password. `secret:<n>`: a text in the code, the same number for the same text. */
  password: string;
  tls: string;
  database: string;
  prefix: string;
  decode: string;
  library: string;
}

export interface Identity {
  /** Equal keys without an unknown term are one named database. Null when a term is unknown. */
  key: string | null;
  terms: IdentityTerms;
}

export const EXEMPTED_BY = ['config', 'comment', 'decision'] as const;

export interface Exemption {
  by: (typeof EXEMPTED_BY)[number];
  reason: string;
  until: string | null;
}

export interface Site {
  id: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** Null for a file of settings. */
  language: LanguageName | null;
  category: Category;
  library: string | null;
  api: string | null;
  container: Container | null;
  args: ArgsShape | null;
  source: AddressSource | null;
  mode: 'sync' | 'async' | null;
  uses: Use[];
  role: Role | null;
  purpose: Purpose | null;
  unit: string | null;
  /** Id of the site that this one is a part of (a URL inside an opening). */
  partOf: string | null;
  identity: Identity | null;
  /** Name of the configured database that the identity is; null when none is. */
  database: string | null;
  zone: Zone;
  pattern: Pattern | null;
  priority: Priority;
  verdict: Verdict;
  reasons: Reason[];
  exempt: Exemption | null;
}

/** Most urgent first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  code: string;
  severity: Severity;
  file: string;
  line: number;
  message: string;
}

export interface Summary {
  byCategory: Record<string, number>;
  byVerdict: Record<string, number>;
  byRole: Record<string, number>;
  /** What the verdicts assume when there is no config; null with one. */
  assumed: string | null;
}

/** The whole answer of `scan`. */
export interface Inventory {
  schemaVersion: 1;
  tool: { name: 'redis-migrate'; version: string };
  root: '.';
  summary: Summary;
  sites: Site[];
  findings: Finding[];
  files: { walked: number; parsed: number; failed: { file: string; message: string }[] };
}
