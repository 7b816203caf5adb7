import type { OptionFact } from '../model/library.js';

const SOURCE = 'redis-semantics 3; signatures of redis-py 2.10.6 to 8.1.0';

function option(kind: OptionFact['class'], note: string, more: Partial<OptionFact> = {}): OptionFact {
  return { class: kind, note, source: SOURCE, ...more };
}

type Value = string | number | boolean | null;

/** A default that moved: `before` up to the version, `after` from it on. */
function moved(version: string, before: Value, after: Value): NonNullable<OptionFact['defaults']> {
  return [
    { versions: `<${version}`, value: before },
    { versions: `>=${version}`, value: after },
  ];
}

const TLS = 'Certificates and checks of TLS: part of the connection, never made weaker.';
const OCSP = 'Checks of the server certificate.';
const CLUSTER = 'Of a cluster only.';

/** Options of redis-py 2.10 to 8, of clients and of pools. */
export const REDIS_PY_OPTIONS: Record<string, OptionFact> = {
  host: option('C', 'Server.', { term: 'server', default: 'localhost' }),
  port: option('C', 'Server.', { term: 'server', default: 6379 }),
  unix_socket_path: option('C', 'Server.', { term: 'server', default: null }),
  path: option('C', 'Socket of a pool of UnixDomainSocketConnection.', { term: 'server', default: null }),
  db: option('S', 'Number of the database; becomes its name.', { term: 'database', default: 0 }),
  username: option('C', 'Part of the identity.', { term: 'user', default: null, versions: '>=3.4.0' }),
  password: option('C', 'Belongs to the server and the user.', { default: null, secret: true }),
  credential_provider: option('C', 'Gives user and password: another user is another identity.', {
    term: 'user',
    default: null,
    versions: '>=4.5.0',
  }),
  ssl: option('C', 'Part of the identity.', { term: 'tls', default: false }),
  ssl_keyfile: option('C', TLS, { default: null, secret: true }),
  ssl_certfile: option('C', TLS, { default: null }),
  ssl_cert_reqs: option('P', 'Whether the certificate is checked.', { defaults: moved('3.0.0', null, 'required') }),
  ssl_ca_certs: option('C', TLS, { default: null }),
  ssl_ca_path: option('C', TLS, { default: null }),
  ssl_ca_data: option('C', TLS, { default: null, secret: true }),
  ssl_check_hostname: option('P', 'Whether the name in the certificate is checked.', {
    defaults: moved('6.0.0', false, true),
  }),
  ssl_password: option('C', TLS, { default: null, secret: true }),
  ssl_validate_ocsp: option('P', OCSP, { default: false }),
  ssl_validate_ocsp_stapled: option('P', OCSP, { default: false }),
  ssl_ocsp_context: option('P', OCSP, { default: null }),
  ssl_ocsp_expected_cert: option('P', OCSP, { default: null, secret: true }),
  ssl_min_version: option('C', TLS, { default: null }),
  ssl_ciphers: option('C', TLS, { default: null }),
  ssl_include_verify_flags: option('P', TLS, { default: null }),
  ssl_exclude_verify_flags: option('P', TLS, { default: null }),
  decode_responses: option('S', 'Replies are text, not bytes.', { term: 'decode', default: false }),
  encoding: option('S', 'Of what is sent and of decoded replies.', { default: 'utf-8' }),
  encoding_errors: option('S', 'Of decoded replies.', { default: 'strict' }),
  charset: option('S', 'Old name of encoding.', { default: null, versions: '<6.0.0' }),
  errors: option('S', 'Old name of encoding_errors.', { default: null, versions: '<6.0.0' }),
  protocol: option('S', 'RESP version. Stated, it decides the shapes of replies.', {
    defaults: moved('8.0.0', 2, null),
  }),
  legacy_responses: option('S', 'Shapes of replies with RESP3.', { default: true, versions: '>=8.0.0' }),
  parser_class: option('S', 'Reads the replies.'),
  single_connection_client: option('S', 'Someone wanted the state of one connection.', { default: false }),
  connection_pool: option('S', 'The pool decides: the options of the client say nothing.', { default: null }),
  connection_class: option('S', 'How the pool connects: a class of its own can do anything.'),
  redis_connect_func: option('S', 'Runs on every new connection.', { default: null }),
  cache: option('S', 'Local reads that can be stale.', { default: null, versions: '>=5.1.0' }),
  cache_config: option('S', 'Local reads that can be stale.', { default: null, versions: '>=5.1.0' }),
  cache_factory: option('S', 'Local reads that can be stale.', { default: null, versions: '>=5.1.0' }),
  read_from_replicas: option('S', 'Stale reads.', { default: false }),
  load_balancing_strategy: option('S', 'Stale reads.', { default: null }),
  socket_timeout: option('P', 'Rejects a late reply; shorter than a block time it breaks blocking commands.', {
    defaults: moved('8.0.0', null, 5),
    waiting: 'cut',
  }),
  retry_on_timeout: option('P', 'Sends a command again.', { default: false }),
  retry_on_error: option('P', 'Sends a command again.', { default: null }),
  retry: option('P', 'Sends a command again: a counter can count twice. From 6.0 on there are retries by default.'),
  socket_connect_timeout: option('C', 'Of the first connection.', { defaults: moved('8.0.0', null, 5) }),
  socket_keepalive: option('C', 'TCP keep-alive.'),
  socket_keepalive_options: option('C', 'TCP keep-alive.'),
  socket_read_size: option('C', 'Bytes of one read.'),
  socket_type: option('C', 'Family of the addresses.'),
  health_check_interval: option('C', 'PING before a command after so many idle seconds.', { default: 0 }),
  max_connections: option('C', 'Size of the pool.', { waiting: 'limit' }),
  timeout: option('C', 'Of a BlockingConnectionPool: how long a caller waits for a connection.', { default: 20 }),
  queue_class: option('C', 'Of a BlockingConnectionPool.'),
  auto_close_connection_pool: option('C', 'Of asyncio: whether closing the client closes its pool.'),
  client_name: option('C', 'Shown by CLIENT LIST.', { default: null }),
  lib_name: option('C', 'Shown by CLIENT LIST.'),
  lib_version: option('C', 'Shown by CLIENT LIST.'),
  driver_info: option('C', 'Shown by CLIENT LIST.'),
  event_dispatcher: option('C', 'Events of the library.', { default: null }),
  maint_notifications_config: option('C', 'Handling of maintenance messages.'),
  oss_cluster_maint_notifications_handler: option('C', 'Handling of maintenance messages.', { default: null }),
  command_packer: option('C', 'How commands are written to the socket.'),
  startup_nodes: option('C', CLUSTER, { term: 'server' }),
  url: option('C', CLUSTER, { term: 'server' }),
  cluster_error_retry_attempts: option('P', CLUSTER, { defaults: moved('8.0.0', 3, 10) }),
  require_full_coverage: option('P', CLUSTER, { defaults: moved('6.0.0', false, true) }),
  reinitialize_steps: option('C', CLUSTER),
  dynamic_startup_nodes: option('C', CLUSTER, { default: true }),
  address_remap: option('C', CLUSTER, { default: null }),
  policy_resolver: option('C', CLUSTER),
};
