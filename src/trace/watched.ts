/** Functions of the accessor, whose calls trace tells apart. */

import type { Accessor } from '../model/config.js';

/** A function whose calls are listed: the accessor's. */
export interface WatchedFunction {
  file: string;
  name: string;
  /** It lends a client that others hold too: who calls it does not own what it gives. */
  lends?: boolean;
}

/** The functions of an accessor. */
export function watchedFunctions({ file, name, open, close }: Accessor): WatchedFunction[] {
  const others = [open, close].flatMap((one) => (one === null ? [] : [{ file, name: one }]));
  return [{ file, name, lends: true }, ...others];
}
