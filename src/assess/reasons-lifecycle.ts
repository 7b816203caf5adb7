/** Reasons that lie in who connects, closes and listens. */

import { info } from './reason-info.js';

export const LIFECYCLE = {
  'script-clash': info<{ name: string }>(
    'keep',
    ({ name }) => `\`${name}\` is also defined on another client, with a script that is not proved equal.`,
    'On a shared client the last definition of a command wins for everybody who calls it by that name.',
  ),
  'closes-shared': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}()\` would close what others share.`,
    'Only the accessor closes a shared client. Move it to a shutdown hook, or close where the client is owned alone.',
  ),
  'pool-not-known': info<{ why: string }>(
    'keep',
    ({ why }) => `It is not known what is done with the pool of this client: ${why}`,
    'Who holds a pool can change where its connections lead, and what they report would no longer count this client.',
  ),
  'closes-calls-back': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}()\` may call back what it is given once it is done: the accessor’s close does not.`,
    'With the call would go what the program does next: `client.quit(() => process.exit(0))`.',
  ),
  'closes-foreign': info<{ member: string; got: string }>(
    'keep',
    ({ member, got }) => `\`.${member}()\` closes a client that this code does not own: it is ${got}.`,
    'Owners are the function, class or module that opens it or takes it from there, callers of a factory, and shutdown hooks. Named is the opening.',
  ),
  'closes-accessors': info<{ member: string; got: string }>(
    'keep',
    ({ member, got }) => `\`.${member}()\` closes the accessor’s client, ${got}: all who share it lose it.`,
    'Only the accessor’s own close closes what it shares. Named is the opening.',
  ),
  'closes-in-hook': info<{ member: string; hook: string; close: string }>(
    'note',
    ({ member, hook, close }) => `\`.${member}()\` on ${hook} becomes \`${close}()\`.`,
    'A closer in a shutdown hook becomes the accessor’s close. Several in one function become one call, where the last stood.',
  ),
  'closes-at-end': info<{ member: string; close: string }>(
    'note',
    ({ member, close }) => `\`.${member}()\` at the end of this program becomes \`${close}()\`.`,
    'Nothing else runs then. Without it the program would not end: a connection keeps it running.',
  ),
  'closes-beside': info<{ member: string; close: string }>(
    'note',
    ({ member, close }) => `\`.${member}()\` goes: \`${close}()\` follows in the same function.`,
    'The accessor’s close closes every client of the accessor.',
  ),
  'closes-later': info<{ close: string }>(
    'note',
    ({ close }) => `\`${close}()\` moves down to here: it must come after everything that uses a client.`,
    'The function calls the accessor’s close already, before this closer. One call is left, in the place of the last closer.',
  ),
  'closes-before-use': info<{ close: string; member: string }>(
    'keep',
    ({ close, member }) => `\`.${member}()\` would run after \`${close}()\` and fail.`,
    'The accessor’s close closes all its clients. Put what still uses one before it, by hand.',
  ),
  'closes-in-test': info<{ hook: string; close: string }>(
    'review',
    ({ hook, close }) =>
      `\`${close}()\` in \`${hook}\` closes every client of the accessor: no later test may use one.`,
    'The test closed this client alone. Where each file of tests has modules of its own, as in Jest and Vitest, only tests of this file matter.',
  ),
  'closes-in-hook-early': info<{ close: string; what: string }>(
    'review',
    ({ close, what }) => `After \`${close}()\` comes ${what}: it must not use a client of the accessor.`,
    'The accessor’s close closes all its clients. Calls that are surely harmless (logs, timers, the end of the process) are not named.',
  ),
  'closes-dropped': info<{ member: string }>(
    'note',
    ({ member }) => `\`.${member}()\` goes: this scope owned the client alone.`,
    'The accessor closes it.',
  ),
  'closes-with': info(
    'note',
    () => 'The `with` goes: it closes the client, which others share. Its body moves one step to the left.',
    'Nobody outside of the block had the client. The accessor closes it.',
  ),
  'would-hang': info<{ zone: string }>(
    'keep',
    ({ zone }) => `A ${zone} that no longer closes its client would not end.`,
    'Scripts and tests of JavaScript stay unless they close through the accessor: an open connection keeps Node running.',
  ),
  'several-loops': info<{ by: string; why: string }>(
    'keep',
    ({ by, why }) =>
      `\`${by}\` runs it in an event loop of its own, and ${why}: a shared asyncio client works in one loop only.`,
    'The sockets of an asyncio client belong to the loop that opened them: in the next one its commands fail ("Event loop is closed", "attached to a different loop").',
  ),
  'loops-unknown': info<{ by: string; why: string }>(
    'review',
    ({ by, why }) =>
      `\`${by}\` runs it in an event loop of its own (${why}): a shared asyncio client works in one loop only.`,
    'Safe where a process starts one such loop and nothing of the accessor runs in another.',
  ),
  'loops-in-tests': info<{ by: string }>(
    'note',
    ({ by }) => `Tests (\`${by}\`) run it in loops of their own: the shared client must be closed after each of them.`,
    'A client that was opened anew in each test is the accessor’s now. Close the accessor in the teardown, or give the tests one loop.',
  ),
  'connects-shared': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}()\` on a shared client rejects: it is connected already.`,
    'Remove the call by hand, or let it stay.',
  ),
  'connects-open': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}()\` rejects on a client that the accessor has connected.`,
    'Remove the call by hand, or let it stay.',
  ),
  'connects-ready': info<{ member: string; ready: string }>(
    'note',
    ({ member, ready }) => `\`.${member}()\` becomes \`${ready}()\`: the accessor's client is connecting already.`,
    'To connect a second time rejects. What waited for the connection goes on waiting for it.',
  ),
  'connects-dropped': info<{ member: string }>(
    'note',
    ({ member }) => `\`.${member}()\` goes: the accessor connects, and nobody waits here.`,
    'To connect a second time rejects.',
  ),
  'connects-lazy': info<{ member: string }>(
    'review',
    ({ member }) => `\`.${member}()\` goes: the accessor’s client connects by itself, and a second time rejects.`,
    'A server that is away no longer fails here: the first command waits for it instead.',
  ),
  'never-connected': info(
    'review',
    () => 'It is never connected here, so its commands reject; a client of the accessor is connected.',
    'What was an error path, or was never run, begins to work.',
  ),
  'listener-added': info(
    'review',
    () =>
      'Nobody listens for its errors: a lost connection ends the process. The accessor listens, logs and connects again.',
    'With a listener `connect()` waits for a server that is away; without one it rejects at the first failure.',
  ),
  'handlers-log': info<{ events: string }>(
    'note',
    ({ events }) => `Handlers (${events}) stay: they only log, and hear what happens to the shared client.`,
    'The library asks for a listener of errors; the accessor has one as well.',
  ),
  'handlers-dropped': info<{ events: string }>(
    'review',
    ({ events }) =>
      `Handlers (${events}) go: they only log, and would be registered again and again; the accessor logs.`,
    'The accessor writes one line in 30 s for each client, to its own log.',
  ),
  'handlers-on-shared': info<{ events: string }>(
    'review',
    ({ events }) => `Handlers (${events}) will be on the shared client.`,
    'They are registered once, and hear what happens to all who share the client.',
  ),
  'event-passed': info<{ event: string }>(
    'review',
    ({ event }) => `What waits for \`${event}\` here may wait for ever: a shared client can have connected before.`,
    'The library tells of it once for each connection. Ask the client instead (`status`, `isReady`, a PING).',
  ),
  'handlers-repeat': info<{ events: string }>(
    'keep',
    ({ events }) => `Handlers (${events}) would be registered on the shared client again and again.`,
    'The opening runs more than once.',
  ),
};
