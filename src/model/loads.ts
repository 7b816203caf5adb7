/** Loads of modules under names that are put together at run time. */

import type { At } from './traced.js';

/** `import(`./${name}.js`)`, `import_module(f"app.{name}")`. */
export interface ComputedLoad {
  at: At;
  language: 'javascript' | 'python';
  /** Parsed files that may be meant; null: any file of the language. */
  modules: string[] | null;
  /** Members that the code reads of what it loads; null: any, as far as can be seen. */
  reads: string[] | null;
}
