/** Settings modules of the project that a scaffold reads addresses from. */

import type { Imported } from './settings.js';
import type { ScaffoldInput, Style } from './style.js';

/** The name that each settings module has in the accessor's file; none of the scaffold's own names. */
export function importedSettings({ settings = [] }: ScaffoldInput): Imported {
  return new Map(settings.map(({ holder }, index) => [holder, `settings${index === 0 ? '' : index + 1}`]));
}

/** Lines that import them. */
export function settingsLines(input: ScaffoldInput, { exported: keyword }: Style): string[] {
  const names = importedSettings(input);
  return (input.settings ?? []).map(({ holder, exported, specifier }) => {
    const local = names.get(holder) ?? '';
    if (keyword === '') {
      if (exported === '=') return `const ${local} = require('${specifier}');`;
      return `const { ${exported}: ${local} } = require('${specifier}');`;
    }
    if (exported === 'default' || exported === '=') return `import ${local} from '${specifier}';`;
    return `import { ${exported} as ${local} } from '${specifier}';`;
  });
}
