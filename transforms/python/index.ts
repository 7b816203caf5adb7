/** The Python side of rewriting: instructions become text edits. */

import type { Syntax } from '../../src/languages/language.js';
import type { Pattern } from '../../src/model/site.js';
import { callSite } from './call-site.js';
import { classMember } from './class-member.js';
import { deprecatedImport } from './deprecated-import.js';
import { directClient } from './direct-client.js';
import { foreignEncoding } from './encoding.js';
import { factory } from './factory.js';
import { fallbackChain } from './fallback-chain.js';
import { importsOf } from './imports/index.js';
import { moduleSingleton } from './module-singleton.js';
import { problemsOf } from './problems.js';
import { type Refusal, refuse } from './refuse.js';
import { load, parse, type Source } from './source.js';
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

export const pythonSyntax: Syntax = {
  load,
  transform(pattern, file, text, instructions, taken = new Set()) {
    const transform = TRANSFORMS[pattern];
    if (!transform)
      return refuse('no-transform', `there is no Python transform for \`${pattern}\` yet`, { file, text }, 0);
    const source = read(file, text);
    return 'ok' in source ? source : transform(source, instructions, taken);
  },
  imports(file, text, edits, uses, taken, gone) {
    const source = read(file, text);
    return 'ok' in source ? source : importsOf(source, edits, uses, taken, gone);
  },
  problems: problemsOf,
};

function read(file: string, text: string): Source | Refusal {
  const encoding = foreignEncoding(text);
  if (encoding !== null) {
    return refuse(
      'encoding-unsupported',
      `the file declares the encoding ${encoding}, only UTF-8 is edited`,
      { file, text },
      0,
    );
  }
  const parsed = parse(file, text);
  if (parsed.ok) return parsed.source;
  return { ok: false, reason: { code: 'does-not-parse', message: parsed.message, at: `${file}:${parsed.line}` } };
}
