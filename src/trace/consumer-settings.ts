/**
 * Connection settings of Python consumers: keywords of their constructs, and names of settings that they read. They open
 * connections of their own with them.
 */

import type { ConsumerOptions } from '../model/consumer-options.js';
import type { Argument, CallValue, Flow, ValueId } from '../model/facts.js';
import type { ArgumentPath, ConsumerConstruct, ConsumerLibrary, OwnConnection } from '../model/library.js';
import type { At, Known } from '../model/traced.js';
import { callsOf } from './calls-of.js';
import { clientsAt, nodesAt } from './consumer-places.js';
import { bindingOf } from './container.js';
import { consumersOf, isAt } from './hand-over.js';
import { located } from './located.js';
import type { Tools } from './openings.js';
import { compare } from './order.js';

interface Setting {
  path: ArgumentPath;
  value: Known;
}

/** Every such call and every such setting, in the order of files and places. */
export function consumerSettings(tools: Tools): ConsumerOptions[] {
  const found: ConsumerOptions[] = [];
  const { objects } = tools.solver;
  const callees = [...objects.ofKind('external'), ...objects.ofKind('class')].flatMap(([id, what]) =>
    consumersOf(tools.solver, id, what).length > 0 ? [id] : [],
  );
  const calls = callsOf(tools.solver, callees);
  for (const { index, facts } of tools.program.files) {
    for (const { id: value, call } of calls.get(index) ?? []) found.push(...fromCall(tools, index, value, call));
    // Only Python's consumers read settings by their names.
    if (facts.language === 'python') for (const flow of facts.flows) found.push(...fromSetting(tools, index, flow));
  }
  return found.sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

function fromCall(tools: Tools, file: number, value: ValueId, call: CallValue): ConsumerOptions[] {
  const { program, solver } = tools;
  const constructs: ReturnType<typeof consumersOf> = [];
  for (const id of solver.of(program.valueNode(file, call.callee))) {
    const { kind } = solver.objects.get(id);
    if (kind === 'external' || kind === 'class') constructs.push(...consumersOf(solver, id, solver.objects.get(id)));
  }
  for (const { library, construct } of constructs) {
    if (!construct.own || isGivenClient(tools, file, call, construct)) continue;
    const settings = settingsOf(tools, file, call, construct.own);
    if (settings.length === 0 && !construct.own.always) continue;
    if (construct.own.sign && !settings.some(({ value: known }) => saysRedis(known))) continue;
    const { container, bound } = bindingOf(solver, tools.reach, file, value, () => false);
    const { name } = library;
    const { api, use, note, clientAt } = construct;
    const options = asObject(settings, program.at(file, call.span.start));
    const what = { library: name, api, opens: null, opensVersion: null, use, note, takesClient: clientAt.length > 0 };
    return [{ ...located(program, file, value, call), container, bound, ...what, options }];
  }
  return [];
}

/** The settings as one object, in the order of the table. */
function asObject(settings: readonly Setting[], at: At): Known {
  const entries = settings.map(({ path, value }) => ({ key: path.join('.'), value, at: value.at }));
  return { kind: 'object', entries, open: false, at };
}

/** A client stands where the construct takes one: it opens nothing of its own. */
function isGivenClient(tools: Tools, file: number, call: CallValue, { clientAt }: ConsumerConstruct): boolean {
  return clientAt.some(([place, ...keys]) => {
    const argument = call.args.find((_, index) => isAt(place, call.args, index));
    if (!argument) return false;
    const node = tools.program.valueNode(file, argument.value);
    const nodes = nodesAt(tools.solver, node, keys);
    if (nodes.some((one) => clientsAt(tools.solver, tools.reach, one).length > 0)) return true;
    // A keyword for a client is never settings, even where the client cannot be followed.
    return typeof place === 'string' && keys.length === 0 && !isNone(tools.evaluator.evaluate(file, argument.value));
  });
}

function isNone(known: Known): boolean {
  return known.kind === 'undefined' || (known.kind === 'literal' && known.value === null);
}

function settingsOf(tools: Tools, file: number, call: CallValue, { at }: OwnConnection): Setting[] {
  return at.flatMap((path): Setting[] => {
    const [place, ...keys] = path;
    const argument = call.args.find((_, index) => isAt(place, call.args, index));
    const value = argument ? under(given(tools, file, argument), keys) : null;
    return value === null || isNone(value) ? [] : [{ path, value }];
  });
}

function given(tools: Tools, file: number, argument: Argument): Known {
  return tools.evaluator.evaluate(file, argument.value);
}

/** The entry under a path of keys; null when there is none for certain. */
function under(known: Known, keys: readonly (number | string)[]): Known | null {
  const [key, ...deeper] = keys;
  if (key === undefined) return known;
  if (known.kind === 'choice') return known.of.map((one) => under(one, keys)).find((one) => one !== null) ?? null;
  if (known.kind !== 'object') return known.kind === 'unknown' || known.kind === 'parameter' ? known : null;
  const entry = known.entries.findLast((one) => one.key === String(key));
  return entry ? under(entry.value, deeper) : null;
}

const REDIS = /redis|valkey/i;

/** Whether a text, a name of the environment or of a setting inside a value says that it is about Redis. */
export function saysRedis(known: Known): boolean {
  switch (known.kind) {
    case 'literal':
      return typeof known.value === 'string' && REDIS.test(known.value);
    case 'env':
      return REDIS.test(known.name) || (known.fallback !== null && saysRedis(known.fallback));
    case 'config':
      return REDIS.test(known.path.split('#').at(-1) ?? '') || (known.fallback !== null && saysRedis(known.fallback));
    case 'template':
      return known.parts.some(saysRedis);
    case 'array':
      return known.items.some(saysRedis);
    case 'object':
      return known.entries.some(({ key, value }) => REDIS.test(key) || saysRedis(value));
    case 'choice':
      return known.of.some(saysRedis);
    case 'converted':
      return saysRedis(known.value);
    case 'parameter':
      return REDIS.test(known.name);
    default:
      return false;
  }
}

/** `CACHES = {…}`, `app.config["RATELIMIT_STORAGE_URI"] = …`: a name that a consumer reads, with a value that says Redis. */
function fromSetting(tools: Tools, file: number, flow: Flow): ConsumerOptions[] {
  const name = flow.part.kind === 'whole' ? settingName(tools, file, flow) : null;
  if (name === null) return [];
  const { program } = tools;
  const { facts } = program.file(file);
  const own = tools.solver.libraries.filter(
    (one): one is ConsumerLibrary => one.kind === 'consumer' && one.language === 'python',
  );
  for (const { name: library, settings } of own) {
    const setting = settings?.find((one) => one.name === name);
    if (!setting) continue;
    const value = tools.evaluator.evaluate(file, flow.value);
    if (!saysRedis(value)) return [];
    const { scope } = program.value(file, flow.value);
    const span = { start: flow.span.start, end: Math.max(flow.span.end, program.value(file, flow.value).span.end) };
    const end = program.at(file, span.end);
    return [
      {
        file: facts.file,
        value: flow.value,
        span,
        at: program.at(file, span.start),
        endLine: end.line,
        endColumn: end.column,
        symbol: program.symbol(file, scope),
        digest: name,
        container: program.functionOf(file, scope) === null ? 'module-singleton' : 'function-local',
        bound: name,
        library,
        api: setting.api,
        opens: null,
        opensVersion: null,
        use: setting.use,
        note: setting.note,
        takesClient: false,
        options: value,
      },
    ];
  }
  return [];
}

/** Name of a module variable, of a member or of a key that a value is assigned to. */
function settingName(tools: Tools, file: number, { place }: Flow): string | null {
  if (place.kind === 'member') return place.name;
  if (place.kind !== 'local') return null;
  const local = tools.program.file(file).facts.locals[place.local];
  return local && tools.program.functionOf(file, local.scope) === null ? local.name : null;
}
