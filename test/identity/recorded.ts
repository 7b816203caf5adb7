/** What the programs of redis-py came to with versions that are not installed here. `record.ts` writes it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './runs.js';

export interface Recorded {
  version: string;
  /** By the name of the program. */
  outcomes: Record<string, Outcome>;
}

export const RECORDED_FILE = join(import.meta.dirname, 'redis-py.json');
export const RECORDED: Recorded[] = JSON.parse(readFileSync(RECORDED_FILE, 'utf8'));
