/** Formats of results: which there are, and which a command has. */

import { UserError } from '../errors.js';
import type { View } from '../report/index.js';

export const FORMATS = ['pretty', 'json', 'markdown', 'sarif', 'html', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** How a command writes its result; every command has `json` besides. */
export type Renderers<T> = { pretty: (data: T, view: View) => string } & {
  [format in Exclude<Format, 'json' | 'pretty'>]?: (data: T, view: View) => string;
};

/** Throws a `UserError` when a command has no such format: before it has done anything. */
export function requireFormat(format: Format, renderers: object, command: string): void {
  if (format === 'json' || Object.hasOwn(renderers, format)) return;
  const known = FORMATS.filter((one) => one === 'json' || Object.hasOwn(renderers, one));
  throw new UserError(`${command} has no format ${format}`, `It has ${known.join(', ')}.`);
}

/** Renderers of a whole as renderers of the part that is the result: `whole` puts the rest to it. */
export function about<P, T>(renderers: Renderers<T>, whole: (part: P) => T): Renderers<P> {
  const entries = Object.entries(renderers).map(([format, render]) => [
    format,
    (part: P, view: View) => render(whole(part), view),
  ]);
  return Object.fromEntries(entries) as Renderers<P>;
}
