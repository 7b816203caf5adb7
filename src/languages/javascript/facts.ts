/** Facts of JavaScript and TypeScript files: the whole file lowered to the value-flow IR. */

import { FACTS_VERSION, type FileFacts, type LanguageName } from '../../model/facts.js';
import { embeds, scriptsOf } from './embedded.js';
import { Builder } from './facts/builder.js';
import { isGenerated, readDirectives } from './facts/comments.js';
import { loadCompiler, type Parsed, parse, ts } from './facts/compiler.js';
import { lineOf, readLineStarts } from './facts/lines.js';
import { hoistBody } from './facts/scoping.js';
import { statements } from './facts/statements.js';
import { readTokens } from './facts/tokens.js';
import { mayHoldFlow, withoutFlowTypes } from './flow.js';

export const JAVASCRIPT_EXTENSIONS: readonly string[] = ['.ts', '.cts', '.mts', '.tsx', '.js', '.cjs', '.mjs', '.jsx'];

/** Language of a file by its extension. */
export function languageOf(file: string): LanguageName {
  return /\.[cm]?tsx?$/.test(file) ? 'typescript' : 'javascript';
}

/** Loads the parser. Must have been awaited before the first `facts`. */
export async function loadFacts(): Promise<void> {
  await loadCompiler();
}

const BOM = '\uFEFF';

function emptyFacts(file: string, lineStarts: number[]): FileFacts {
  return {
    version: FACTS_VERSION,
    file,
    language: languageOf(file),
    lineStarts,
    scopes: [],
    locals: [],
    imports: [],
    exports: [],
    values: [],
    flows: [],
    blocks: [],
    statements: [],
    directives: [],
    problems: [],
    generated: false,
  };
}

/**
 * Facts of one text (with its BOM, if it has one). Never throws for bad input: what the parser says is in `problems`,
 * and what could be read in spite of it is in the facts.
 */
export function facts(file: string, text: string): FileFacts {
  const lineStarts = readLineStarts(text);
  const result = emptyFacts(file, lineStarts);
  const shift = text.startsWith(BOM) ? BOM.length : 0;
  const scripts = embeds(file) ? scriptsOf(text.slice(shift)) : null;
  if (scripts) Object.assign(result, { embedded: true, language: scripts.typescript ? 'typescript' : 'javascript' });
  try {
    const parsed = scripts ? parse(`${file}${scripts.extension}`, scripts.text) : parseCode(file, text.slice(shift));
    lowerFile(result, parsed, text, shift);
  } catch (error) {
    // Nested beyond the stack of the parser or the lowering. Everything else is a bug.
    if (!(error instanceof RangeError)) throw error;
    const span = { start: 0, end: text.length };
    const module = { kind: 'module', parent: null, name: null, span, body: span } as const;
    const problem = { message: 'nested too deeply to be read', line: 1 };
    return { ...emptyFacts(file, lineStarts), scopes: [module], problems: [problem] };
  }
  return result;
}

/** A text that does not parse is tried without types of Flow. */
function parseCode(file: string, text: string): Parsed {
  const parsed = parse(file, text);
  if (parsed.problems.length === 0 || !mayHoldFlow(file)) return parsed;
  const blanked = withoutFlowTypes(text);
  const again = blanked === null ? parsed : parse(file, blanked);
  return again.problems.length === 0 ? again : parsed;
}

function lowerFile(result: FileFacts, parsed: Parsed, text: string, shift: number): void {
  const { source, problems } = parsed;
  const tokens = readTokens(source);
  const comments = tokens.comments.map(({ start, end }) => ({ start: start + shift, end: end + shift }));
  const b = new Builder(source, tokens, shift);
  // A `.d.ts` binds nothing that runs.
  if (!source.isDeclarationFile) hoistBody(b, 0, source.statements);
  statements(b, source.statements);
  const { scopes, locals, imports, exports, values, flows, blocks } = b;
  Object.assign(result, { scopes, locals, imports, exports, values, flows, blocks, statements: b.statements });
  result.directives = readDirectives(text, result.lineStarts, comments);
  result.generated = isGenerated(text, result.lineStarts, comments);
  result.problems = problems.map((problem) => ({
    message: ts.flattenDiagnosticMessageText(problem.messageText, ' '),
    line: lineOf(result.lineStarts, problem.start + shift),
  }));
}
