/** The syntax of each language, loaded when a change needs it. */

import type { Syntax } from '../languages/language.js';

/** Loads the transforms; gives the syntax of a file. A file of a language without transforms is a bug: assess keeps it. */
export async function loadSyntaxes(): Promise<(file: string) => Syntax> {
  const { javascriptSyntax } = await import('../../transforms/javascript/index.js');
  await javascriptSyntax.load();
  return (file) => {
    if (!/\.[cm]?[jt]sx?$/.test(file)) throw new Error(`no transforms for ${file}`);
    return javascriptSyntax;
  };
}
