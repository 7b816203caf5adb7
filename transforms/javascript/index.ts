/** The JavaScript and TypeScript side of rewriting: instructions become text edits. */

import type { Syntax } from '../../src/languages/language.js';
import type { RefusalCode } from '../../src/model/change.js';
import type { Pattern } from '../../src/model/site.js';
import { callSite } from './call-site.js';
import { classMember } from './class-member.js';
import { deprecatedImport } from './deprecated-import.js';
import { directClient } from './direct-client.js';
import { factory } from './factory.js';
import { fallbackChain } from './fallback-chain.js';
import { importsOf } from './imports/index.js';
import { moduleSingleton } from './module-singleton.js';
import { problemsOf } from './problems.js';
import type { Refusal } from './refuse.js';
import { load, parse } from './source.js';
import type { Transform } from './transform.js';
import { urlClient } from './url-client.js';
import { wrapperInstance } from './wrapper-instance.js';

/** A pattern without a line here is refused (`no-transform`). */
const TRANSFORMS: Partial<Record<Pattern, Transform>> = {
  'direct-client': directClient,
  'url-client': urlClient,
  factory,
  'class-member': classMember,
  'module-singleton': moduleSingleton,
  'deprecated-import': deprecatedImport,
  'wrapper-instance': wrapperInstance,
  'fallback-chain': fallbackChain,
  'call-site': callSite,
};

function cannot(code: RefusalCode, message: string, file: string, line: number): Refusal {
  return { ok: false, reason: { code, message, at: `${file}:${line}` } };
}

export const javascriptSyntax: Syntax = {
  load,
  transform(pattern, file, text, instructions) {
    const transform = TRANSFORMS[pattern];
    if (!transform) return cannot('no-transform', `there is no JavaScript transform for \`${pattern}\` yet`, file, 1);
    const parsed = parse(file, text);
    if (!parsed.ok) return cannot('does-not-parse', parsed.message, file, parsed.line);
    return transform(parsed.source.j, parsed.source.root, parsed.source, instructions);
  },
  imports(file, text, edits, uses, _taken, gone) {
    const parsed = parse(file, text);
    if (!parsed.ok) return cannot('does-not-parse', parsed.message, file, parsed.line);
    return importsOf(parsed.source, edits, uses, gone);
  },
  problems: problemsOf,
};
