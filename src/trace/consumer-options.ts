/** Connection options that are given to consumer libraries, which then open for themselves. */

import type { ConsumerOptions } from '../model/consumer-options.js';
import type { CallValue, ObjectEntry, Value, ValueId } from '../model/facts.js';
import type { ArgumentPath } from '../model/library.js';
import type { At, Known } from '../model/traced.js';
import { type ConsumerCall, consumerCalls } from './consumer-calls.js';
import { clientsAt, nodesAt } from './consumer-places.js';
import { bindingOf } from './container.js';
import { pick } from './known.js';
import { located } from './located.js';
import type { Tools } from './openings.js';
import { compare } from './order.js';
import { idsOfKind } from './values-in.js';

type ObjectValue = Extract<Value, { kind: 'object' }>;

/** Every call, and every object that names a transport, with which a consumer opens; in the order of files and places. */
export function collectConsumerOptions(tools: Tools): ConsumerOptions[] {
  const seen = new Set<string>();
  const found = [...consumerCalls(tools.solver).flatMap((call) => optionsOf(tools, call)), ...records(tools)];
  return found
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end)
    .filter(({ file, value }) => {
      const key = `${file} ${value}`;
      return !seen.has(key) && seen.add(key);
    });
}

function optionsOf(tools: Tools, found: ConsumerCall): ConsumerOptions[] {
  const { library, construct } = found;
  for (const path of construct.optionsAt ?? []) {
    const options = givenAt(tools, found, path);
    if (options === null) continue;
    const { api, opens, opensVersion = null, use, note } = construct;
    const takesClient = construct.clientAt.length > 0;
    const what = { library: library.name, api, opens: opens ?? null, opensVersion, use, note, takesClient };
    return [{ ...placed(tools, found), ...what, options }];
  }
  return duplicated(tools, found);
}

/**
 * A consumer that takes options is given a client instead and duplicates it: it has a connection of its own, with the options of
 * that client.
 */
function duplicated(tools: Tools, found: ConsumerCall): ConsumerOptions[] {
  const { library, construct, file, call } = found;
  const { api, use, note, clientAt, optionsAt, duplicates } = construct;
  if (duplicates === 0 || optionsAt === undefined || library.language === 'python') return [];
  const given = clientAt.some(([index, ...keys]) => {
    const argument = call.args[Number(index)];
    return argument !== undefined && !argument.spread && holdsClient(tools, file, argument.value, keys);
  });
  if (!given) return [];
  const options: Known = { kind: 'unknown', why: 'a client is given', at: tools.program.at(file, call.span.start) };
  const what = { library: library.name, api, opens: null, opensVersion: null, use, note, takesClient: true };
  return [{ ...placed(tools, found), ...what, duplicates, options }];
}

function holdsClient({ program, solver, reach }: Tools, file: number, argument: ValueId, keys: ArgumentPath): boolean {
  const node = program.valueNode(file, argument);
  return nodesAt(solver, node, keys).some((place) => clientsAt(solver, reach, place).length > 0);
}

/** What stands at a place of a call's arguments; null when nothing does, or a client. */
function givenAt(tools: Tools, { file, call, construct }: ConsumerCall, path: ArgumentPath): Known | null {
  const [index, ...keys] = path;
  const argument = call.args[Number(index)];
  if (!argument) return null;
  const own = keys.filter((key) => key !== TEXT);
  const holds = (at: ArgumentPath) => holdsClient(tools, file, argument.value, at);
  if (holds(own)) return null;
  const known = tools.evaluator.evaluate(file, argument.value);
  // Beside the options there may be the place of a client: who fills that means no options.
  const clients = construct.clientAt.filter(
    (at) => at[0] === index && at.length > path.length && own.every((key, i) => at[i + 1] === key),
  );
  if (clients.some((at) => holds(at.slice(1)) || isSaid(known, at.slice(1)))) return null;
  return inside(known, keys);
}

/** Last key of a path: only a text counts there. */
const TEXT = 'text()';
/** Kinds of values that are texts or numbers, never objects. */
const PLAIN = new Set<Known['kind']>(['literal', 'template', 'env', 'converted', 'computed']);

/** Whether an object that is known names a place. */
function isSaid(known: Known, [key, ...deeper]: ArgumentPath): boolean {
  if (key === undefined) return known.kind !== 'undefined';
  const entry = known.kind === 'object' ? known.entries.findLast((one) => one.key === key) : undefined;
  return entry !== undefined && isSaid(entry.value, deeper);
}

function inside(known: Known, [key, ...deeper]: ArgumentPath): Known | null {
  if (known.kind === 'undefined' || (known.kind === 'literal' && !known.value)) return null;
  if (key === undefined) return known.kind === 'function' ? null : known;
  if (key === '()') return known.kind === 'function' ? inside(known.returns ?? lost(known.at), deeper) : null;
  if (key === TEXT) return PLAIN.has(known.kind) || known.kind === 'config' ? known : null;
  if (PLAIN.has(known.kind) || known.kind === 'function') return null;
  if (known.kind === 'array' && typeof key !== 'number') return null;
  return inside(pick(known, String(key), known.at) ?? lost(known.at), deeper);
}

function lost(at: At): Known {
  return { kind: 'unknown', why: 'the options are not known', at };
}

type Placed = Omit<
  ConsumerOptions,
  'library' | 'api' | 'opens' | 'opensVersion' | 'use' | 'note' | 'takesClient' | 'options'
>;

function placed(tools: Tools, { file, value, call }: { file: number; value: ValueId; call: CallValue }): Placed {
  const { program, solver, reach } = tools;
  const { container, bound } = bindingOf(solver, reach, file, value, () => false);
  const returned = (reach.consumers(file).get(value) ?? []).some(
    (consumer) => consumer.kind === 'flow' && consumer.flow.place.kind === 'return',
  );
  const factory = returned && container === 'function-local';
  return { ...located(program, file, value, call), bound, container: factory ? 'factory' : container };
}

/** `{ transport: Transport.REDIS, options: { host } }`, whatever takes it. */
function records(tools: Tools): ConsumerOptions[] {
  const { program, solver, evaluator } = tools;
  const all = solver.libraries.flatMap((library) =>
    library.kind === 'consumer' ? (library.records ?? []).map((record) => ({ library, record })) : [],
  );
  const keys = new Set(all.map(({ record }) => record.key));
  const isKey = ({ key }: ObjectEntry) => key !== null && keys.has(key);
  return program.files.flatMap((file) =>
    idsOfKind(file.facts, 'object').flatMap((id): ConsumerOptions[] => {
      const value = file.facts.values[id] as ObjectValue;
      if (!value.entries.some(isKey)) return [];
      const found = all.find(({ library, record }) =>
        value.entries.some((entry) => isMember(tools, file.index, entry, record.key, library.packages, record.value)),
      );
      if (!found) return [];
      const { library, record } = found;
      const options = inside(
        evaluator.evaluate(file.index, id),
        record.optionsKey === null ? [] : [record.optionsKey],
      ) ?? {
        kind: 'object',
        entries: [],
        open: false,
        at: program.at(file.index, value.span.start),
      };
      const { api, opens, opensVersion = null, use, note } = record;
      const at = program.at(file.index, value.span.start);
      const end = program.at(file.index, value.span.end);
      const place = { file: at.file, value: id, span: value.span, at, endLine: end.line, endColumn: end.column };
      const symbol = program.symbol(file.index, value.scope);
      const rest = { library: library.name, api, opens, opensVersion, use, note, takesClient: false, options };
      return [{ ...place, symbol, bound: null, container: null, digest: `${api} ${symbol.join('.')}`, ...rest }];
    }),
  );
}

function isMember(
  { program, solver }: Tools,
  file: number,
  entry: ObjectEntry,
  key: string,
  packages: readonly string[],
  paths: readonly string[][],
): boolean {
  if (entry.spread || entry.key !== key) return false;
  return [...solver.of(program.valueNode(file, entry.value))].some((id) => {
    const what = solver.objects.get(id);
    return (
      what.kind === 'external' &&
      packages.includes(what.package) &&
      paths.some((path) => path.join('.') === what.path.join('.'))
    );
  });
}
