/** What a person can do about a reason: one entry for each code, null where there is nothing to do. The compiler names what is missing. */

import type { ReasonCode } from '../assess/index.js';
import type { EscapeCode } from '../model/traced.js';

const TYPED = 'Keep it in a variable, a private field or a parameter of your own code, where its uses can be read.';

const ESCAPES: Record<EscapeCode | 'escapes-to-library', string> = {
  'escapes-to-unknown-call':
    'Look at what the function does with the client. If it only sends commands, let it take a function that does so (`(key) => redis.get(key)`) instead of the client; else the site stays.',
  'escapes-to-unknown-value': TYPED,
  'escapes-to-unknown-object': `Who reads the object cannot be seen. ${TYPED}`,
  'escapes-through-global': 'Export the client from a module and import it where the global is read.',
  'escapes-through-published-export':
    'If no user of the package needs the client, take it out of what the package exports (or mark the package private); else the site stays.',
  'escapes-through-subclass': 'Hold the client in a private field instead of deriving from it.',
  'escapes-too-far': 'Make the way shorter: fewer functions that hand the client on.',
  'escapes-to-library':
    'Read in its documentation whether the library subscribes, blocks, watches or closes. If it only sends commands, replace the opening by hand.',
};

const STRATEGY = {
  inlined: null,
  adapted: null,
  'fallback-collapsed': null,
  'name-stays': null,
  'holder-stays': null,
  'cache-interface': 'Ask whether an old value does harm here; then accept the site, or take its file out of `caches`.',
  'cache-client': null,
  'parameter-unused': null,
  'strategy-refused':
    'Change the place that is named, or accept the edit that leaves the name: it then holds a client of the accessor.',
};

const SITES = {
  accessor: null,
  accepted: null,
  'already-migrated': null,
  'accessor-role':
    'Ask the accessor for that role: the function that opens a client of its own, or the role as an argument.',
  'through-factory': 'Explain the opening inside of the function: this call follows it.',
  'through-wrapper': 'Explain the opening inside of the class: this instantiation follows it.',
  'part-of-opening': 'Explain the opening that takes the URL.',
  'not-an-address': null,
  'url-elsewhere': 'Once every opening that reads it asks the accessor, delete it.',
  'unbound-name': 'Import what the name stood for, or delete the code; then scan again.',
  'env-split': null,
  'config-file': 'Keep it while the accessor or an opening that stays reads it. Once nothing does, delete it by hand.',
  exempt: 'Take the exemption out of the configuration, or the comment out of the code, when it no longer holds.',
  generated: 'Change the generator, so that what it writes asks the accessor.',
  cluster:
    'Leave it, or state an accessor that gives clients of a cluster: `contract.topologies: ["cluster"]`, and a database with its identity key.',
  sentinel:
    'Leave it, or state an accessor that gives clients behind Sentinel: `contract.topologies: ["sentinel"]`, and a database with its identity key.',
  'gives-clients': 'Once the clients that it gives have moved, delete it by hand.',
  pool: 'Leave it: those who borrow from it count on a connection for themselves.',
  'makes-unknown':
    'Find out what the call opens. If it is a plain client, open it with the constructor of the library.',
  'library-version':
    'Upgrade the library to a version of the table, or check the rules that matter here and edit by hand.',
  notebook: 'Edit the cell by hand: import the accessor and ask it.',
  embedded: 'Edit the script by hand, or move the code to a module of its own, which can be rewritten.',
  'library-stays': 'Leave it. To share one connection, the code must first move to a library that has connections.',
  'file-problems': 'Mend the syntax error, then scan again.',
  'role-dynamic': 'Call the commands by their names, or list them in a switch over literals.',
  'role-method':
    'Find out what it does. A script: define it with `defineCommand` in sight of the opening. A module command: use `call` with a literal name.',
  'role-argument': 'Write the deciding arguments as literals at the call.',
  'role-changed': 'Take the change of the client object out, or give this code a client of its own.',
  'role-consumer': 'Read what the library does with the client. Most often it should keep a client of its own.',
  'consumer-opens':
    'Give it a client of the accessor in the role that it needs, if the team wants one connection; else let the options read the same settings as the accessor.',
  'consumer-opens-only':
    'Leave it, and let the options read the same settings as the accessor, so that the address is written once.',
  'consumer-duplicates':
    'Leave it. Count one more connection for it: the duplicate has the options of the client, and its library closes it.',
  'consumer-closes': 'Tell the library not to close a client that it is given, if it can be told; else the site stays.',
  role: null,
  purpose: null,
  'unit-mate': 'Explain the site that holds the others back: when it can change, all can.',
  'mock-moves': null,
  'mock-loses-target': null,
  'unit-review': 'Explain the site that asks: when its difference is accepted, all of them change.',
} as const;

const TARGETS = {
  'identity-unknown':
    'Read the address from an environment variable or a setting, and the options from literals, where the client is opened.',
  'no-database': 'Add the database to `databases` in the configuration, if the accessor may open it.',
  'ambiguous-database': 'State `identity` for each database of that number in the configuration.',
  'one-database': 'Give the function of the accessor a parameter for the database.',
  'server-differs': 'Check that both names lead to the same server in every environment; then accept it.',
  'database-differs':
    'Check which number is meant: keys of one are not seen in the other. Then accept it, or leave it.',
  'password-differs':
    'Check that both are the password of one user in every environment; name it in the `identity` of the database (`…;password=env:NAME`), or accept it.',
  'user-differs': 'Give the site its own named database, or check that both users may do the same and edit by hand.',
  'tls-differs': 'Make both the same where they are configured, then scan again.',
  'key-prefix': 'Write the prefix into the keys (each command, each script, each pattern), then remove the option.',
  'option-meaning':
    'Give the accessor the option (`contract.fixed` says so in the configuration), or change the code so that it does not need it.',
  'decode-differs':
    'Give the accessor a parameter for it (`contract.parameters.decode`); or accept it once every use of what comes back is right for the other form.',
  'waiting-cut': 'Let it open a client of its own, without that timeout, or set the timeout of the accessor to none.',
  'event-passed': 'Ask the client whether it is ready instead of waiting for the event, then accept it.',
  'pool-not-known': 'Leave both, or make the client without that pool first.',
  'waiting-limited': 'Check that the pool is large enough for all that wait at once, then accept it.',
  'one-connection':
    'Give the accessor a pool: a client without that option has one, and redis-py opens a connection of its own in each forked process.',
  'option-policy': 'Decide which value is right when Redis is slow or away, then accept it or give it to the accessor.',
  'option-default': null,
  'options-dropped': null,
  'option-without-effect': null,
  'edge-runtime': 'Leave it, or reach Redis over HTTP there: an accessor for sockets cannot serve it.',
  'process-frozen':
    'Check that the function ends although a connection stays open (Lambda: `callbackWaitsForEmptyEventLoop = false`) and that the accessor connects anew after a pause; then accept it.',
  'no-accessor': 'Add an accessor for this language and folder to `accessors` in the configuration.',
  'api-differs': null,
  'library-differs': 'Move the code to the library of the accessor first, or add an accessor for this library.',
  'role-not-offered':
    'Export a function from the accessor that opens a client of that role, and name it as `open` in the configuration.',
  'accessor-es-module': 'Make this file an ES module, or add an accessor in CommonJS whose `scope` holds it.',
  'accessor-mode': 'Move the opening to where the accessor can be called, or add an accessor of the other kind.',
  'none-checked': null,
  'accessor-none': 'Make the accessor throw instead of returning nothing, or set `onNone` in the configuration.',
  'accessor-not-before': 'Open in a function that is called after the start, instead of on import.',
  'accessor-not-started':
    'Call it at the begin of the application (in the lifespan, or a startup handler), and of every other program that asks for a client.',
  'accessor-started': null,
  'accessor-unreachable':
    'Declare the dependency on the package of the accessor, or give this package an accessor of its own.',
  'import-in-function': null,
  'import-cycle': 'Move what the accessor imports from this file into a file of its own.',
  'script-clash': 'Give one of the two commands another name, or define both from one shared script.',
} as const;

const LIFECYCLE = {
  'closes-shared':
    'If nothing else uses the client, open and close it in one function. If it is closed at the end of the process, call the accessor’s close there. Else delete the call.',
  'closes-calls-back': 'Wait for the close instead of giving it a callback: `await client.quit(); done();`.',
  'closes-foreign':
    'Delete the call, or move it to what opens the client: the function that opened it, the class that holds it, or a shutdown hook.',
  'closes-accessors': 'Delete the call. Where the process ends, call the accessor’s close.',
  'closes-in-hook': null,
  'closes-at-end': null,
  'closes-beside': null,
  'closes-later': null,
  'closes-before-use': 'Move what still uses a client before the accessor’s close.',
  'closes-in-test':
    'Check that no test which runs after the hook, in the same process, uses a client of the accessor, then accept it.',
  'closes-in-hook-early': 'Check that what comes after the close uses no client of the accessor, then accept it.',
  'closes-dropped': null,
  'closes-with': null,
  'would-hang': 'Call the accessor’s close at the end of the script or in the teardown of the test, then edit by hand.',
  'several-loops':
    'Run all of it in one loop, or give the accessor a client for each loop and say so: `contract.loops: "any"` in the configuration.',
  'loops-unknown':
    'Check that a process starts one such loop, then accept it. Or say `contract.loops: "any"`, if the accessor has a client for each loop.',
  'loops-in-tests': null,
  'connects-shared': 'Delete the call: a shared client is connected already.',
  'connects-open': 'Delete the call: the accessor has connected the client.',
  'connects-lazy': 'Check that nothing counts on a failure of this call at the start, then accept it.',
  'connects-ready': null,
  'connects-dropped': null,
  'never-connected': 'Check that the commands are meant to run, then accept it.',
  'listener-added': 'Check that nothing counts on the process ending, or on `connect()` rejecting, then accept it.',
  'handlers-log': null,
  'handlers-dropped': 'Check that the accessor’s log is enough, or listen in the accessor, then accept it.',
  'handlers-on-shared': 'Check that the handlers may hear of what others do with the client, then accept it.',
  'handlers-repeat': 'Register the handlers once, in the accessor, and delete them here.',
} as const;

const REPLACEMENTS = {
  deprecated: null,
  'import-star': 'Import the names that the file uses one by one, then scan again.',
  'import-module': 'Import the names from the new module and use them instead of the members.',
  'import-guarded': 'Decide whether the code must still work without it; take the try away, or leave it.',
  'import-was-missing': 'Read what runs behind the import now: it has been skipped so far. Then accept it.',
  'import-target': 'Correct `use` in the configuration, or add the name to the module.',
  'import-target-kind': 'Change the uses by hand, or state `drop` when the name gives what a call of the old one gave.',
  'import-call': 'Write the arguments as keywords that both know, or change the calls by hand first.',
  'class-in-use': 'Let the annotations and checks name a class of the new module, then scan again.',
  'instance-of': null,
  'member-unused': null,
  'instance-itself': 'Leave it: the others ask for this one.',
  'instance-unknown': 'Correct `instance` in the configuration, or export the instance from the module of the class.',
  'instance-unsure': 'Call the class by its own name.',
  'instance-call-fails': 'Correct the call, or delete it with what depends on it; then scan again.',
  'instance-arguments': 'Check what the arguments change; if nothing that matters, delete them.',
  'instance-other-arguments': 'Compare what both are made with, then accept it.',
  'instance-member': 'Write what the new class has instead, or give it the member.',
  'instance-waits': 'Await the call, in a function that can, then scan again.',
  'instance-closed': 'Delete the close if the object may live on; it is closed where the shared one is.',
  'instance-changed': 'Replace the object by one of the test’s own where it is used, instead of changing it.',
  'name-patched': 'Let the test replace the new name, then scan again.',
  'instance-after-patch': 'Leave it, or let the test reset the shared instance.',
  'call-site': null,
  'call-site-database': null,
  'call-site-together':
    'Check what the code may rely on when one of the commands fails; then accept, or take `pipelines` out of the configuration.',
  'call-site-asks':
    'Name the database in the configuration, or call the accessor by hand with what the method would give it.',
  'call-site-differs': 'Check that the callers may live with it; then accept the call, or leave it on the class.',
  'call-site-client-differs': 'Explain the opening of the class: when its difference is accepted, accept the call too.',
  'call-site-no-object': 'State `calls` in the contract of the accessor, if its file has such an object.',
  'call-site-unsure': 'Call the method on a variable that holds nothing but an object of the class.',
  'call-site-method':
    'Leave the call: the class goes on working on the client of the accessor. Or move what the method adds to its callers.',
  'call-site-arguments': 'Give the arguments as the method passes them on: by position, or by the same keywords.',
  'call-site-client': 'Explain the opening of the class: when it can change, its calls can too.',
} as const;

/** By code of `REASONS`. */
export const BY_HAND: Record<ReasonCode, string | null> = {
  ...SITES,
  ...TARGETS,
  ...LIFECYCLE,
  ...ESCAPES,
  ...REPLACEMENTS,
  ...STRATEGY,
};
