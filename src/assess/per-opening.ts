/** What is asked of an opening from many sides, and found once. */

import type { Opening } from '../model/traced.js';

type Question<T> = (opening: Opening, openings: readonly Opening[]) => T;

/** The same question, answered once for each opening among the same openings. Nobody may change the answer. */
export function perOpening<T>(find: Question<T>): Question<T> {
  const known = new WeakMap<readonly Opening[], WeakMap<Opening, { answer: T }>>();
  return (opening, openings) => {
    const answers = known.get(openings) ?? new WeakMap<Opening, { answer: T }>();
    known.set(openings, answers);
    const before = answers.get(opening);
    if (before) return before.answer;
    const answer = find(opening, openings);
    answers.set(opening, { answer });
    return answer;
  };
}
