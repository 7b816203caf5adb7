/** A value for each option, other than what the library does without it. Versions: from, up to (not included). */

import { connect } from 'node:net';

const LUA = 'return 1';

const IOREDIS = ({ library, otherPort }) => [
  ['db', 3],
  ['keyPrefix', 'p:'],
  ['stringNumbers', true],
  ['protocol', 2, 6],
  ['replyMapping', 'resp3', 6],
  ['scripts', { probe: { numberOfKeys: 1, lua: LUA } }, 5],
  ['Connector', elsewhere(library, otherPort)],
  ['monitor', true],
  ['dropBufferSupport', true, 0, 5],
  ['family', 4],
  ['lazyConnect', true],
  ['connectTimeout', 3000],
  ['disconnectTimeout', 500],
  ['keepAlive', 1000],
  ['noDelay', false],
  ['connectionName', 'desk'],
  ['disableClientInfo', true, 5],
  ['clientInfoTag', 'desk', 5],
  ['showFriendlyErrorStack', true],
  ['maxScriptsCachingTime', 10, 0, 5],
  ['allowUsernameInURI', true, 0, 5],
];

/** A connector that leads to another server. */
function elsewhere(library, port) {
  const { AbstractConnector } = library;
  return class extends AbstractConnector {
    connect() {
      this.connecting = true;
      this.stream = connect(port, '127.0.0.1');
      return Promise.resolve(this.stream);
    }
  };
}

const REDIS = ({ library, version }) => [
  ['database', 3],
  ['keyPrefix', 'p:', 6],
  ['legacyMode', true, 4, 5],
  ['RESP', version.startsWith('5') ? 3 : 2, 5],
  ['commandOptions', { typeMapping: { 36: Buffer } }, 5],
  ['modules', { probes: { probe: script(version) } }],
  ['functions', { probes: { probe: script(version) } }],
  ['scripts', { probe: library.defineScript({ SCRIPT: LUA, NUMBER_OF_KEYS: 0, ...script(version) }) }],
  ['clientSideCache', { ttl: 0, maxEntries: 0, evictPolicy: 'LRU' }, 5, 99, { RESP: 3 }],
  ['emitInvalidate', true, 5, 99, { RESP: 3 }],
  ['socket.lookup', (_host, options, done) => answer(options, done)],
  ['pingInterval', 100],
  ['isolationPoolOptions', { max: 1 }, 4, 5],
  ['name', 'desk'],
  ['disableClientInfo', true],
  ['clientInfoTag', 'desk'],
  ['socket.connectTimeout', 3000],
  ['socket.keepAlive', version.startsWith('4') ? 1000 : false],
  ['socket.keepAliveInitialDelay', 1000, 5],
  ['socket.noDelay', false],
  ['socket.family', 4],
  ['socket.localAddress', '127.0.0.1'],
  ['socket.hints', 0],
];

function answer(options, done) {
  const address = '127.0.0.2'; // where no server listens
  if (options.all) done(null, [{ address, family: 4 }]);
  else done(null, address, 4);
}

/** How a command of one's own is written, which changed with 5. */
function script(version) {
  return version.startsWith('4')
    ? { transformArguments: () => [], NUMBER_OF_KEYS: 0 }
    : { parseCommand: () => undefined, transformReply: undefined, NUMBER_OF_KEYS: 0 };
}

const OLD = () => [
  ['db', 3],
  ['prefix', 'p:'],
  ['string_numbers', true],
  ['return_buffers', true],
  ['detect_buffers', true],
  ['rename_commands', { get: 'elsewhere' }],
  ['family', 'IPv4'],
  ['socket_keepalive', false],
  ['socket_initial_delay', 1000],
];

const TABLES = { ioredis: IOREDIS, redis: REDIS, 'redis-3': OLD };

/** The options of a version, each as the client is given it. */
export function casesOf(kind, setting) {
  const major = Number(setting.version.split('.')[0]);
  return TABLES[kind](setting).flatMap(([option, value, from = 0, to = 99, beside = {}]) => {
    if (major < from || major >= to) return [];
    const [group, name] = option.split('.');
    const host = option === 'socket.lookup' ? { host: 'localhost' } : {};
    const options = name === undefined ? { [option]: value } : { [group]: { [name]: value, ...host } };
    return [{ option, options: { ...options, ...beside }, beside }];
  });
}
