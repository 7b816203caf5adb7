/** How a client can be lost from sight. */
export type EscapeCode =
  | 'escapes-to-unknown-call'
  | 'escapes-to-unknown-value'
  | 'escapes-to-unknown-object'
  | 'escapes-through-global'
  | 'escapes-through-published-export'
  | 'escapes-through-subclass'
  | 'escapes-too-far';
