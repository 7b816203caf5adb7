/** What passes between jscodeshift, its transforms and their thread. */

import type { TextOptions } from '../migrate-text.js';
import type { Pattern } from '../model.js';

/** The parts of jscodeshift's arguments that are used. */
interface File {
  path: string;
  source: string;
}
interface Api {
  report(message: string): void;
}

/**
 * A transform for `npx jscodeshift -t <file> [--accessor=./lib/redis] [--name=getRedis] [--open=openRedis]
 * [--close=closeRedis] [--strategy=inline|adapter] [--include=review] file…`; `deprecated-import` asks for `--deprecated=src/old.ts#name
 * --use=src/new.ts#name`, `wrapper-instance` for `--class=src/manager.ts#Manager --instance=manager`, `call-site` for `--class=src/cache.ts#Cache
 * --instance=cache --methods=get,put=set [--from=getRedisPool] [--execute=execute]`. It is run from the root of the project: the
 * accessor's path is taken from there. What stays is reported with its reasons; a file that cannot be read is an error of jscodeshift's summary.
 */
export type Transform = (file: File, api: Api, options: Record<string, unknown>) => Promise<string | null>;

/** One file, as jscodeshift gives it. */
export interface Order {
  id: number;
  /** From the working folder, or absolute. */
  path: string;
  text: string;
  pattern: Pattern;
  options: TextOptions;
}

/** `text` null: nothing changes. `messages`: what stays, and why. */
export type Answer = { id: number; messages: string[] } & (
  | { ok: true; text: string | null }
  | { ok: false; error: string }
);
