/** Rows of calls of the accessor that the code already makes: what they ask for, and whether that fits what they do. */

import { PRESETS } from '../accessors/index.js';
import type { Accessor } from '../model/config.js';
import { type Reason, ROLES, type Role, type Site } from '../model/site.js';
import type { AccessorCall, FactoryCall, Known } from '../model/traced.js';
import type { Context } from './context.js';
import { textOf } from './known.js';
import { runsOnImport } from './on-import.js';
import { purposeOf } from './purpose.js';
import { accessorFor, isAccessorFile } from './reach.js';
import { reason } from './reasons.js';
import { isDedicated, roleOf } from './roles.js';
import { blank, place, type Row } from './sites.js';
import { isStarted, startIn } from './start.js';

/** Row of a call of one of the accessor's functions. A call of its close has neither role nor database. */
export function accessorCallRow(context: Context, call: AccessorCall): Row {
  const { site, identified } = bare(context, call);
  const language = site.language === 'python' ? 'python' : 'javascript';
  const named = context.accessors.find(({ name, open, close, contract }) =>
    [name, open, close, contract.notBefore].includes(call.name),
  );
  const mode = named && named.contract.mode !== 'sync' ? 'async' : 'sync';
  const accessor = accessorFor(context, call.file, language, mode);
  if (accessor === null || call.name === accessor.close || call.name === accessor.contract.notBefore) {
    return { site, identified };
  }
  const asked = askedRole(accessor, call);
  const doings = doingsOf(context, call);
  const misfit = doings && asked !== null ? misfitOf(asked, doings.role, doings.reasons) : [];
  return {
    site: {
      ...site,
      library: accessor.library,
      uses: doings?.uses ?? [],
      role: asked,
      purpose: doings?.purpose ?? null,
      database: askedDatabase(context, accessor, call),
      reasons: [
        ...site.reasons,
        ...misfit,
        ...earlyOf(context, accessor, call),
        ...(doings?.reasons ?? []).filter(({ code }) => code === 'purpose'),
      ],
    },
    identified,
  };
}

function bare(context: Context, call: AccessorCall): Row {
  const site = {
    ...blank(context, 'accessor-call', call),
    api: call.name,
    reasons: [reason('already-migrated', undefined)],
  };
  return { site, identified: { ...place(call), symbol: call.symbol, category: 'accessor-call' } };
}

/** Why there may be no client yet where one is asked for. */
function earlyOf(context: Context, accessor: Accessor, call: AccessorCall): Reason[] {
  const { notBefore } = accessor.contract;
  const before = startIn(context, accessor);
  if (isAccessorFile(context, call.file)) return [];
  if (notBefore !== null && runsOnImport(context, call, notBefore)) {
    return [reason('accessor-not-before', { before: notBefore })];
  }
  if (before === null || isStarted(context, before, call.file)) return [];
  return [reason('accessor-not-started', { before, why: 'nothing calls it' })];
}

/** The role that a call asks for; null when it is decided at run time. */
function askedRole(accessor: Accessor, call: AccessorCall): Role | null {
  const given = argument(accessor.contract.parameters.role, call);
  if (given === undefined) return call.name === accessor.open ? null : 'command';
  return ROLES.find((role) => role === textOf(given)) ?? null;
}

/** The named database that a call asks for: what it says, else the accessor's default; null when that is not known. */
function askedDatabase(context: Context, accessor: Accessor, call: AccessorCall): string | null {
  const given = argument(accessor.contract.parameters.database, call) ?? named(context, call.args[0]);
  if (given !== undefined) return textOf(given);
  const fallback = PRESETS[context.config.preset]?.call.defaults[accessor.contract.parameters.database];
  const [only, more] = context.databases;
  return typeof fallback === 'string' ? fallback : more === undefined ? (only?.name ?? null) : null;
}

/** A keyword, or an entry of an object that the call is given. */
function argument(name: string, { args, keywords }: AccessorCall): Known | undefined {
  const entries = args.flatMap((arg) => (arg.kind === 'object' ? arg.entries : []));
  return keywords[name] ?? entries.findLast(({ key }) => key === name)?.value;
}

/** A first argument that is the name of a database. */
function named({ databases }: Context, arg: Known | undefined): Known | undefined {
  return databases.some(({ name }) => name === textOf(arg)) ? arg : undefined;
}

interface Doings {
  role: Role;
  purpose: Site['purpose'];
  uses: Site['uses'];
  reasons: Reason[];
}

/** What is done with the client that a call gets; null when the call was not followed. */
function doingsOf(context: Context, call: AccessorCall): Doings | null {
  const followed = context.trace.factoryCalls.find(({ file, value }) => file === call.file && value === call.value);
  const opening = followed && openingOf(context, followed);
  if (!opening) return null;
  const found = roleOf(opening, context.trace.openings);
  const { purpose, reasons } = purposeOf(opening, found);
  return { role: found.role, purpose, uses: found.uses, reasons: [...found.reasons, ...reasons] };
}

function openingOf({ trace }: Context, call: FactoryCall) {
  const [first] = call.openings.flatMap((index) => trace.openings[index] ?? []);
  return first ? { ...first, ...call, duplicates: null } : undefined;
}

/** A shared client on which something runs that needs another one. */
function misfitOf(asked: Role, found: Role, reasons: readonly Reason[]): Reason[] {
  if (isDedicated(asked) || found === asked || (!isDedicated(found) && found !== 'queue')) return [];
  const evidence = reasons.find(({ code }) => code === 'role');
  const why = evidence?.message.replace(/^Role [a-z]+: |\.$/g, '') ?? found;
  return [{ ...reason('accessor-role', { asked, found, why }), at: evidence?.at ?? null }];
}
