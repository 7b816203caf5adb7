import type { FollowedClient } from './traced.js';

/** An instantiation of one of the classes that trace was told to watch for. */
export interface Construction
  extends Pick<
    FollowedClient,
    'file' | 'value' | 'span' | 'at' | 'endLine' | 'endColumn' | 'symbol' | 'digest' | 'container' | 'bound'
  > {
  className: string;
  /** File that declares the class. */
  declaredIn: string;
  /** Nothing else can be constructed there. */
  sure: boolean;
}
