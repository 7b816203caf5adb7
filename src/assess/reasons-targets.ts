/** Reasons that lie between a site and the accessor: identity, database, options, reachability. */

import { info } from './reason-info.js';
import { wordsOf } from './terms.js';

export interface Change {
  from: string;
  to: string;
  database: string;
}

export const TARGETS = {
  'identity-unknown': info<{ terms: string; why: string | null }>(
    'keep',
    ({ terms, why }) => `Where it connects cannot be computed (${terms})${why ? `: ${why}` : ''}.`,
    'An argument is not a literal, an environment variable or a setting, or several different values can arrive.',
  ),
  'no-database': info<{ key: string; entry: string | null }>(
    'keep',
    ({ key, entry }) => `No named database is ${key}${entry === null ? '' : `; a name for it: ${entry}`}.`,
    'Name it in the config: `databases: { "name": { "number": n, "identity": [key] } }`.',
  ),
  'ambiguous-database': info<{ key: string; names: string }>(
    'keep',
    ({ key, names }) => `The config does not say which of its databases (${names}) is ${key}.`,
    'Give `identity` to the databases in the config so that one remains.',
  ),
  'one-database': info<{ name: string; own: string | null; key: string }>(
    'keep',
    ({ name, own, key }) =>
      `\`${name}\` takes no arguments and gives ${own ?? 'a database that cannot be computed'}, this is ${key}.`,
    'Give the function a parameter for the database, or leave the site.',
  ),
  'server-differs': info<Change>(
    'review',
    ({ from, to, database }) => `Server: ${from} → ${to} (database ${database}).`,
    'The number fits a named database, but its server is another one or not declared.',
  ),
  'database-differs': info<Change>(
    'review',
    ({ from, to, database }) => `Database: ${from} → ${to} (database ${database}).`,
    'The server fits a named database, but its number is another one or decided elsewhere.',
  ),
  'user-differs': info<Change>(
    'keep',
    ({ from, to, database }) => `User: ${from}, but database ${database} is opened as ${to}.`,
    'Another user has other permissions.',
  ),
  'password-differs': info<Change>(
    'review',
    ({ from, to, database }) => `Password: ${from}, but database ${database} is opened with ${to}.`,
    'Sites of one server take their passwords from different places, or the accessor has another one.',
  ),
  'tls-differs': info<Change>(
    'keep',
    ({ from, to, database }) => `TLS: ${from}, but database ${database} is opened with ${to}.`,
    'Encryption and its checks are never changed.',
  ),
  'key-prefix': info<{ prefix: string }>(
    'keep',
    ({ prefix }) => `The keys get the prefix ${wordsOf(prefix)}: the accessor gives clients without one.`,
    'Keys would have other names.',
  ),
  'option-meaning': info<{ option: string; from: string; to: string }>(
    'keep',
    ({ option, from, to }) => `${option}: ${from}, the accessor gives ${to}.`,
    'The option changes what commands mean.',
  ),
  'decode-differs': info<{ option: string; from: string; to: string }>(
    'review',
    ({ option, from, to }) => `${option}: ${from} → ${to}.`,
    'Replies would be text instead of bytes, or bytes instead of text, and the accessor cannot be asked for the other.',
  ),
  'waiting-cut': info<{ member: string; option: string; value: string }>(
    'keep',
    ({ member, option, value }) => `\`.${member}\` may wait longer than ${option} ${value} of the accessor.`,
    'It would be cut off while it waits for a message or an element. Open a client of its own for it.',
  ),
  'waiting-limited': info<{ member: string; option: string; value: string }>(
    'review',
    ({ member, option, value }) => `\`.${member}\` holds a connection of the accessor (${option} ${value}).`,
    'While it waits, all who share the pool have one connection less.',
  ),
  'one-connection': info<{ option: string }>(
    'keep',
    ({ option }) => `The shared client of the accessor has one connection (\`${option}\`), not a pool.`,
    'Workers that are forked from one parent (Celery, gunicorn with --preload) get the same socket and read each other’s replies; so do threads.',
  ),
  'option-policy': info<{ option: string; from: string; to: string }>(
    'review',
    ({ option, from, to }) => `${option}: ${from} → ${to}.`,
    'The option decides what happens on failure; it is set here and the accessor has another value.',
  ),
  'option-default': info<{ option: string; from: string; to: string }>(
    'note',
    ({ option, from, to }) => `${option}: ${from} (library default) → ${to}.`,
    'Not set here; the accessor sets it.',
  ),
  'options-dropped': info<{ options: string }>(
    'note',
    ({ options }) => `Connection options that the accessor owns: ${options}.`,
    'They decide only how the connection is made; they go with the opening.',
  ),
  'option-without-effect': info<{ options: string }>(
    'note',
    ({ options }) => `Options that this library does not know: ${options}.`,
    'They never had an effect.',
  ),
  'edge-runtime': info<{ what: string }>(
    'keep',
    ({ what }) =>
      `It runs on an edge platform (${what}), where connections are not kept between requests, or there are none.`,
    'An isolate of an edge platform has no sockets, or may not use those of another request: nothing can be shared there.',
  ),
  'process-frozen': info<{ what: string }>(
    'review',
    ({ what }) =>
      `It runs in \`${what}\` of a serverless function: what is shared stays open when its process is frozen.`,
    'Between two calls the platform stops the process: timers stand still, and the server may have closed the connection meanwhile.',
  ),
  'no-accessor': info<{ language: string }>(
    'keep',
    ({ language }) => `No accessor for ${language} serves this file.`,
    'Add one under `accessors` in the config, or widen a scope.',
  ),
  'library-differs': info<{ from: string; to: string }>(
    'keep',
    ({ from, to }) => `Uses ${from}, the accessor gives ${to}.`,
    'Clients of different libraries have different methods and replies.',
  ),
  'api-differs': info<{ member: string; kind: 'call' | 'answer'; library: string; own: string; other: string }>(
    'note',
    ({ member, kind, library, own, other }) =>
      kind === 'call'
        ? `\`.${member}\`: \`${own}\` is \`${other}\` in ${library}.`
        : `\`.${member}\` answers \`${other}\` in ${library} where it answers \`${own}\` here.`,
    'What has to be written anew when this client moves to the library of the accessor.',
  ),
  'role-not-offered': info<{ role: string }>(
    'keep',
    ({ role }) => `The accessor does not offer the role ${role}.`,
    'Export the function that opens clients of that role, and name it in the config.',
  ),
  'accessor-mode': info<{ mode: string }>(
    'keep',
    ({ mode }) => `The accessor is ${mode}, this place is not.`,
    'Sync stays sync, async stays async.',
  ),
  'accessor-es-module': info<{ file: string }>(
    'keep',
    ({ file }) => `${file} is an ES module, and this file would have to \`require\` it.`,
    'Node before 20.19 and 22.12 refuses that; add an accessor that is CommonJS, with a `scope` for such files.',
  ),
  'accessor-none': info(
    'keep',
    () => 'The accessor may return nothing; this place does not expect that.',
    'See `onNone` in the config.',
  ),
  'none-checked': info<{ policy: string; from: string }>(
    'note',
    ({ policy, from }) =>
      `The accessor may return nothing: then the code ${policy === 'raise' ? 'raises' : 'returns nothing'} (${from}).`,
    'A check stands behind the call of the accessor.',
  ),
  'accessor-not-before': info<{ before: string }>(
    'keep',
    ({ before }) => `Runs on import, and the accessor must not be called before ${before}.`,
    'Move the opening into a function.',
  ),
  'accessor-not-started': info<{ before: string; why: string }>(
    'keep',
    ({ before, why }) => `The accessor gives no client before ${before} has run: ${why}.`,
    'Call it where the program begins, before anything asks for a client.',
  ),
  'accessor-started': info<{ before: string; close: string | null; hook: string }>(
    'note',
    ({ before, close, hook }) =>
      close === null
        ? `${before} is called first in ${hook}.`
        : `${before} is called first in ${hook}, and ${close} last.`,
    'The accessor gives no client before; every unit that moves to it makes sure of the calls, and they are written once.',
  ),
  'accessor-unreachable': info<{ from: string; to: string }>(
    'keep',
    ({ from, to }) => `${from} does not declare ${to}, which holds the accessor.`,
    'Declare the dependency and set `import`, or give the package an accessor of its own.',
  ),
  'import-in-function': info<{ way: string }>(
    'note',
    ({ way }) => `The accessor imports this file (${way}): it is imported inside of the function.`,
    'At the head of the file the import would close a circle.',
  ),
  'import-cycle': info<{ way: string }>(
    'keep',
    ({ way }) => `The accessor imports this file: ${way}.`,
    'The import of the accessor would close a circle.',
  ),
};
