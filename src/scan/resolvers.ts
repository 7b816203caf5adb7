/** Where specifiers lead, and which manifest a file belongs to: each language answers for its own files. */

import type { Language, Resolver, Tree } from '../languages/language.js';
import type { Manifest, Resolution } from '../model/project.js';

export class Resolvers {
  private readonly made = new Map<Language, Resolver>();

  /** `aliases`: links in the tree, and the files that they lead to. */
  constructor(
    private readonly languages: ReadonlyMap<string, Language>,
    private readonly tree: Tree,
    private readonly aliases: ReadonlyMap<string, string>,
  ) {}

  resolve(file: string, specifier: string): Resolution {
    const found = this.of(file)?.resolve(file, specifier) ?? { kind: 'unknown' as const };
    const alias = found.kind === 'file' ? this.aliases.get(found.file) : undefined;
    return alias === undefined ? found : { kind: 'file', file: alias };
  }

  /** Where each of a file's specifiers leads. */
  resolveAll(file: string, specifiers: Iterable<string>): Record<string, Resolution> {
    return Object.fromEntries([...specifiers].map((specifier) => [specifier, this.resolve(file, specifier)]));
  }

  manifestOf(file: string): Manifest | null {
    return this.of(file)?.manifest(file) ?? null;
  }

  private of(file: string): Resolver | null {
    const language = this.languages.get(file);
    if (language === undefined) return null;
    const made = this.made.get(language) ?? language.resolver(this.tree);
    this.made.set(language, made);
    return made;
  }
}
