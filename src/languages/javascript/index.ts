/** JavaScript and TypeScript. */

import type { Language } from '../language.js';
import { EMBEDDING_EXTENSIONS } from './embedded.js';
import { facts, JAVASCRIPT_EXTENSIONS, languageOf, loadFacts } from './facts.js';
import { computedNames, mayCompute } from './loads.js';
import { createResolver } from './resolve.js';
import { importsIn } from './resolve-specifiers.js';

export const javascript: Language = {
  name: 'javascript',
  extensions: [...JAVASCRIPT_EXTENSIONS, ...EMBEDDING_EXTENSIONS],
  load: loadFacts,
  facts,
  languageOf,
  resolver: createResolver,
  importsIn,
  mayCompute,
  computedNames,
  separator: '/',
};
