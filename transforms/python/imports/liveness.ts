/** Which names are dead once the edits are made: used before, and by nothing that is left. */

import type { Edit } from '../../../src/model/change.js';
import type { Binding } from '../bindings.js';
import { holds, type Node, walk } from '../node.js';
import type { Source } from '../source.js';

/** Functions that read names by themselves: then nothing is certain. */
export const REFLECTION = new Set(['eval', 'exec', 'globals', 'locals', 'vars']);

interface Range {
  start: number;
  end: number;
}

/** Knows what goes; grows while dead assignments are found. */
export class Liveness {
  private readonly gone: Range[];
  private readonly kept: readonly Range[];
  private readonly uncertain: boolean;
  private readonly exported: ReadonlySet<string>;

  constructor(
    source: Source,
    private readonly edits: readonly Edit[],
    taken: ReadonlySet<string>,
  ) {
    this.gone = edits.filter((edit) => edit.start < edit.end).map(({ start, end }) => ({ start, end }));
    this.kept = edits.flatMap(({ keeps = [] }) => keeps);
    this.uncertain = source.bindings.unbound.some(({ name }) => REFLECTION.has(name));
    this.exported = new Set([...exportedNames(source), ...taken]);
  }

  /** From here on, what stands in this range is counted as gone. */
  remove({ start, end }: Range): void {
    this.gone.push({ start, end });
  }

  isGone(range: Range): boolean {
    return this.gone.some((span) => holds(span, range)) && !this.kept.some((span) => holds(span, range));
  }

  /** An edit lies inside: what it writes needs this place. */
  holdsEdit(range: Range): boolean {
    return this.edits.some((edit) => holds(range, edit));
  }

  /** New text calls this name. */
  isWritten(name: string): boolean {
    return this.edits.some(({ text }) => writes(text, name));
  }

  /** Used before, used by nothing now. What nothing used before is not ours to take. */
  isDead({ name, scope, references }: Binding): boolean {
    if (this.uncertain || this.isWritten(name)) return false;
    if (scope.kind === 'module' && this.exported.has(name)) return false;
    return references.length > 0 && references.every((at) => this.isGone(at));
  }
}

/** New text that calls a name, or that is the name: an instance stands for itself. */
export function writes(text: string, name: string): boolean {
  return text === name || new RegExp(`(?<![\\w.])${name}\\(`).test(text);
}

/** Names in `__all__`. */
export function exportedNames({ module, text }: Source): Set<string> {
  const found = new Set<string>();
  for (const statement of module.children) {
    if (!text.startsWith('__all__', statement.start)) continue;
    for (const node of walk(statement) as Iterable<Node>) {
      if (node.type === 'string_content') found.add(text.slice(node.start, node.end));
    }
  }
  return found;
}
