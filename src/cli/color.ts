/** Whether to write colours, and how wide a line may be. */

import { Chalk, supportsColor } from 'chalk';
import type { View } from '../report/index.js';
import type { Stream, Surroundings } from './surroundings.js';

export type ColorChoice = 'auto' | 'always' | 'never';
type Level = 0 | 1 | 2 | 3;

const NARROW = 80;
const WIDEST = 160;

/** How to write to `stream`. A file (`toFile`) gets no colours unless they are asked for, and lines of 80. */
export function viewOf(choice: ColorChoice, { env }: Surroundings, stream: Stream, toFile = false): View {
  const terminal = stream.isTTY && !toFile;
  return {
    prefix: '',
    color: new Chalk({ level: colorLevel(choice, env, terminal) }),
    width: terminal ? Math.min(stream.columns || NARROW, WIDEST) : NARROW,
  };
}

/**
 * `--color` first, then `NO_COLOR` (any value that is not empty), then `FORCE_COLOR` (0 to 3), then whether a terminal
 * reads it; on CI without a terminal there are none.
 */
export function colorLevel(choice: ColorChoice, env: Record<string, string | undefined>, terminal: boolean): Level {
  const able = supportsColor === false ? 1 : level(supportsColor.level);
  if (choice === 'never') return 0;
  if (choice === 'always') return able;
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined)
    return forced === '0' || forced === 'false' ? 0 : /^[123]$/.test(forced) ? level(Number(forced)) : 1;
  if (!terminal || env.TERM === 'dumb') return 0;
  return able;
}

function level(number: number): Level {
  return number === 2 || number === 3 ? number : 1;
}
