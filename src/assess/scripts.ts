/** Lua commands that are defined on a client: on a shared one the last definition of a name wins for all. */

import type { Reason } from '../model/site.js';
import type { At, Known, Opening } from '../model/traced.js';
import { textOf } from './known.js';
import { reason } from './reasons.js';

interface Definition {
  /** Lower-case; null when it is computed. */
  name: string | null;
  /** The script with its number of keys, as text; null when it is not known. */
  script: string | null;
  at: At;
}

/** Definitions that would meet another one of their name on a shared client. */
export function scriptReasons(opening: Opening, openings: readonly Opening[]): Reason[] {
  const others = openings.filter((other) => other.index !== opening.index && other.library === opening.library);
  const theirs = others.flatMap(definitionsOf);
  return definitionsOf(opening).flatMap((own) => {
    const rival = theirs.find((other) => clashes(own, other));
    return rival ? [reason('script-clash', { name: own.name ?? 'a computed name' }, rival.at)] : [];
  });
}

/** The same definition once more changes nothing: one helper that defines its command on each client, or one call site. */
function clashes(own: Definition, other: Definition): boolean {
  if (own.at.file === other.at.file && own.at.line === other.at.line && own.at.column === other.at.column) return false;
  if (own.name !== null && other.name !== null && own.name !== other.name) return false;
  return own.script === null || other.script === null || own.script !== other.script;
}

function definitionsOf(opening: Opening): Definition[] {
  return opening.uses.flatMap((use) => {
    if (use.kind !== 'call' || use.member !== 'defineCommand') return [];
    const [name, definition] = use.args;
    return [{ name: textOf(name)?.toLowerCase() ?? null, script: scriptOf(definition), at: use.at }];
  });
}

function scriptOf(definition: Known | undefined): string | null {
  if (definition?.kind !== 'object' || definition.open) return null;
  const lua = textOf(definition.entries.findLast(({ key }) => key === 'lua')?.value);
  const keys = definition.entries.findLast(({ key }) => key === 'numberOfKeys')?.value;
  if (lua === null || (keys !== undefined && keys.kind !== 'literal')) return null;
  return `${keys?.value ?? ''} ${lua}`;
}
