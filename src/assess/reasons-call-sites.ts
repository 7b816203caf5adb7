/** Reasons of calls that go through a method of the project's own class. */

import { info } from './reason-info.js';

export const CALL_SITES = {
  'call-site': info<{ name: string; command: string; from: string; execute: string }>(
    'note',
    ({ name, command, from, execute }) =>
      `\`${name}\` only passes \`${command}\` on: \`${from}().${execute}("${command}", …)\` stands for it.`,
    'The method is one statement that returns what the same command of its client gives, with the same arguments.',
  ),
  'call-site-database': info<{ name: string; accessor: string; database: string }>(
    'note',
    ({ name, accessor, database }) =>
      `\`${name}\` only asks \`${accessor}\` for \`${database}\` here: the call does so itself.`,
    'The method does nothing but make the name of a database of its argument (a text, a member of an enum) and give what the accessor gives for it.',
  ),
  'call-site-together': info<{ count: number; commands: string }>(
    'review',
    ({ count, commands }) =>
      `Sent together with ${count - 1} more (${commands}): when one fails the others have run all the same, and the error comes when all have.`,
    'They follow each other, nobody takes their answers, and nothing that runs between them can ask Redis. A pipeline is no transaction: it is neither undone nor held back.',
  ),
  'call-site-asks': info<{ name: string; why: string }>(
    'keep',
    ({ name, why }) => `\`${name}\` only asks the accessor, and this call cannot do so itself: ${why}.`,
    'The method stands for a call of the accessor. That call must be one that this place can make.',
  ),
  'call-site-differs': info<{ differs: string }>(
    'review',
    ({ differs }) => `Through the accessor ${differs}.`,
    'The command, its arguments and its answer are equal. The accessor adds what its contract names (`contract.calls.differs`).',
  ),
  'call-site-client-differs': info<{ opening: string }>(
    'review',
    ({ opening }) => `The client of the class (${opening}) differs from the accessor's in what its own site names.`,
    'The differences of the opening are those of every call that leaves it.',
  ),
  'call-site-no-object': info<undefined>(
    'keep',
    () => 'The accessor of this file has no object that sends commands by their names.',
    'The contract of the accessor says under `calls` which function gives it.',
  ),
  'call-site-unsure': info<{ name: string }>(
    'keep',
    ({ name }) => `Something else than \`${name}\` may be called here.`,
    'What a call runs must be certain.',
  ),
  'call-site-method': info<{ name: string; why: string }>(
    'keep',
    ({ name, why }) => `\`${name}\` does not just pass a command on: ${why}. The class goes on standing for it.`,
    'A method that serialises, catches, counts or tries again does something that the accessor does not.',
  ),
  'call-site-arguments': info<{ name: string; why: string }>(
    'keep',
    ({ name, why }) => `The arguments of this call do not fit what \`${name}\` passes on: ${why}.`,
    'Arguments stay as they are written, so each must mean to the command what it means to the method.',
  ),
  'call-site-client': info<{ why: string }>(
    'keep',
    ({ why }) => `The client behind this call does not become the accessor's: ${why}.`,
    'A call can only go through the accessor when its client is one that the accessor gives, or may become that.',
  ),
};
