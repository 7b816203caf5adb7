/** Runs once before all tests: without a server most of them mean nothing, so say it in one line and stop. */

import { NO_SERVER, requireRedisServer } from './redis.js';

export default function setup(): void {
  try {
    requireRedisServer();
  } catch (error) {
    if (!(error instanceof Error) || error.message !== NO_SERVER) throw error;
    // An error that is thrown from here is printed among others; the line alone is what helps.
    process.stderr.write(`${NO_SERVER}\n`);
    process.exit(1);
  }
}
