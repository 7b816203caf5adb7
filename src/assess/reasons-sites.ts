/** Reasons that lie in what a site is. */

import { info } from './reason-info.js';

export const SITES = {
  accessor: info(
    'keep',
    () => 'This is the accessor: it is allowed to open.',
    'Openings in the accessor’s own file stay and are never counted.',
  ),
  accepted: info<{ reason: string }>(
    'note',
    ({ reason }) => `Its differences are accepted: ${reason}`,
    'A person has decided (`redis-migrate accept`) that this site is to be changed with the differences that it has.',
  ),
  'already-migrated': info('keep', () => 'Already asks the accessor.', 'A call of the accessor. Nothing to do.'),
  'accessor-role': info<{ asked: string; found: string; why: string }>(
    'keep',
    ({ asked, found, why }) => `Asks the accessor for a client of role ${asked}, but ${why}: that is role ${found}.`,
    'A call of the accessor whose client is used for what needs another one. Ask for that role.',
  ),
  'through-factory': info<{ name: string }>(
    'keep',
    ({ name }) => `\`${name}\` opens for its callers; this call stays as it is.`,
    'A call of the project’s own factory. It changes when the opening inside of the factory does; its role says for what it is used.',
  ),
  'through-wrapper': info<{ name: string; file: string }>(
    'keep',
    ({ name, file }) => `\`${name}\` (${file}) opens for itself; this call stays as it is.`,
    'An instantiation of the project’s own class that opens. It changes when the opening inside of the class does.',
  ),
  'part-of-opening': info(
    'keep',
    () => 'Part of the opening that takes it; that site decides.',
    'A URL inside an opening has no outcome of its own.',
  ),
  'not-an-address': info<{ why: string }>(
    'keep',
    ({ why }) => `No address: ${why}.`,
    'A text that names the scheme but leads nowhere: a scheme test, a message, a usage text.',
  ),
  'url-elsewhere': info(
    'keep',
    () => 'A Redis URL that no opening here takes directly.',
    'A URL in a constant, a default or a setting. It stays; the opening that reads it is a site of its own.',
  ),
  'unbound-name': info<{ name: string }>(
    'keep',
    ({ name }) => `Nothing that can be seen binds \`${name}\` in this file: the call fails.`,
    'An import was taken away, its uses were not: the line raises an error when it runs. Nothing is rewritten that does not work today.',
  ),
  'config-file': info<{ shown: string }>(
    'keep',
    ({ shown }) => `A setting: ${shown}`,
    'A file of settings says where a Redis server is. It is listed so that addresses can be compared, and never edited.',
  ),
  'env-split': info<{ name: string; split: string }>(
    'note',
    ({ name, split }) => `The accessor reads single variables: \`${name}\` is ${split}.`,
    'A database of the configuration is reached through single variables where this file has a URL. Write them by hand: the value holds a secret, and whatever reads the URL must go on finding it.',
  ),
  exempt: info<{ by: string; reason: string }>(
    'keep',
    ({ by, reason }) => `Exempt by ${by}: ${reason}`,
    'A person took it out: in the config or in a comment.',
  ),
  generated: info(
    'keep',
    () => 'The file says that a tool wrote it.',
    'Generated files are never edited: change the generator.',
  ),
  cluster: info(
    'keep',
    () => 'A Cluster is not what the accessor opens.',
    'A cluster moves only to an accessor whose contract offers clusters (`contract.topologies`).',
  ),
  sentinel: info(
    'keep',
    () => 'A client behind Sentinel is not what the accessor opens.',
    'Such a client moves only to an accessor whose contract offers Sentinel (`contract.topologies`).',
  ),
  'gives-clients': info(
    'keep',
    () => 'It connects to nothing by itself: the clients that it gives are listed for themselves.',
    'A Sentinel of redis-py is asked for clients; once none is asked for, it can be deleted by hand.',
  ),
  pool: info('keep', () => 'A pool hands out exclusive connections.', 'Pools are listed and stay.'),
  'makes-unknown': info(
    'keep',
    () => 'What this call opens is not known.',
    'The construct is not in the library table.',
  ),
  'library-version': info<{ library: string; version: string; supported: string }>(
    'keep',
    ({ library, version, supported }) =>
      `${library} ${version} is outside of ${supported}, for which the rules were checked.`,
    'Rules differ between major versions; others than those of the table are not judged.',
  ),
  embedded: info(
    'keep',
    () => 'The code stands in a script inside of a Vue or Svelte file, which is never edited.',
    'Only files that are code as a whole are rewritten.',
  ),
  notebook: info(
    'keep',
    () => 'The code stands in a cell of a notebook, which is never edited.',
    'Notebooks are listed, and what they do with clients of other files counts; lines are those of the file.',
  ),
  'library-stays': info<{ library: string; why: string }>(
    'keep',
    ({ library, why }) => `A client of ${library} stays: ${why}`,
    'Its clients are of another kind than those that an accessor gives.',
  ),
  'file-problems': info<{ message: string }>(
    'keep',
    ({ message }) => `The parser had trouble with this file: ${message}`,
    'A file that does not parse wholly may hide uses.',
  ),
  'role-dynamic': info(
    'keep',
    () => 'A member of the client is chosen at run time.',
    'The command may be any: a dedicated one cannot be excluded.',
  ),
  'role-method': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}\` is no command or method that is known of this client.`,
    'It may need a connection of its own. Known commands are in the library table.',
  ),
  'role-argument': info<{ member: string }>(
    'keep',
    ({ member }) =>
      `The arguments of \`.${member}\` decide whether it needs a connection of its own, and they are not known.`,
    'XREAD with BLOCK, multi({ pipeline: false }), call(name) and the like.',
  ),
  'role-changed': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}\` changes the client object for all who share it.`,
    'Monkey patches and removal of listeners would hit strangers.',
  ),
  'role-consumer': info<{ api: string }>(
    'keep',
    ({ api }) => `${api} does things with the client that are not known well enough.`,
    'See the note of the consumer in the library table.',
  ),
  'consumer-opens': info<{ api: string; library: string; note: string }>(
    'keep',
    ({ api, library, note }) => `${api} of ${library} opens connections of its own with these options. ${note}`,
    'A library that is given options decides itself when it opens and closes; it can be given a client instead.',
  ),
  'consumer-opens-only': info<{ api: string; library: string; note: string }>(
    'keep',
    ({ api, library, note }) => `${api} of ${library} opens connections of its own with these options. ${note}`,
    'A library that is given options decides itself when it opens and closes; it takes no client.',
  ),
  'consumer-duplicates': info<{ api: string; library: string; note: string }>(
    'keep',
    ({ api, library, note }) =>
      `${api} of ${library} makes connections of its own from the client that it is given. ${note}`,
    'What a library makes of a client for itself is opened and closed by that library.',
  ),
  'consumer-closes': info<{ api: string }>(
    'keep',
    ({ api }) => `${api} can close the client that it is given.`,
    'Only the accessor may close a shared client.',
  ),
  role: info<{ role: string; why: string }>(
    'note',
    ({ role, why }) => `Role ${role}: ${why}.`,
    'What the role was read from.',
  ),
  purpose: info<{ purpose: string; why: string }>(
    'note',
    ({ purpose, why }) => `Purpose ${purpose}: ${why}.`,
    'What the purpose was read from.',
  ),
  'mock-moves': info<{ to: string }>(
    'note',
    ({ to }) => `A test puts a stub in the place of the library: it does so for ${to} from then on.`,
    'The stub is made once, as the client was, and the accessor’s function gives it.',
  ),
  'mock-loses-target': info<{ target: string; why: string; instead: string; more: number }>(
    'note',
    ({ target, why, instead, more }) =>
      `A test mocks \`${target}\`: ${why}. ${instead}${more > 0 ? ` ${more} more ${more === 1 ? 'mock is' : 'mocks are'} like this.` : ''}`,
    'A test replaces what the site opens its client with, and the site will get its client from the accessor. The test must replace that instead.',
  ),
  'unit-mate': info(
    'keep',
    () => 'Must change together with another site, which stays.',
    'Sites that reach the same place are one unit: all or none.',
  ),
  'unit-review': info(
    'review',
    () => 'Must change together with another site, which asks for a person.',
    'A unit is accepted as a whole.',
  ),
};
