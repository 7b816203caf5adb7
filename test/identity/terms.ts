/** What an identity term says in a run with a certain environment. Written apart from the tool, to be compared with it. */

/** Variables by name, members of settings by their path. */
type Env = Readonly<Record<string, string>>;

/** A reader of one term from its beginning; what it does not understand it throws. */
class Reader {
  private at = 0;
  constructor(
    private readonly text: string,
    private readonly env: Env,
  ) {}

  /** The value of the whole text, or the values of two terms with a colon between them. */
  whole(): (string | undefined)[] {
    const values = [this.term(0)];
    if (this.take(':')) values.push(this.term(0));
    if (this.at < this.text.length) throw new Error(`${this.text}: unread ${this.text.slice(this.at)}`);
    return values;
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private match(pattern: RegExp): string {
    const found = new RegExp(pattern.source, 'y');
    found.lastIndex = this.at;
    const [text] = found.exec(this.text) ?? [];
    if (text === undefined) throw new Error(`${this.text}: ${pattern} expected at ${this.at}`);
    this.at += text.length;
    return text;
  }

  private term(depth: number): string | undefined {
    if (this.take('default')) return undefined;
    if (this.take('if(')) {
      const holds = this.condition();
      this.match(/\)\?/);
      const then = this.term(depth + 1);
      this.match(/:/);
      const other = this.term(depth + 1);
      return holds ? then : other;
    }
    if (this.take('literal:')) {
      if (this.text[this.at] === '"') return this.quoted();
      return this.match(depth > 0 ? /[\w.\-/]*/ : /(?:(?!:(?:env|literal|config|default|if)\b).)*/);
    }
    if (this.take('text(')) return this.parts();
    const value = this.env[this.take('config:') ? this.match(/[^|]*/) : this.match(/env:\w+/).slice('env:'.length)];
    const or = this.take('||');
    if (!or && !this.take('|')) return value;
    const fallback = this.term(depth);
    return value === undefined || (or && value === '') ? fallback : value;
  }

  /** `"a",env:X)`: what is put together. */
  private parts(): string {
    let text = '';
    do text += this.text[this.at] === '"' ? this.quoted() : (this.operand() ?? 'undefined');
    while (this.take(','));
    this.match(/\)/);
    return text;
  }

  /** `env:X`, `env:X|"a"`. */
  private operand(): string | undefined {
    this.match(/env:/);
    const value = this.env[this.match(/\w+/)];
    const or = this.take('||');
    if (!or && !this.take('|')) return value;
    const fallback = this.quoted();
    return value === undefined || (or && value === '') ? fallback : value;
  }

  private quoted(): string {
    return JSON.parse(this.match(/"(?:[^"\\]|\\.)*"/)) as string;
  }

  /** `env:X`, `env:X=="a"`, `!…`, `(a&&b)`. */
  private condition(): boolean {
    if (this.take('!')) return !this.condition();
    if (this.take('(')) {
      const left = this.condition();
      const operator = this.match(/&&|\|\|/);
      const right = this.condition();
      this.match(/\)/);
      return operator === '&&' ? left && right : left || right;
    }
    this.match(/env:/);
    const value = this.env[this.match(/\w+/)];
    if (!this.take('==')) return Boolean(value);
    return this.take('undefined') ? value === undefined : value === this.quoted();
  }
}

/** The value of a term; undefined: the default of the library. Throws for a term of another form. */
export function valueIn(term: string, env: Env): string | undefined {
  return new Reader(term, env).whole()[0];
}

/** What a term of a server says: a URL, a socket (`unix:<path>`), or host and port. */
export function serverOf(term: string, env: Env): string | undefined {
  const values = new Reader(term, env).whole();
  return values.length === 1
    ? values[0]
    : values.map((value, index) => value ?? ['localhost', '6379'][index]).join(':');
}
