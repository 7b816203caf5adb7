/** What a token of dependency injection is: equal keys are one token. */

import type { ValueId } from '../model/facts.js';
import { Evaluator } from './evaluate.js';
import type { ObjectId } from './objects.js';
import type { Node, Program } from './program.js';
import type { Solver } from './solver.js';
import { isParsed, type Missing } from './wants.js';

export class Tokens {
  /** Imports of tokens that lead to files which are not parsed yet. */
  readonly missing: Missing[] = [];
  private readonly evaluator: Evaluator;
  /** What was asked since the last files were added. */
  private readonly texts = new Map<Node, string | null>();

  constructor(
    private readonly program: Program,
    private readonly solver: Solver,
  ) {
    this.evaluator = new Evaluator(program);
  }

  /** Asks again: files were added. */
  renew(): void {
    this.evaluator.renew();
    this.texts.clear();
  }

  /** Keys of the tokens that a value can be: a text, a class, a symbol, a member of a package. Empty: not known. */
  keysOf(file: number, value: ValueId): string[] {
    const text = this.textOf(file, value);
    if (text !== null) return [`text ${text}`];
    const objects = [...this.solver.of(this.program.valueNode(file, value))];
    return objects.flatMap((id) => this.keyOfObject(id)).sort();
  }

  /** The text that a value is; null when it is none, or not known. */
  textOf(file: number, value: ValueId): string | null {
    const written = this.program.value(file, value);
    if (written.kind === 'literal') return typeof written.value === 'string' ? written.value : null;
    if (written.kind !== 'reference' && written.kind !== 'member') return null;
    const place = this.program.valueNode(file, value);
    const asked = this.texts.get(place);
    if (asked !== undefined) return asked;
    const known = this.evaluator.evaluate(file, value);
    this.missing.push(...this.evaluator.missing.splice(0));
    const text = known.kind === 'literal' && typeof known.value === 'string' ? known.value : null;
    this.texts.set(place, text);
    return text;
  }

  /** Words that a file must hold to name the token: its text, and the name under which the value is written. */
  namesOf(file: number, value: ValueId): string[] {
    const text = this.textOf(file, value);
    const name = this.writtenAs(file, value);
    return [...(text === null ? [] : [text]), ...(name === null ? [] : [name])];
  }

  /** The text or the name that stands where a token is named; null when it is computed. */
  writtenAs(file: number, value: ValueId): string | null {
    const written = this.program.value(file, value);
    if (written.kind === 'literal') return typeof written.value === 'string' ? written.value : null;
    if (written.kind === 'member') return written.name;
    if (written.kind !== 'reference') return null;
    return this.program.file(file).facts.locals[written.local]?.name ?? null;
  }

  private keyOfObject(id: ObjectId): string[] {
    const object = this.solver.objects.get(id);
    switch (object.kind) {
      case 'class':
        return [`class ${id}`];
      case 'record':
        return this.isSymbol(object) ? [`symbol ${id}`] : [];
      case 'external':
        return object.package === '' ? [] : [`member ${object.package} ${object.path.join('.')}`];
      case 'unparsed':
        if (!isParsed(this.program, object.importer, object.specifier)) this.missing.push(object);
        return [];
      default:
        return [];
    }
  }

  /** `Symbol('redis')`: what it gives is a thing of its own (`builtins.ts`). */
  private isSymbol({ file, value }: { file: number; value: ValueId }): boolean {
    return value >= 0 && this.program.value(file, value).kind === 'call';
  }
}
