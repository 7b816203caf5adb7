/** Settings modules of the project that a scaffold reads addresses from. */

import type { ScaffoldInput, Style } from './style.js';

/** `file#name` of settings that the accessor imports → the code that gives them in its file. */
export type Imported = ReadonlyMap<string, string>;

/** `settings.REDIS_HOST` for the path `src/env.ts#env.REDIS_HOST`, `settings["redis"].host` in Python; null when the accessor does not import it. */
export function settingCode(path: string, imported: Imported): string | null {
  const found = /^(.*#[A-Za-z_$][\w$]*(?:\(\))?)((?:\.[A-Za-z_$][\w$]*|\["[^"\\]*"\])+)$/.exec(path);
  const holder = found && imported.get(found[1] ?? '');
  return holder ? `${holder}${found[2]}` : null;
}

/** The name that each settings module has in the accessor's file; none of the scaffold's own names. */
export function importedSettings({ settings = [] }: ScaffoldInput): Imported {
  return new Map(settings.map(({ holder }, index) => [holder, `settings${index === 0 ? '' : index + 1}`]));
}

/** Lines that import them. */
export function settingsLines(input: ScaffoldInput, { exported: keyword }: Pick<Style, 'exported'>): string[] {
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

/** The same for Python, where settings may also be what a function gives: `get_settings()`. */
export function pythonSettings({ settings = [] }: ScaffoldInput): Imported {
  const names = settings.map(({ holder }) => (holder.endsWith('()') ? 'get_settings' : 'settings'));
  return new Map(
    settings.map(({ holder }, index) => {
      const name = names[index] ?? '';
      const before = names.slice(0, index).filter((other) => other === name).length;
      return [holder, `${name}${before === 0 ? '' : before + 1}${holder.endsWith('()') ? '()' : ''}`];
    }),
  );
}

/** Lines that import them, behind those of installed packages; empty when there are none. */
export function pythonSettingsLines(input: ScaffoldInput): string {
  const names = pythonSettings(input);
  const modules = new Map<string, string[]>();
  for (const { holder, exported, specifier } of input.settings ?? []) {
    const local = (names.get(holder) ?? '').replace('()', '');
    const name = exported === local ? local : `${exported} as ${local}`;
    modules.set(specifier, [...(modules.get(specifier) ?? []), name]);
  }
  const lines = [...modules].map(([specifier, imported]) => `from ${specifier} import ${imported.sort().join(', ')}`);
  return lines.length === 0 ? '' : `\n\n${lines.sort().join('\n')}`;
}
