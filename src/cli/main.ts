/** Entry of the program: gives the commands the real process. */

import './engine.js';
import { availableParallelism } from 'node:os';
import { terminalAsker } from './ask.js';
import { run } from './program.js';
import type { Stream } from './surroundings.js';

/** A reader that has seen enough (`| head`) closes the pipe: that is no error of ours. */
function toleratesClosedPipe(stream: NodeJS.WriteStream): Stream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTTY: stream.isTTY === true,
    columns: stream.columns,
  };
}

/** Exit code of the signal that asked the run to stop; null: none did. */
let stoppedBy: number | null = null;

/** As shells count: 128 and the number of the signal. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

function onSignal(listener: (name: string, code: number) => void): () => void {
  const listeners = Object.entries(SIGNALS).map(([name, code]) => {
    const on = () => {
      stoppedBy = code;
      listener(name, code);
    };
    process.on(name, on);
    return () => process.off(name, on);
  });
  return () => {
    for (const off of listeners) off();
  };
}

const code = await run(process.argv.slice(2), {
  migration: async () => ({
    ...(await import('../migrate.js')),
    ...(await import('../apply-changes.js')),
    ...(await import('../initialise.js')),
    ...(await import('../explain.js')),
    ...(await import('../check.js')),
    ...(await import('../status.js')),
    ...(await import('../decide.js')),
  }),
  stdout: toleratesClosedPipe(process.stdout),
  stderr: toleratesClosedPipe(process.stderr),
  env: process.env,
  asker: async () => (process.stdin.isTTY && process.stderr.isTTY ? terminalAsker() : null),
  onSignal,
  leave: (left) => process.exit(left),
  today: () => new Date().toISOString().slice(0, 10),
  processors: availableParallelism(),
});
process.exitCode = stoppedBy ?? code;
