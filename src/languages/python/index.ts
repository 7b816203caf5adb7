/** Python: the way from a text to facts, and from an import to a file. */

import type { Language } from '../language.js';
import { facts } from './facts.js';
import { computedNames, mayCompute } from './loads.js';
import { NOTEBOOK_EXTENSION } from './notebook.js';
import { loadParser } from './parser.js';
import { createResolver } from './resolve.js';
import { importsIn, submodules } from './specifiers.js';
import { namesTaken } from './taken.js';

export const python: Language = {
  name: 'python',
  extensions: ['.py', NOTEBOOK_EXTENSION],
  load: loadParser,
  facts,
  languageOf: () => 'python',
  importsIn,
  namesTaken,
  specifiers: submodules,
  resolver: createResolver,
  mayCompute,
  computedNames,
  separator: '.',
};
