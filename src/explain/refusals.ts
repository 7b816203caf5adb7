/** Codes of the stages behind assess: why a planned edit, or a whole batch, was not made. */

import type { RefusalCode } from '../model.js';

export interface Refusal {
  means: string;
  byHand: string;
}

const BUG = 'The tool contradicted itself and wrote nothing. Edit by hand, and report it.';

const OF_REWRITE: Record<RefusalCode, Refusal> = {
  'no-transform': { means: 'There is no transform for this pattern in this language.', byHand: 'Edit by hand.' },
  'file-unreadable': { means: 'The file could not be read again.', byHand: 'Check its permissions and try again.' },
  'name-unbound': { means: 'The edit would leave a name without a declaration.', byHand: BUG },
  'handler-lost': { means: 'After the edit something that handles errors would be gone.', byHand: BUG },
  'site-still-there': { means: 'After the edit the opening would still be found.', byHand: BUG },
  'parser-disagreement': { means: 'The place of the edit is not found again in the parsed file.', byHand: BUG },
  'does-not-parse': { means: 'The file, or what the edit would make of it, does not parse.', byHand: BUG },
  'edits-overlap': {
    means: 'Two edits want the same characters.',
    byHand: 'Apply the units one by one, or edit by hand.',
  },
  'edit-out-of-bounds': { means: 'An edit reaches over the end of the file.', byHand: BUG },
  'name-shadowed': {
    means: 'The name of the accessor’s function means something else at this place.',
    byHand: 'Rename the local that has the name.',
  },
  'context-not-async': {
    means: 'The call must be awaited, and this place cannot await.',
    byHand: 'Make the function async, or move the opening into one that is.',
  },
  'statement-in-use': {
    means: 'A statement that should go has a result that is used.',
    byHand: 'Take the use out first, then scan again.',
  },
  'encoding-unsupported': {
    means: 'The file declares an encoding other than UTF-8.',
    byHand: 'Save it as UTF-8 and take the declaration out, or edit by hand.',
  },
};

const CHANGED = 'Scan again; what was not written is in the next plan.';

const OF_APPLY = {
  'changed-since-scan': { means: 'The file changed while the tool ran.', byHand: CHANGED },
  'changed-since-apply': {
    means: 'The file changed after the batch was written, so its old bytes would undo that change too.',
    byHand: 'Revert the commit of the batch with git, or undo the later change first.',
  },
  'changed-by-later-batch': {
    means: 'A later batch changed the file again.',
    byHand: 'Roll the later batch back first, or all of them.',
  },
  'starts-for-others': {
    means: 'The batch has written the call that starts an accessor, and batches that stay ask that accessor.',
    byHand: 'Roll those batches back first, or all of them.',
  },
  'no-journal': { means: 'The old bytes of the batch are not on this machine.', byHand: 'Revert its commit with git.' },
  'no-unit': { means: 'Nothing was computed for the site.', byHand: BUG },
  'already-done': { means: 'The code is as the edit would leave it.', byHand: 'Nothing to do.' },
  'unit-kept': {
    means: 'Another site of its unit stays.',
    byHand: 'Explain the site that is named: when it can change, all can.',
  },
  'review-not-included': {
    means: 'A person must accept the differences of this site.',
    byHand:
      'Look at the differences, then apply with `--include review`, or accept the site with `redis-migrate accept`.',
  },
  'same-file': {
    means: 'The file is reached under two names, through a link.',
    byHand: 'Exclude one of the two names in the configuration.',
  },
  'outside-root': {
    means: 'The file leads out of the folder that was scanned.',
    byHand: 'Run the tool where the file really lies.',
  },
  'read-only': { means: 'The file, or its folder, may not be written.', byHand: 'Change its permissions.' },
  'file-exists': {
    means: 'A file that should be made is there already.',
    byHand: 'Move it away, or name another one in the configuration.',
  },
  'format-failed': { means: 'The formatter failed, and the batch was taken back.', byHand: 'Mend it, and try again.' },
  'typecheck-failed': {
    means:
      'With the edit the project’s own type checker found errors that were not there before; the edit was taken back.',
    byHand: 'Look at the error: most often the declared type of a name must change with the client. Edit by hand.',
  },
  'write-failed': {
    means: 'The disk refused a file, and the batch was taken back.',
    byHand: 'Mend it, and try again.',
  },
} as const satisfies Record<string, Refusal>;

const OF_FINDINGS = {
  'literal-credential': {
    means: 'A password of Redis is written in the code.',
    byHand: 'Move it to the environment or a secret store, and change it: it is in the history of the repository.',
  },
  'tls-unchecked': {
    means: 'The certificate of the server is not checked, or not wholly.',
    byHand: 'Give the client the certificate authority of the server (`ca`, `ssl_ca_certs`) and check again.',
  },
  'plain-connection': {
    means: 'A connection to another machine is not encrypted.',
    byHand: 'Use `rediss:` or the TLS option, on a port of the server that takes it.',
  },
  'no-credentials': {
    means: 'A connection to another machine has neither a user nor a password.',
    byHand: 'Give the application a user of its own on the server, with the commands that it needs.',
  },
  'private-address': {
    means: 'An address of a private network is written in the code.',
    byHand: 'Move it to the environment or the settings of the deployment.',
  },
  'localhost-fallback': {
    means: 'Where a setting is missing the client goes to localhost, and the service runs on without its data.',
    byHand: 'Fail at start when the setting is missing. The scaffolded accessor does.',
  },
  'dangerous-command': {
    means: 'A command empties the server, reads all its keys or changes how it runs.',
    byHand: 'Use SCAN or a key of one’s own, or a user that may not run the command.',
  },
  'pickled-data': {
    means: 'Pickled objects lie in one database with other data.',
    byHand: 'Give them a database and a user of their own, or another serializer.',
  },
  'fail-open': {
    means:
      'A limiter, a lock or a check of who may pass lets everybody pass when Redis cannot be reached; of a cache, errors are lost.',
    byHand:
      'Refuse in the `catch` or `except` as well, or turn the switch of the library off; or decide on a limit without Redis.',
  },
  'merges-users': {
    means: 'The move would log a client in as another user, or with another password, of the server.',
    byHand: 'Name a database with this user for it, so that both stay apart.',
  },
  'merges-data': {
    means: 'The move would bring the keys of two databases together.',
    byHand: 'Name a database for it, so that both stay apart.',
  },
  'stale-decision': {
    means:
      'A decision in `.redis-migrate/decisions.json` no longer holds: its site changed or went, or its day is over.',
    byHand:
      'Look at the site again: decide anew with `redis-migrate accept <site>`, or take it back with `--withdraw`.',
  },
  'address-ignored': {
    means:
      'The arguments name an address in a form that this version of the library no longer reads: it opens localhost.',
    byHand: 'Write the address as this version takes it, and look at what the service has kept on localhost until now.',
  },
  'opening-per-request': {
    means: 'A connection is opened for each request, though one client can serve all.',
    byHand: 'Open it once: `apply` does it where the site can move, else take it out of the handler.',
  },
  'opening-in-loop': {
    means: 'A connection is opened at each turn of a loop, though one client can serve all.',
    byHand: 'Open it before the loop: `apply` does it where the site can move.',
  },
  'ignore-without-site': {
    means: 'A comment exempts a site that is not there.',
    byHand: 'Delete the comment, or move it to the line above its site.',
  },
} as const satisfies Record<string, Refusal>;

export const REFUSALS: Readonly<Record<string, Refusal>> = { ...OF_REWRITE, ...OF_APPLY };
export const FINDINGS: Readonly<Record<string, Refusal>> = OF_FINDINGS;
