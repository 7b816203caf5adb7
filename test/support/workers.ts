/** Servers that fork their workers, started on a copy of a project. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Workers {
  /** What they wrote. */
  output(): string;
  /** Sends SIGTERM to the parent, which ends its workers, and waits for the end. */
  stop(): Promise<void>;
}

/** Starts a command in a folder and waits until it has written `ready` so often; throws what it wrote when it does not. */
export async function startWorkers(
  [file, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv,
  ready: { text: string; times: number },
): Promise<Workers> {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      written += data.toString();
    });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (ended()) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  const isReady = () => written.split(ready.text).length > ready.times;
  const limit = Date.now() + 60_000;
  while (!isReady() && !ended() && Date.now() < limit) await sleep(20);
  if (isReady()) return { output: () => written, stop };
  await stop();
  throw new Error(`${file} ${args.join(' ')} did not get ready:\n${written}`);
}
