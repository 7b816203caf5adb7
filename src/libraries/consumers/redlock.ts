import { entry, library } from './entry.js';

const LOCK = { role: 'command', use: 'lock', closes: true } as const;
const NOTE = 'quit() quits the clients it was given; several clients must stay several independent servers.';

export const redlock = library('redlock', [
  entry('new Redlock', [], [[0]], { ...LOCK, note: NOTE }),
  entry('new Redlock', ['Redlock'], [[0]], { ...LOCK, note: NOTE }),
]);
