/** How the same command is called, and what it answers, in libraries of one language. */

/** Libraries by name, and the versions of them for which it holds (undefined: all). */
export interface ApiForm {
  libraries: readonly string[];
  versions: string | undefined;
  /** A call, or an answer as JSON. */
  text: string;
}

export interface ApiFact {
  /** Members in small letters, without `_`. */
  members: ReadonlySet<string>;
  kind: 'call' | 'answer';
  forms: readonly ApiForm[];
  source: string;
}

/** A member that is not the same in two libraries. */
export interface ApiDifference {
  member: string;
  kind: ApiFact['kind'];
  from: string;
  to: string;
}
