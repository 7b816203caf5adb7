import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

export const redlock: ConsumerLibrary = {
  kind: 'consumer',
  name: 'redlock',
  language: 'javascript',
  packages: ['redlock'],
  constructs: [
    entry('new Redlock', [], [[0]], {
      role: 'command',
      use: 'lock',
      closes: true,
      note: 'quit() quits the clients it was given; several clients must stay several independent servers.',
    }),
    entry('new Redlock', ['Redlock'], [[0]], { role: 'command', use: 'lock', closes: true, note: 'As above.' }),
  ],
};
