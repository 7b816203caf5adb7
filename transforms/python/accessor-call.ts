/** Writes a call of the accessor. */

import type { AccessorUse } from '../../src/model/change.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** `get_redis(database="metrics")`: arguments are always keywords, so that none binds the wrong parameter. */
export function accessorCall(source: Source, name: string, { args, instance }: AccessorUse): string {
  if (instance) return name;
  const { quote } = styleOf(source);
  return `${name}(${args.map((one) => `${one.name}=${literal(one.value, quote)}`).join(', ')})`;
}

function literal(value: string | number | boolean, quote: string): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  return `${quote}${value.replace(/[\\\n\r]/g, (found) => JSON.stringify(found).slice(1, -1)).replaceAll(quote, `\\${quote}`)}${quote}`;
}
