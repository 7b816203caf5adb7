/** Builds a call of the accessor with jscodeshift's builders and prints that node alone. */

import type { AccessorUse } from '../../src/model/change.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** `getRedis({ database: "metrics" })`: arguments are keywords of one object, none is `getRedis()`. */
export function accessorCall(source: Source, name: string, use: AccessorUse): string {
  if (use.instance) return name;
  const { j } = source;
  const style = styleOf(source);
  const properties = use.args.map((argument) =>
    j.property(
      'init',
      IDENTIFIER.test(argument.name) ? j.identifier(argument.name) : j.stringLiteral(argument.name),
      j.literal(argument.value),
    ),
  );
  const call = j.callExpression(j.identifier(name), properties.length === 0 ? [] : [j.objectExpression(properties)]);
  const printed = j(call).toSource({ quote: style.quote });
  const joined = printed.replace(/\s*\r?\n\s*/g, ' ');
  return style.spaced ? joined : joined.replace('({ ', '({').replace(/ \}\)$/, '})');
}
