/** Reasons why the client is lost from sight. Trace gives the wording. */

import type { EscapeCode } from '../model/traced.js';
import { info, type ReasonInfo } from './reason-info.js';

export interface Told {
  message: string;
}

function lost(doc: string): ReasonInfo<Told> {
  return info<Told>('keep', ({ message }) => spoken(message), doc);
}

/** Trace speaks of the client as `it`, in the middle of a sentence. */
function spoken(message: string): string {
  const subject = message.replace(/^it /, 'The client ');
  return subject.charAt(0).toUpperCase() + subject.slice(1);
}

export const ESCAPES: Record<EscapeCode | 'escapes-to-library', ReasonInfo<Told>> = {
  'escapes-to-unknown-call': lost('The client is given to a function that cannot be read.'),
  'escapes-to-unknown-value': lost('The client becomes part of a value that is not followed.'),
  'escapes-to-unknown-object': lost('The client is kept in an object that is not followed.'),
  'escapes-through-global': lost('The client is kept in a global.'),
  'escapes-through-published-export': lost('A published package hands the client out: its users are not in this tree.'),
  'escapes-through-subclass': lost('A subclass that cannot be read has the client.'),
  'escapes-too-far': lost('The way of the client is longer than what is followed.'),
  'escapes-to-library': lost('The client is given to a library that is not in the table.'),
};
