/** What the settings of openings are read from: whoever changes that later changes where an opening leads. */

import type { At, Known } from '../model/traced.js';

export class SettingsRead {
  /** Modules that values come from. */
  readonly modules = new Set<number>();
  /** Names under which something that is known was found: what is not known stays so, whatever is set. */
  readonly names = new Set<string>();

  /** Notes that `found` was read under a name; gives it. */
  as(name: string, found: Known): Known {
    if (found.kind !== 'unknown') this.names.add(name);
    return found;
  }

  /** The same for a member of `holder`, which has it from its literal: nobody can set a member of what has no literal here. */
  memberOf(holder: Known, name: string, found: Known): Known {
    return holder.kind === 'unknown' || holder.kind === 'config' ? found : this.as(name, found);
  }

  /** Notes every key of the objects in a value that are not written within a place: nobody else holds those that are. */
  keysOf(whole: Known, isWithin: (at: At) => boolean): void {
    const seen = new Set<Known>();
    const visit = (known: Known): void => {
      if (seen.has(known)) return;
      seen.add(known);
      if (known.kind === 'object') {
        for (const { key, value, at } of known.entries) {
          if (!isWithin(at)) this.names.add(key);
          visit(value);
        }
      } else if (known.kind === 'array') known.items.forEach(visit);
      else if (known.kind === 'choice') known.of.forEach(visit);
      else if (known.kind === 'parameter' && known.given) visit(known.given);
    };
    visit(whole);
  }
}
