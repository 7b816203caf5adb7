/** What trace gives of libraries that open for themselves. Plain JSON. */

import type { Use } from './site.js';
import type { Container, FollowedClient, Known } from './traced.js';

/** Connection options given to a consumer library, which opens for itself. */
export interface ConsumerOptions
  extends Pick<
    FollowedClient,
    'file' | 'value' | 'span' | 'at' | 'endLine' | 'endColumn' | 'bound' | 'symbol' | 'digest'
  > {
  /** Where what is constructed is kept; null for an object that only names the transport. */
  container: Container | null;
  /** Consumer library and construct. */
  library: string;
  api: string;
  /** Redis library that it opens with; null: not known. */
  opens: string | null;
  /** Range of its versions; null: not known. */
  opensVersion: string | null;
  use: Use;
  note: string;
  /** It can be given a client instead. */
  takesClient: boolean;
  /** Connections that it makes from a client which it is given instead of options; absent: it is given options. */
  duplicates?: number;
  options: Known;
}
