/** Wrappers and deprecated imports: from what a person wrote to what assess compares with. */

import { type Preset, presetIn } from '../accessors/index.js';
import { isSourcePath } from '../languages/module-language.js';
import type { Accessor, AccessorLanguage, Config, Deprecated, Wrapper } from '../model/config.js';
import type { ConfigInput } from './schema.js';

function wrapper(given: NonNullable<ConfigInput['wrappers']>[number]): Wrapper {
  const { class: name, module, instance, callSites, pipelines } = given;
  return {
    class: name,
    module: plain(module),
    instance: instance ?? null,
    ...(callSites ? { callSites } : {}),
    ...(callSites && pipelines ? { pipelines } : {}),
  };
}

/** What a person wrote, and the manager classes of the preset's own accessors that nobody wrote anything of. */
export function wrappersOf(
  given: NonNullable<ConfigInput['wrappers']>,
  accessors: readonly Accessor[],
  preset: Preset | undefined,
): Wrapper[] {
  const stated = given.map(wrapper);
  const own = accessors.flatMap(({ language, file, module, name }): Wrapper[] => {
    const profile = preset && presetIn(preset, language);
    if (!profile?.manager || profile.exports.name !== name) return [];
    const dotted = file.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
    return [{ ...profile.manager, module: language === 'python' ? (module ?? dotted) : file }];
  });
  const isStated = (one: Wrapper) =>
    stated.some(({ class: name, module }) => name === one.class && module === one.module);
  return [...stated, ...own.filter((one) => !isStated(one))];
}

/** `old.module.Name` is Python, `src/old.ts#name` is JavaScript. */
export function deprecated({ import: imported, use }: NonNullable<ConfigInput['deprecated']>[number]): Deprecated {
  const language: AccessorLanguage = imported.includes('#') ? 'javascript' : 'python';
  const at = imported.lastIndexOf(language === 'javascript' ? '#' : '.');
  return {
    language,
    module: plain(imported.slice(0, at)),
    name: imported.slice(at + 1),
    use: { module: plain(use.module), name: use.name, drop: use.drop ?? null },
  };
}

function plain(module: string): string {
  return isSourcePath(module) ? module.replace(/^\.\//, '') : module;
}

/** Wrappers and deprecated imports with the files of their modules as seen from the root. */
export function replacementsFrom(
  config: Pick<Config, 'wrappers' | 'deprecated'>,
  fromRoot: (file: string) => string,
): Pick<Config, 'wrappers' | 'deprecated'> {
  const moved = (module: string) => (isSourcePath(module) ? fromRoot(module) : module);
  return {
    wrappers: config.wrappers.map((one) => ({ ...one, module: moved(one.module) })),
    deprecated: config.deprecated.map((one) => ({
      ...one,
      module: moved(one.module),
      use: { ...one.use, module: moved(one.use.module) },
    })),
  };
}
