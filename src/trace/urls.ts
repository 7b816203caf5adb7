/** Redis URLs in literals and templates. */

import type { Value, ValueId } from '../model/facts.js';
import type { At, Known, Opening, UrlLiteral } from '../model/traced.js';
import type { Tools } from './openings.js';
import { compare } from './order.js';
import { idsOfKind } from './values-in.js';

const SCHEME = /(?:rediss?|valkeys?|redis\+sentinel):\/\//i;
const TEXT_TESTS = new Set([
  'startsWith',
  'endsWith',
  'includes',
  'indexOf',
  'match',
  'test',
  'replace',
  'split',
  'startswith',
  'endswith',
]);
const LOGGERS = /^(?:console|log|logger|debug|warn|error|info|print|Logger)$/i;

/** Every literal that holds a Redis URL, with the opening it is a part of and why it may not be an address. */
export function collectUrls(tools: Tools, openings: readonly Opening[]): UrlLiteral[] {
  const { program } = tools;
  const inOpening = urlsOfOpenings(openings);
  const found: UrlLiteral[] = [];
  for (const file of program.files) {
    const texts = [...idsOfKind(file.facts, 'literal'), ...idsOfKind(file.facts, 'template')];
    for (const id of texts) {
      const value = program.value(file.index, id);
      const text = textOf(value);
      if (text === null || !SCHEME.test(text)) continue;
      const at = program.at(file.index, value.span.start);
      const end = program.at(file.index, value.span.end);
      const around = openings.findIndex(
        (o) => o.file === at.file && o.span.start <= value.span.start && value.span.end <= o.span.end,
      );
      const partOf = around >= 0 ? around : (inOpening.get(`${at.file}:${at.line}:${at.column}`) ?? null);
      found.push({
        file: at.file,
        value: id,
        span: value.span,
        at: placeInText(text, at, end.line),
        endLine: end.line,
        endColumn: end.column,
        text,
        known: tools.evaluator.evaluate(file.index, id),
        partOf,
        not: partOf === null ? notAnAddress(tools, file.index, value, id) : null,
        symbol: program.symbol(file.index, value.scope),
        bound: boundTo(tools, file.index, id),
        digest: text.replace(/\/\/[^@/]*@/, '//@'),
      });
    }
  }
  return found.sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start);
}

/** The line of the URL in a text of many lines, where the lines of the text are lines of the file. */
function placeInText(text: string, at: At, endLine: number): At {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => SCHEME.test(one));
  if (line <= 0 || lines.length - 1 !== endLine - at.line) return at;
  return { ...at, line: at.line + line, column: (lines[line]?.search(SCHEME) ?? 0) + 1 };
}

function textOf(value: Value): string | null {
  if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : null;
  if (value.kind !== 'template') return null;
  return value.parts.map((p) => (typeof p === 'string' ? p : '…')).join('');
}

/** Places of all literals that the arguments of openings were computed from. */
function urlsOfOpenings(openings: readonly Opening[]): Map<string, number> {
  const places = new Map<string, number>();
  const visit = (known: Known | null, index: number): void => {
    if (!known) return;
    if (known.kind === 'literal' || known.kind === 'template') {
      const key = `${known.at.file}:${known.at.line}:${known.at.column}`;
      if (!places.has(key)) places.set(key, index);
    }
    for (const part of partsOf(known)) visit(part, index);
  };
  for (const o of openings) for (const arg of [...o.args, ...Object.values(o.keywords)]) visit(arg, o.index);
  return places;
}

/** The values that a known value is made of. */
function partsOf(known: Known): (Known | null)[] {
  switch (known.kind) {
    case 'env':
    case 'config':
      return [known.fallback];
    case 'template':
      return known.parts;
    case 'array':
      return known.items;
    case 'object':
      return known.entries.map((e) => e.value);
    case 'choice':
      return known.of;
    case 'converted':
      return [known.value];
    case 'parameter':
      return [known.given ?? null];
    default:
      return [];
  }
}

function notAnAddress(tools: Tools, file: number, value: Value, id: ValueId): string | null {
  const { program, reach } = tools;
  const text = textOf(value) ?? '';
  for (const consumer of reach.consumers(file).get(id) ?? []) {
    if (consumer.kind === 'looked-at' && program.value(file, consumer.by).kind === 'comparison') return 'scheme-test';
    if (consumer.kind !== 'argument') continue;
    const call = program.value(file, consumer.by);
    if (call.kind !== 'call') continue;
    const callee = program.value(file, call.callee);
    if (callee.kind === 'member' && TEXT_TESTS.has(callee.name ?? '')) return 'scheme-test';
    if (call.new && callee.kind === 'global' && /Error$/.test(callee.name)) return 'message';
    if (isLogger(tools, file, call.callee)) return 'message';
  }
  return SCHEME.test(text) && /\s/.test(text.trim()) ? 'message' : null;
}

function isLogger(tools: Tools, file: number, callee: ValueId): boolean {
  const value = tools.program.value(file, callee);
  if (value.kind === 'global') return LOGGERS.test(value.name);
  if (value.kind !== 'member') return false;
  const object = tools.program.value(file, value.object);
  const name = object.kind === 'global' ? object.name : object.kind === 'member' ? (object.name ?? '') : '';
  const local = object.kind === 'reference' ? tools.program.file(file).facts.locals[object.local]?.name : undefined;
  return LOGGERS.test(local ?? name);
}

function boundTo(tools: Tools, file: number, id: ValueId): string | null {
  for (const consumer of tools.reach.consumers(file).get(id) ?? []) {
    if (consumer.kind !== 'flow') continue;
    const { place } = consumer.flow;
    if (place.kind === 'local') return tools.program.file(file).facts.locals[place.local]?.name ?? null;
    if (place.kind === 'field' || place.kind === 'member') return place.name;
  }
  return null;
}
