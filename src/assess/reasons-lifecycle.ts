/** Reasons that lie in who connects, closes and listens. */

import { info } from './reason-info.js';

export const LIFECYCLE = {
  'closes-shared': info<{ member: string }>(
    'keep',
    ({ member }) => `\`.${member}()\` would close what others share.`,
    'Only the accessor closes a shared client. Move it to a shutdown hook, or close where the client is owned alone.',
  ),
  'closes-in-hook': info<{ member: string; hook: string; close: string }>(
    'note',
    ({ member, hook, close }) => `\`.${member}()\` on ${hook} becomes \`${close}()\`.`,
    'A closer in a shutdown hook becomes the accessor’s close.',
  ),
  'closes-beside': info<{ member: string; close: string }>(
    'note',
    ({ member, close }) => `\`.${member}()\` goes: \`${close}()\` stands beside it.`,
    'The accessor’s close closes every client of the accessor.',
  ),
  'closes-dropped': info<{ member: string }>(
    'note',
    ({ member }) => `\`.${member}()\` goes: this scope owned the client alone.`,
    'The accessor closes it.',
  ),
  'would-hang': info<{ zone: string }>(
    'keep',
    ({ zone }) => `A ${zone} that no longer closes its client would not end.`,
    'Scripts and tests stay unless they close through the accessor.',
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
  'handlers-on-shared': info<{ events: string }>(
    'review',
    ({ events }) => `Handlers (${events}) will be on the shared client.`,
    'They are registered once, and hear what happens to all who share the client.',
  ),
  'handlers-repeat': info<{ events: string }>(
    'keep',
    ({ events }) => `Handlers (${events}) would be registered on the shared client again and again.`,
    'The opening runs more than once.',
  ),
};
