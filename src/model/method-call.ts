import type { ScopeId, ValueId } from './facts.js';
import type { FollowedClient } from './traced.js';

/** A call that makes something. */
export interface MadeAt {
  file: string;
  value: ValueId;
}

/** A call of a method on what may be an instance of one of the classes that trace was told to watch for. */
export interface MethodCall
  extends Pick<
    FollowedClient,
    'file' | 'value' | 'span' | 'at' | 'endLine' | 'endColumn' | 'symbol' | 'digest' | 'bound'
  > {
  className: string;
  /** File that declares the class. */
  declaredIn: string;
  member: string;
  /** The object is a name or a field that only constructions of the class fill, and nothing puts another method in its place. */
  sure: boolean;
  /** The one function that runs; null: several can, or none is known. */
  runs: { file: string; scope: ScopeId } | null;
  /** Fields of the object that the function reads, with the calls that fill them; `from` null: something else can. */
  held: { value: ValueId; from: MadeAt[] | null }[];
  /** The one call whose result the function gives, with its arguments for this call; null: it does something else too. */
  returns: ReturnedCall | null;
}

/** What a method that only asks another function gives: `get_redis_client(database=database.name.lower())`. */
export interface ReturnedCall {
  /** The call, in the file of the method. */
  value: ValueId;
  /** Its keyword arguments, as they are for the arguments that the method is given. It has no others. */
  keywords: Record<string, string | number | boolean | null>;
}
