/** A test for the team's own suite that fails when `check` does: what `init --suite` writes. */

import type { Project } from '../model/project.js';

export interface SuiteInput {
  project: Project;
  /** Languages with an accessor. */
  languages: ReadonlySet<'javascript' | 'python'>;
  /** Packages that run the tests, as `surveyOf` names them. */
  tests: readonly string[];
}

/** One file for each language, from the root. It lets pass what the baseline lists, once there is one. */
export function suiteTests(input: SuiteInput): { file: string; text: string }[] {
  return [
    ...(input.languages.has('javascript') ? [javascriptTest(input)] : []),
    ...(input.languages.has('python')
      ? [{ file: `${folderOf(input, 'py')}/test_redis_connections.py`, text: PYTHON }]
      : []),
  ];
}

/** `test` or `tests` of the root, where files of the language are; else the usual one. */
function folderOf({ project }: SuiteInput, extension: 'py' | 'js'): string {
  const files = project.files.filter(({ facts: { language } }) => (language === 'python') === (extension === 'py'));
  const found = files.map(({ facts }) => /^(?:__tests__|tests?)(?=\/)/.exec(facts.file)?.[0] ?? '').filter(Boolean);
  return found.sort()[0] ?? (extension === 'py' ? 'tests' : 'test');
}

const NAME = 'Redis connections are opened by the accessor alone';
const HEAD = 'Fails when code opens a Redis connection of its own; the message says where.';

/** For vitest where the tree has it, else for `node --test`. */
function javascriptTest(input: SuiteInput): { file: string; text: string } {
  const vitest = input.tests.includes('vitest');
  const typed = input.project.files.some(({ facts }) => facts.language === 'typescript');
  const said = "[stdout, stderr, error ?? ''].join('')";
  const text = `// ${HEAD}
${vitest ? '' : "import assert from 'node:assert/strict';\n"}import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ${vitest ? "expect, test } from 'vitest" : "test } from 'node:test"}';

test('${NAME}', () => {
  const baseline = existsSync('.redis-migrate/baseline.txt') ? ['--baseline'] : [];
  const args = ['--no-install', 'redis-migrate', 'check', '--no-progress', '.', ...baseline];
  const shell = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync('npx', args, { encoding: 'utf8', shell });
  ${vitest ? `expect(status === 0 ? '' : ${said}).toBe('');` : `assert.equal(status, 0, ${said});`}
}${vitest ? ', 300_000' : ''});
`;
  const end = vitest ? (typed ? 'ts' : 'js') : 'mjs';
  return { file: `${folderOf(input, 'js')}/redis-connections.test.${end}`, text };
}

const PYTHON = `"""${HEAD}"""

import shutil
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class RedisConnectionsTest(unittest.TestCase):
    def test_are_opened_by_the_accessor_alone(self):
        npx = shutil.which("npx") or self.fail("npx is not installed: redis-migrate is run with it")
        command = [npx, "--no-install", "redis-migrate", "check", "--no-progress", "."]
        if (ROOT / ".redis-migrate" / "baseline.txt").exists():
            command.append("--baseline")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
`;
