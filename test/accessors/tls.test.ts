/** TLS of a database, written down from its identity term. */

import { expect, it } from 'vitest';
import { isWritableTls, isWritableTlsFlag, tlsCode, tlsFlagCode } from '../../src/accessors/scaffolds/tls.js';

const read = (term: string) => `read(${term})`;
const MATERIAL =
  '{ca=if(env:CA)?Buffer.from(env:CA,"base64"):default,cert=Buffer.from(env:CERT,"base64"),servername=env:NAME}';

it.each([
  ['default', 'undefined'],
  ['literal:true', '{}'],
  ['if(env:TLS=="1")?literal:true:default', "read(env:TLS) === '1' ? {} : undefined"],
  ['if(env:OFF)?default:literal:true', 'read(env:OFF) ? undefined : {}'],
  ['literal:{ca=env:CA}', '{ ca: read(env:CA) }'],
  [
    `if(env:TLS)?literal:${JSON.stringify(MATERIAL)}:default`,
    "read(env:TLS) ? { ca: read(env:CA) ? Buffer.from(read(env:CA), 'base64') : undefined, cert: Buffer.from(read(env:CERT), 'base64'), servername: read(env:NAME) } : undefined",
  ],
])('%s', (term, code) => {
  expect(tlsCode(term, read)).toBe(code);
});

it.each([
  'unknown',
  'literal:***',
  'literal:{rejectUnauthorized=literal:false}',
  'literal:{key=literal:***}',
  'literal:{ca=env:CA,pfx=unknown}',
  'literal:{ca=file(env:CA)}',
  'if((env:A&&env:B))?literal:true:default',
  'if(env:A)?literal:true',
  'if(env:A',
])('%s is left to a person', (term) => {
  expect(isWritableTls(term)).toBe(false);
});

it.each([
  ['literal:true', 'true'],
  ['if(env:TLS=="1")?literal:true:default', "read(env:TLS) === '1' ? true : undefined"],
  ['if(env:OFF)?default:literal:true', 'read(env:OFF) ? undefined : true'],
])('%s as what is only on or off', (term, code) => {
  expect(tlsFlagCode(term, read)).toBe(code);
});

it.each(['literal:{ca=env:CA}', 'if(env:TLS)?literal:"{ca=env:CA}":default', 'unknown'])(
  '%s is not only on or off',
  (term) => {
    expect(isWritableTlsFlag(term)).toBe(false);
  },
);
