import type { Construction } from './construction.js';

/** A call of a name that the configuration names and that nothing in the file binds. */
export interface UnboundCall extends Omit<Construction, 'className' | 'declaredIn' | 'sure'> {
  name: string;
}
