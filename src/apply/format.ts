/** `--format-with`: the project's own formatter over the files that a batch has changed. */

import { spawn } from 'node:child_process';

/** The formatter could not do its work: the batch is undone. `message` is one line. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

const KEPT_OUTPUT = 64 * 1024;

/**
 * A function that runs `command` in a shell in `root` with the files appended, each as one argument whatever is in its
 * name. It throws FormatError, with the first lines that the command said on stderr, when that ends with another code
 * than 0, cannot be started or is stopped by `signal`.
 */
export function formatWith(command: string, root: string, signal?: AbortSignal): (files: string[]) => Promise<void> {
  return (files) =>
    new Promise((resolve, reject) => {
      const child = start(command, root, files.map(asArgument), signal);
      let said = '';
      child.stderr.setEncoding('utf8');
      child.stderr.on('data', (text: string) => {
        said = (said + text).slice(0, KEPT_OUTPUT);
      });
      child.on('error', (error) =>
        reject(
          new FormatError(
            signal?.aborted ? 'the formatter was stopped' : `the formatter cannot be started: ${error.message}`,
          ),
        ),
      );
      child.on('close', (code, signal) => {
        if (code === 0) resolve();
        else reject(new FormatError(failure(command, code, signal, said.replaceAll(`${root}/`, ''))));
      });
    });
}

function start(command: string, root: string, files: readonly string[], signal: AbortSignal | undefined) {
  const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
  const options = { cwd: root, stdio, ...(signal ? { signal } : {}) };
  if (process.platform === 'win32') {
    const line = [command, ...files.map((file) => `"${file}"`)].join(' ');
    return spawn(line, { ...options, shell: true });
  }
  // "$@" hands the names on as they are: nothing in a file name is ever read by the shell.
  return spawn('sh', ['-c', `${command} "$@"`, 'sh', ...files], options);
}

/** A name that begins with a dash would be read as an option. */
function asArgument(file: string): string {
  return file.startsWith('-') ? `./${file}` : file;
}

const SAID_LINES = 3;

function failure(command: string, code: number | null, signal: string | null, said: string): string {
  const lines = said.split('\n').flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));
  const shown = lines.slice(0, SAID_LINES).join(' / ') + (lines.length > SAID_LINES ? ' / …' : '');
  const end = code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with code ${code}`;
  return `the formatter \`${command}\` ${end}${shown === '' ? ', and said nothing on stderr' : `: ${shown}`}`;
}
