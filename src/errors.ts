/** A mistake of the person or of the surroundings: one clear line on stderr, exit code 2. Anything else thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do about it; printed after the message. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}
