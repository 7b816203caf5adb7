import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AccessorUse, Instruction, MovedImport, Unit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import type { Pattern } from '../../src/model/site.js';

/** A piece of the input, or which of several equal pieces. */
type Piece = string | { text: string; nth?: number; use?: Partial<AccessorUse> };

/** The statement, and what becomes of its names. `calls` are calls that go with the name. */
interface Move {
  from: Piece;
  names: (Omit<MovedImport, 'to' | 'calls'> & { to: Partial<AccessorUse>; calls?: Piece[] })[];
}

interface UnitSpec {
  openings?: Piece[];
  calls?: Piece[];
  /** Calls of a method that only passes a command on. */
  commands?: { call: Piece; command: string }[];
  /** Reads and writes of cached values; `args` are pieces of the call, in the order of the interface. */
  cached?: { call: Piece; method: string; args: { text: string; keyword?: string }[] }[];
  /** Names of parameters where they are declared, with their defaults (none: nothing). */
  warns?: { name: Piece; not?: string }[];
  drops?: Piece[];
  /** Calls of a member whose object goes to the accessor's function, and calls of a member that go alone. */
  passes?: Piece[];
  leaves?: Piece[];
  /** Statements `with`, each as its begin and its end: `with a … b`. */
  withs?: string[];
  /** Calls that enter a client, and the client. */
  entered?: { call: string; of: string }[];
  moves?: Move[];
  /** What declares clients, with its opening or without; what reads them; where imports and exports name them. */
  holders?: { text: string; opening?: string }[];
  references?: Piece[];
  /** Branches of which one statement is left, with its opening replaced. */
  collapses?: { text: string; keep: string; opening: string }[];
  imports?: Piece[];
  exports?: Piece[];
  use?: Partial<AccessorUse>;
}

/** `<case>.json`: what is asked of the transform, and the codes of the units that it must refuse. */
interface Spec extends UnitSpec {
  units?: UnitSpec[];
  refused?: string[];
  /** Names that other files take from this one. */
  taken?: string[];
}

export interface Fixture {
  name: string;
  /** Name of the file for the syntax: the case with its extension. */
  file: string;
  input: string;
  /** For a `skip-` case: the input. */
  output: string;
  outputPath: string;
  skip: boolean;
  units: Unit[];
  refused: string[];
  taken: ReadonlySet<string>;
}

type FixtureLanguage = 'javascript' | 'python';

const ROOT = new URL('../../fixtures/', import.meta.url).pathname;
/** What is called unless a case says otherwise. */
const USES: Record<FixtureLanguage, AccessorUse> = {
  javascript: { name: 'getRedis', specifier: '@/lib/redis', form: 'named', args: [], awaited: false },
  python: { name: 'get_redis', specifier: 'app.clients', form: 'named', args: [], awaited: false },
};

/** Every fixture of every pattern of a language, found by folder. */
export function fixtures(language: FixtureLanguage = 'javascript'): Fixture[] {
  const root = join(ROOT, language);
  return readdirSync(root)
    .sort()
    .flatMap((pattern) =>
      readdirSync(join(root, pattern))
        .filter((file) => file.includes('.input.'))
        .sort()
        .map((file) => fixture(USES[language], pattern as Pattern, join(root, pattern, file))),
    );
}

function fixture(base: AccessorUse, pattern: Pattern, path: string): Fixture {
  const file = basename(path).replace('.input.', '.');
  const skip = file.startsWith('skip-');
  const outputPath = path.replace('.input.', '.output.');
  const input = readFileSync(path, 'utf8');
  const spec = JSON.parse(readFileSync(path.replace(/\.input\..*$/, '.json'), 'utf8')) as Spec;
  const units = (spec.units ?? [spec]).map((unit, index) => unitOf(base, unit, `u${index}`, pattern, file, input));
  const taken = new Set(spec.taken);
  const output = skip ? input : readFileSync(outputPath, 'utf8');
  return {
    name: `${pattern}/${file}`,
    file,
    input,
    output,
    outputPath,
    skip,
    units,
    refused: spec.refused ?? [],
    taken,
  };
}

function unitOf(base: AccessorUse, spec: UnitSpec, id: string, pattern: Pattern, file: string, text: string): Unit {
  const use = (piece: Piece): AccessorUse => ({
    ...base,
    ...spec.use,
    ...(typeof piece === 'string' ? {} : piece.use),
  });
  const instructions: Instruction[] = [
    ...(spec.openings ?? []).map(
      (piece): Instruction => ({ kind: 'replace-opening', span: spanOf(text, piece), use: use(piece) }),
    ),
    ...(spec.calls ?? []).map(
      (piece): Instruction => ({ kind: 'replace-call', span: spanOf(text, piece), use: use(piece) }),
    ),
    ...(spec.commands ?? []).map(({ call, command }): Instruction => {
      return { kind: 'send-command', span: spanOf(text, call), use: use(call), method: 'execute', command };
    }),
    ...(spec.cached ?? []).map(({ call, method, args }): Instruction => {
      const span = spanOf(text, call);
      const kept = args.map(({ text: piece, keyword = null }) => {
        const start = text.indexOf(piece, span.start);
        return { span: { start, end: start + piece.length }, keyword };
      });
      return { kind: 'send-cached', span, use: { ...use(call), name: 'manager' }, method, args: kept };
    }),
    ...(spec.warns ?? []).map(({ name, not }): Instruction => warningOf(base, text, name, not)),
    ...(spec.passes ?? []).map(
      (piece): Instruction => ({
        kind: 'pass-receiver',
        span: spanOf(text, piece),
        use: { ...use(piece), name: 'redisReady', args: [] },
      }),
    ),
    ...(spec.leaves ?? []).map((piece): Instruction => ({ kind: 'leave-receiver', span: spanOf(text, piece) })),
    ...(spec.withs ?? []).map((piece): Instruction => ({ kind: 'leave-with', span: spanBetween(text, piece) })),
    ...(spec.entered ?? []).map(({ call, of }): Instruction => {
      const span = spanOf(text, call);
      const start = span.start + call.indexOf(of);
      return { kind: 'leave-call', span, of: { start, end: start + of.length } };
    }),
    ...(spec.moves ?? []).map((move): Instruction => moveOf(base, move, text)),
    ...(spec.holders ?? []).map(({ text: holder, opening }): Instruction => {
      const span = spanOf(text, holder);
      const start = span.start + (opening === undefined ? 0 : holder.indexOf(opening));
      const inside = opening === undefined ? null : { start, end: start + opening.length };
      return { kind: 'drop-holder', span, opening: inside };
    }),
    ...(spec.references ?? []).map(
      (piece): Instruction => ({ kind: 'replace-reference', span: spanOf(text, piece), use: use(piece) }),
    ),
    ...(spec.collapses ?? []).map(({ text: all, keep, opening }): Instruction => {
      const span = spanOf(text, all);
      const within = (piece: string, from: number) => {
        const start = text.indexOf(piece, from);
        return { start, end: start + piece.length };
      };
      const kept = within(keep, span.start);
      const opened = within(opening, kept.start);
      return { kind: 'collapse', span, keep: kept, opening: opened, use: use(all), openings: [opened] };
    }),
    ...(spec.imports ?? []).map((piece): Instruction => ({ kind: 'drop-import', span: spanOf(text, piece) })),
    ...(spec.exports ?? []).map((piece): Instruction => ({ kind: 'drop-export', span: spanOf(text, piece) })),
    ...(spec.drops ?? []).map((piece): Instruction => ({ kind: 'drop-statement', span: spanOf(text, piece) })),
  ];
  return {
    id,
    sites: [`site-${id}`],
    files: [file],
    purpose: 'unknown',
    verdict: 'rewrite',
    changes: [{ site: `site-${id}`, file, pattern, instructions }],
  };
}

function warningOf({ specifier }: AccessorUse, text: string, piece: Piece, not?: string): Instruction {
  const span = spanOf(text, piece);
  const start = not === undefined ? 0 : text.indexOf(not, span.end);
  const given = { not: not === undefined ? ('nothing' as const) : { start, end: start + not.length } };
  const name = text.slice(span.start, span.end);
  const own = { kind: 'warn-parameter' as const, span, name, given, message: `${name} is ignored` };
  if (!specifier.startsWith('app.')) return own;
  return { ...own, use: { name: 'warn', specifier: 'warnings', form: 'named', args: [], awaited: false } };
}

function spanBetween(text: string, piece: string): Span {
  const [from = '', to = ''] = piece.split(' … ');
  return { start: spanOf(text, from).start, end: spanOf(text, to).end };
}

function moveOf(base: AccessorUse, { from, names }: Move, text: string): Instruction {
  return {
    kind: 'move-imports',
    span: spanOf(text, from),
    names: names.map(({ to, calls, ...name }) => ({
      ...name,
      to: { ...base, ...to },
      calls: calls?.map((piece) => spanOf(text, piece)) ?? null,
    })),
  };
}

function spanOf(text: string, piece: Piece): Span {
  const wanted = typeof piece === 'string' ? piece : piece.text;
  const nth = typeof piece === 'string' ? 0 : (piece.nth ?? 0);
  let start = text.indexOf(wanted);
  for (let count = 0; count < nth && start !== -1; count += 1) start = text.indexOf(wanted, start + 1);
  if (start === -1) throw new Error(`the input does not hold \`${wanted}\` (${nth})`);
  return { start, end: start + wanted.length };
}
