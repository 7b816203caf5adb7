/** Which names are dead once the edits are made: used before, and by nothing that is left. */

import type { Edit } from '../../../src/model/change.js';
import type { Binding } from '../bindings.js';
import { type Node, nameOf } from '../node.js';
import type { Source } from '../source.js';

export interface Range {
  start: number;
  end: number;
}

/** Knows what goes; grows while dead declarations are found. */
export class Liveness {
  private readonly gone: Range[];
  private readonly kept: readonly Range[];
  private readonly written: Set<string>;
  private readonly uncertain: boolean;

  constructor(
    private readonly source: Source,
    private readonly edits: readonly Edit[],
  ) {
    this.gone = edits.filter((edit) => edit.start < edit.end).map(({ start, end }) => ({ start, end }));
    this.kept = edits.flatMap(({ keeps = [] }) => keeps);
    this.written = namesCalled(edits);
    this.uncertain = source.bindings.unbound.some((node) => nameOf(node) === 'eval');
  }

  /** From here on, what stands in this range is counted as gone. */
  remove(range: Range): void {
    this.gone.push({ start: range.start, end: range.end });
  }

  isGone(range: Range): boolean {
    const holds = (span: Range) => span.start <= range.start && range.end <= span.end;
    return this.gone.some(holds) && !this.kept.some(holds);
  }

  /** An edit lies inside: what the edit writes needs this place. */
  holdsEdit(range: Range): boolean {
    return this.edits.some((edit) => range.start <= edit.start && edit.end <= range.end);
  }

  /** New text calls this name. */
  isWritten(name: string): boolean {
    return this.written.has(name);
  }

  /** Used before, used by nothing now. What nothing used before is not ours to take. */
  isDead(binding: Binding): boolean {
    if (this.uncertain || binding.exported || this.isWritten(binding.name)) return false;
    const outside = binding.references.filter((at) => !inOwnDeclaration(binding, at));
    return outside.length > 0 && outside.every((at) => this.isGone(at)) && !this.isDocumented(binding.name);
  }

  /** Neither `eval` nor a doc comment can need a name that no code refers to. */
  isUnneeded({ name }: Binding): boolean {
    return !this.uncertain && !this.isDocumented(name);
  }

  /** Doc comments name types: `{Redis}` in JavaScript, `{@link Redis}` everywhere. */
  private isDocumented(name: string): boolean {
    const javascript = /\.[cm]?jsx?$/.test(this.source.file);
    const word = name.replace(/\$/g, '\\$');
    const named = new RegExp(
      `${javascript ? '\\{[^}]*' : '\\{@link(?:code|plain)?\\s[^}]*'}(?<![\\w$])${word}(?![\\w$])`,
    );
    return this.source.comments.some(
      (comment) => String(comment.value).startsWith('*') && !this.isGone(comment) && named.test(String(comment.value)),
    );
  }
}

function inOwnDeclaration(binding: Binding, at: Node): boolean {
  return binding.declarations.some(
    (declared) => declared.type !== 'VariableDeclarator' && declared.start <= at.start && at.end <= declared.end,
  );
}

function namesCalled(edits: readonly Edit[]): Set<string> {
  return new Set(
    edits.flatMap((edit) => [
      ...[...edit.text.matchAll(/([A-Za-z_$][\w$]*)\(/g)].map((match) => match[1] ?? ''),
      // An instance stands for itself.
      ...(/^[A-Za-z_$][\w$]*$/.test(edit.text) ? [edit.text] : []),
    ]),
  );
}
