/** The syntax of each language, loaded when a change needs it. */

import type { Syntax } from '../languages/language.js';

/** Loads the transforms; gives the syntax of a file. A file of a language without transforms is a bug: assess keeps it. */
export async function loadSyntaxes(): Promise<(file: string) => Syntax> {
  const [{ javascriptSyntax }, { pythonSyntax }] = await Promise.all([
    import('../../transforms/javascript/index.js'),
    import('../../transforms/python/index.js'),
  ]);
  await Promise.all([javascriptSyntax.load(), pythonSyntax.load()]);
  return (file) => {
    if (/\.[cm]?[jt]sx?$/.test(file)) return javascriptSyntax;
    if (file.endsWith('.py')) return pythonSyntax;
    throw new Error(`no transforms for ${file}`);
  };
}
