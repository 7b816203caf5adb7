/**
 * What the readers of arguments must know of a library, because versions or forks differ in it. It holds in the versions
 * of its fact; what a library does not list never holds.
 */
export type Habit =
  /** The user name of a URL counts. */
  | 'url-user'
  /** There is one argument, an options object; everything else is ignored. */
  | 'one-options-object'
  /** The scheme `rediss:` turns TLS on. */
  | 'url-turns-tls-on'
  /** `valkey:` and `valkeys:` are schemes of a URL. */
  | 'valkey-scheme'
  /** What follows the `/` of an address without a scheme is the database; else the whole is a path. */
  | 'path-is-database'
  /** An address that begins with `//` is a URL without its scheme; else its path is a socket. */
  | 'url-without-scheme'
  /** User and password of a URL stand instead of all credentials beside it. */
  | 'url-replaces-credentials'
  /** `unix:` is a scheme of a URL: a socket. */
  | 'unix-scheme'
  /** The scheme of a URL and the TLS option must agree. */
  | 'url-decides-tls'
  /** A client connects when `connect()` is called, once; until then commands reject. */
  | 'connect-first'
  /** Without a listener of `error` the process ends when a connection is lost, and `connect()` rejects at once. */
  | 'error-listener';
