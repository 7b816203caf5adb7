/** Questions to a person on a terminal. Asked on stderr: stdout stays the result's. */

/** Null: the person went away, and nothing is to be written. */
export interface Asker {
  choose<T extends string>(
    question: string,
    answers: readonly { value: T; label: string; hint?: string }[],
  ): Promise<T | null>;
  confirm(question: string): Promise<boolean | null>;
  /** Something to be read before the next question. */
  say(title: string, lines: readonly string[]): void;
}

/** The real one; its library is loaded when it is needed. */
export async function terminalAsker(): Promise<Asker> {
  const { confirm, isCancel, note, select } = await import('@clack/prompts');
  const output = process.stderr;
  return {
    async choose(question, answers) {
      const options = answers.map(({ value, label, hint }) => ({
        value: value as string,
        label,
        ...(hint ? { hint } : {}),
      }));
      const answer = await select({ message: question, options, output });
      return isCancel(answer) ? null : (answer as (typeof answers)[number]['value']);
    },
    async confirm(question) {
      const answer = await confirm({ message: question, output });
      return isCancel(answer) ? null : answer;
    },
    say(title, lines) {
      note(lines.join('\n'), title, { output });
    },
  };
}
