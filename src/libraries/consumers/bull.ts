import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const bull: ConsumerLibrary = {
  kind: 'consumer',
  name: 'bull',
  language: 'javascript',
  packages: ['bull'],
  constructs: [
    entry(
      'new Queue',
      [],
      [
        [1, 'createClient'],
        [2, 'createClient'],
      ],
      {
        call: 'either',
        role: 'unknown',
        use: 'queue',
        note: 'createClient(type) must give a new client for `bclient` at each call; bull closes none of them.',
      },
    ),
  ],
};
