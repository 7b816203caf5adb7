/** Whether the accessor can be called wherever a client is read. */

import { moduleName } from '../languages/python/module-name.js';
import type { FileFacts, ScopeId } from '../model/facts.js';
import { type Context, functionAround } from './context.js';
import { type Asked, type Holder, isReplaced } from './holder.js';
import type { Placed } from './hook-closers.js';
import { usersOf } from './parts.js';
import { accessorFor, reachReasons } from './reach.js';
import { effectOf } from './reasons.js';
import { takingsOf } from './taken-by.js';
import { atOf, type Obstacle, type Reading } from './takers.js';

/** What stands against calls of the accessor at the readings, and against taking the name out of these files. */
export function readingObstacles(context: Context, asked: Asked, holder: Holder): Obstacle[] {
  const files = new Map<string, FileFacts>();
  const read = holder.readings.filter((one) => !isReplaced(one, asked.others));
  for (const { file } of [...holder.drops, ...read.map(({ facts }) => facts)]) {
    const facts = context.files.get(file)?.facts;
    if (facts) files.set(file, facts);
  }
  const reading = new Set(read.map(({ facts }) => facts.file));
  return [
    ...[...files.values()].flatMap((facts) => unwritable(facts)),
    ...[...files.values()].flatMap((facts) =>
      reading.has(facts.file) ? unreachable(context, facts, asked, holder) : [],
    ),
    ...read.flatMap((one) => placeObstacles(asked, one)),
    ...effectsLost(asked, holder),
    ...emptied(context, asked, holder),
    ...stoodInFor(context, asked, holder),
    ...unread(context, asked),
  ];
}

/** Calls that find names by their text. */
const BY_TEXT: ReadonlySet<string> = new Set(['eval', 'exec', 'globals', 'locals', 'vars']);

function unwritable(facts: FileFacts): Obstacle[] {
  const byText = facts.values.find((value) => value.kind === 'global' && BY_TEXT.has(value.name));
  if (byText) return [{ why: 'names are looked up by their text there', at: atOf(facts, byText.span.start) }];
  const [problem] = facts.problems;
  const at = atOf(facts, 0);
  if (problem) return [{ why: 'a file that reads it does not parse', at: { ...at, line: problem.line } }];
  if (facts.embedded) return [{ why: 'it is read in a file that is never edited', at }];
  return facts.generated ? [{ why: 'it is read in a generated file', at }] : [];
}

function unreachable(
  context: Context,
  facts: FileFacts,
  { accessor, opening }: Asked,
  { readings }: Holder,
): Obstacle[] {
  const at = atOf(facts, readings.find((one) => one.facts === facts)?.span.start ?? 0);
  const serving = accessorFor(context, facts.file, accessor.language, opening.mode);
  if (serving !== accessor) return [{ why: 'another accessor serves a file that reads it', at }];
  const [against] = reachReasons(context, facts.file, accessor).filter(({ code }) => effectOf(code) === 'keep');
  return against
    ? [{ why: `a file that reads it cannot import the accessor: ${against.message.replace(/\.$/, '')}`, at }]
    : [];
}

function placeObstacles({ accessor: { contract } }: Asked, { facts, value: id, span }: Reading): Obstacle[] {
  const value = facts.values[id];
  const at = atOf(facts, span.start);
  const scope = value?.scope ?? 0;
  const within = functionAround(facts, scope);
  if (contract.notBefore !== null && within === null) {
    return [{ why: `it is read on import, and the accessor must not be called before ${contract.notBefore}`, at }];
  }
  if (contract.mode === 'coroutine' && !isAsync(facts, within))
    return [{ why: 'it is read where nothing can wait', at }];
  const called = usersOf(facts, id).some((by) => {
    const user = facts.values[by];
    return user?.kind === 'call' && user.callee === id;
  });
  return called ? [{ why: 'it is called itself', at }] : [];
}

function isAsync(facts: FileFacts, within: ScopeId | null): boolean {
  return within !== null && facts.scopes[within]?.async === true;
}

/** What runs when the module of the holder is loaded: who imported it for the client alone would no longer run it. */
function effectsLost({ facts, others }: Asked, { drops }: Holder): Obstacle[] {
  const isImported = drops.some(({ instruction: { kind } }) => kind === 'drop-import');
  if (!isImported) return [];
  const gone = (start: number) =>
    [...drops, ...others].some(
      ({ file, instruction: { span } }) => file === facts.file && span.start <= start && start < span.end,
    );
  const effect = facts.statements.find(({ kind, scope, span }, id) => {
    const runs = kind === 'expression' && facts.scopes[scope]?.kind === 'module' && !gone(span.start);
    return runs && facts.values.some((value) => value.kind === 'call' && value.statement === id);
  });
  if (!effect) return [];
  return [{ why: 'its module does more when it is loaded', at: atOf(facts, effect.span.start) }];
}

/** `export * from './redis'` of a file that exports nothing any more: TypeScript takes it for no module. */
function emptied(context: Context, { facts: home }: Asked, { drops }: Holder): Obstacle[] {
  if (home.language === 'python') return [];
  const files = new Set(
    drops.flatMap(({ file, instruction }) => (isNameOfModule({ file, instruction }) ? [file] : [])),
  );
  for (const file of files) {
    const facts = context.files.get(file)?.facts;
    const gone = drops.flatMap(({ file: other, instruction: { span } }) => (other === file ? [span] : []));
    const left = facts?.exports.some(({ span }) => !gone.some((one) => one.start <= span.start && span.end <= one.end));
    const whole = takingsOf(context, file).find(({ what }) => what.kind === 'export' && what.export.imported === '*');
    if (whole && left === false) {
      return [{ why: `${file} would export nothing, and is exported as a whole`, at: atOf(whole.facts, 0) }];
    }
  }
  return [];
}

/** Tests put something in the place of the module, or of the name in it. */
function stoodInFor(context: Context, { facts }: Asked, { drops, name }: Holder): Obstacle[] {
  if (!drops.some(isNameOfModule)) return [];
  const path = facts.file.replace(/(?:\/__init__\.py|(?:\/index)?\.\w+)$/, '');
  const stem = path.slice(path.lastIndexOf('/') + 1);
  const plain = name.replace(/\(\)$/, '');
  const python = facts.language === 'python';
  const other = context.standIns.find(({ module, names }) => module === facts.file && (names?.includes(plain) ?? true));
  if (other) return [{ why: 'a test puts something else in its place', at: { file: other.by, line: 1, column: 1 } }];
  // A module of a package is named with it: `orders` alone is any text.
  const inPackage = python && moduleName(context.project, facts.file).includes('.');
  const module = python
    ? new RegExp(`(?:^|\\.)${escaped(stem)}(?:\\.${escaped(plain)})?$`)
    : new RegExp(`^[.@~#\\w-]+.*/${escaped(stem)}(?:\\.[cm]?[jt]sx?)?$`);
  for (const { facts: user } of context.files.values()) {
    if ((user.language === 'python') !== python) continue;
    const found = user.values.find((value, id) => {
      const text = value.kind === 'literal' && typeof value.value === 'string' ? value.value : '';
      const names = module.test(text) && (!inPackage || text.includes('.'));
      return names && usersOf(user, id).some((by) => user.values[by]?.kind === 'call');
    });
    if (found) return [{ why: 'a test puts something else in its place', at: atOf(user, found.span.start) }];
  }
  return [];
}

function isNameOfModule({ instruction: { kind } }: Placed): boolean {
  return kind === 'drop-holder' || kind === 'drop-export';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A file that could not be read may read it too. */
function unread(context: Context, { facts }: Asked): Obstacle[] {
  const python = facts.language === 'python';
  const [failed] = context.project.failed.filter(({ file }) => file.endsWith('.py') === python);
  return failed
    ? [{ why: 'a file that cannot be read may use it', at: { file: failed.file, line: 1, column: 1 } }]
    : [];
}
