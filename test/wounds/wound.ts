/**
 * Sixteen kinds of damage that migrations by hand did to their own code, each as a small program in two languages:
 * `before` is migrated into `after` by the recipe; `wound` is what people did, and must be seen to break.
 */

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { applyChanges } from '../../src/apply-changes.js';
import { check } from '../../src/check.js';
import { commitAll, put } from '../apply/workshop.js';
import { CHECKOUT, type Run, start } from '../cli/program.js';
import { pythonWith } from '../support/python.js';
import { changesOf } from '../support/recipe.js';
import type { RedisServer } from '../support/redis.js';
import { textsOf } from '../support/texts.js';

export type WoundLanguage = 'python' | 'typescript';

/** `wound.json` for one language. */
interface Expected {
  /** What the wounded program prints when it fails, or that it goes on with other answers. */
  fails?: string;
  answers?: 'differ';
  /** The violation that `check` finds where the wound is done after the migration, as `code file:line`. */
  check?: string;
  /** Sites that stay, as `file code`. */
  stays?: string[];
  /** Files that the wound takes away. */
  deletes?: string[];
}

export interface Wound extends Expected {
  /** `wound 01, python: …`: the name of its test, as docs/wounds.md has it. */
  name: string;
  language: WoundLanguage;
  folder: string;
}

type Texts = Record<string, string>;

const HOME = join(CHECKOUT, 'fixtures/wounds');

/** Every wound of a language, by folder. */
export function wounds(language: WoundLanguage): Wound[] {
  return readdirSync(HOME)
    .filter((folder) => folder !== 'shared')
    .sort()
    .map((folder) => {
      const text = readFileSync(join(HOME, folder, 'wound.json'), 'utf8');
      const { test, ...expected } = JSON.parse(text) as { test: string } & Record<WoundLanguage, Expected>;
      const name = `wound ${folder.slice(0, 2)}, ${language}: ${test}`;
      return { name, language, folder: join(HOME, folder, language), ...expected[language] };
    });
}

/** Puts the program of a wound into an empty folder. */
export function begin(root: string, { language, folder }: Wound): void {
  for (const from of [join(HOME, 'shared', language), join(folder, 'before')]) cpSync(from, root, { recursive: true });
  if (language === 'typescript') symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
}

/** The files that the migration changes, as the fixture has them; none where all stays. */
export function expectedChanges({ folder }: Wound): Texts {
  const after = join(folder, 'after');
  return existsSync(after) ? textsOf(after) : {};
}

/** Migrates the tree; gives what changed, what was refused, and what stays as `file code`. */
export async function migrate(root: string) {
  const { after, refused, sites } = await changesOf(root);
  for (const [file, text] of Object.entries(after)) put(root, file, text);
  const kept = sites.filter(({ verdict }) => verdict !== 'rewrite');
  return { after, refused, stays: kept.flatMap(({ file, reasons }) => reasons.map(({ code }) => `${file} ${code}`)) };
}

const options = (root: string) => ({ root, configPath: null, jobs: 1, cache: false, includeTests: false });

/** Migrates the tree as the program does, in a git repository, with its ledger. */
export async function applied(root: string): Promise<void> {
  commitAll(root, true);
  const request = { batch: 'all', sites: null, dryRun: false, includeReview: false, allowDirty: false };
  await applyChanges(options(root), { ...request, formatWith: null, showSecrets: false, typecheck: false });
}

/** What `check` finds, as `code file:line`. */
export async function violations(root: string): Promise<string[]> {
  const request = { baseline: null, update: false, since: null, today: '2026-01-01' };
  const { report } = await check(options(root), request);
  return report.violations.map(({ code, file, line }) => `${code} ${file}:${line}`);
}

/** Does what people did. */
export function wounded(root: string, { folder, deletes = [] }: Wound): void {
  const over = join(folder, 'wound');
  if (existsSync(over)) cpSync(over, root, { recursive: true });
  for (const file of deletes) rmSync(join(root, file));
}

/** Runs the program on a server that is emptied before; what it answered is its output. */
export function runOf(root: string, { language }: Wound, server: RedisServer): Run {
  const flushed = start('redis-cli', ['-p', String(server.port), 'flushall'], root);
  if (flushed.code !== 0) throw new Error(flushed.err);
  const env = { REDIS_URL: server.url, PYTHONDONTWRITEBYTECODE: '1' };
  if (language === 'python') {
    python ??= pythonWith(['redis'], ['python3-redis']);
    return start(python, ['main.py'], root, env);
  }
  const built = builtFrom(root);
  try {
    return start(process.execPath, ['src/main.js'], built, env);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

let python: string | undefined;

/** The JavaScript of a program, in a folder of its own. */
function builtFrom(root: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'redis-migrate-wound-built-')));
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  for (const [file, text] of Object.entries(textsOf(root)).filter(([name]) => name.endsWith('.ts'))) {
    put(folder, file.replace(/ts$/, 'js'), ts.transpileModule(text, { compilerOptions }).outputText);
  }
  return folder;
}
