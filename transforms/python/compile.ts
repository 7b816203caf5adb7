/** The machine's own Python reads a changed text, where there is one: it knows rules that a grammar does not. */

import { spawnSync } from 'node:child_process';
import type { TextProblem } from '../../src/languages/language.js';

/** Compiles what it reads and writes nothing: no bytecode, no settings of the user, no module of the project. */
const PROGRAM = `
import sys, warnings
warnings.simplefilter("ignore")
try:
    compile(sys.stdin.buffer.read(), "<text>", "exec", dont_inherit=True)
    print("ok")
except (SyntaxError, ValueError) as error:
    print(getattr(error, "lineno", None) or 1, getattr(error, "msg", None) or error)
`;

/** The interpreter behind `python3`, asked for once: a launcher in front of it can take a third of a second. Null: none. */
let interpreter: string | null | undefined;

/** Errors of `after` that `before` had not; none where there is no Python, or it is too old for the project. */
export function compileErrors(before: string, after: string): TextProblem[] {
  const changed = verdict(after);
  if (changed === 'ok' || verdict(before) !== 'ok') return [];
  const [, line, message] = /^(\d+) (.*)$/.exec(changed) ?? [];
  return [{ code: 'does-not-parse', message: message ?? changed, line: Number(line ?? 1) }];
}

/** `ok`, also where nobody can tell; else line and message. */
function verdict(text: string): string {
  if (interpreter === undefined) interpreter = run('python3', 'import sys; print(sys.executable)', '');
  const answer = interpreter === null ? null : run(interpreter, PROGRAM, text);
  return answer ?? 'ok';
}

/** What a program prints, without its last line end; null when it cannot be run. */
function run(command: string, program: string, input: string): string | null {
  const { stdout, status } = spawnSync(command, ['-I', '-S', '-c', program], {
    input,
    encoding: 'utf8',
    timeout: 10_000,
  });
  return status === 0 ? stdout.trimEnd() : null;
}
