/** What is asked of a program from many sides, and found once. */

import type { Followed } from './openings.js';
import type { Reach } from './reach.js';

/** The same question, answered once for what was followed so far. Nobody may change the answer. */
export function perProgram<T>(find: (followed: Followed) => T): (followed: Followed) => T {
  const known = new WeakMap<Reach, { answer: T }>();
  return (followed) => {
    const before = known.get(followed.reach);
    if (before) return before.answer;
    const answer = find(followed);
    known.set(followed.reach, { answer });
    return answer;
  };
}
