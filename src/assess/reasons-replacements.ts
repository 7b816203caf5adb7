/** Reasons of imports that are deprecated, and of instances of the project's own classes. */

import { info } from './reason-info.js';

export const REPLACEMENTS = {
  deprecated: info<{ name: string; from: string; to: string; module: string }>(
    'note',
    ({ name, from, to, module }) =>
      `\`${name}\` of \`${from}\` is deprecated: \`${to}\` of \`${module}\` stands for it.`,
    'The configuration says under `deprecated` what is imported instead.',
  ),
  'import-star': info<{ from: string; names: string }>(
    'keep',
    ({ from, names }) => `Takes everything that \`${from}\` has: which uses are of ${names} is not seen here.`,
    'Of an import of all names nothing can be taken out.',
  ),
  'import-module': info<{ from: string; names: string }>(
    'keep',
    ({ from, names }) => `Holds \`${from}\` as a whole and reads ${names} from it.`,
    'The module stays for its other names; only imports of single names are replaced.',
  ),
  'import-guarded': info<{ from: string }>(
    'keep',
    ({ from }) =>
      `The code goes on without \`${from}\` when it is missing, and it is: with the new module it would not.`,
    'A try around an import is a decision of its own: what runs when the import fails would run no more.',
  ),
  'import-was-missing': info<{ from: string }>(
    'review',
    ({ from }) => `There is no \`${from}\` in the tree: what follows the import has not run, and will.`,
    'The error of the import is caught together with other errors. With the new module the code behind it runs.',
  ),
  'import-target': info<{ name: string; module: string; why: string }>(
    'keep',
    ({ name, module, why }) => `\`${name}\` cannot be imported from \`${module}\`: ${why}.`,
    'What the configuration names as the replacement must exist.',
  ),
  'import-target-kind': info<{ name: string; was: string; to: string; is: string }>(
    'keep',
    ({ name, was, to, is }) => `\`${name}\` is used as a ${was}, and \`${to}\` is a ${is}.`,
    'A class is not replaced by an instance, nor an instance by a function, unless every use fits (`drop: "call"`).',
  ),
  'import-call': info<{ name: string; to: string; why: string }>(
    'keep',
    ({ name, to, why }) => `\`${to}\` cannot be called as \`${name}\` is here: ${why}.`,
    'The new name takes the calls of the old one as they are written: every argument must mean the same, and who waits must have something to wait for.',
  ),
  'class-in-use': info<{ name: string }>(
    'keep',
    ({ name }) => `\`${name}\` is also used other than by calling it here: an instance cannot stand for the class.`,
    'A class becomes its instance only together with all its calls: annotations, bases and checks need the class.',
  ),
  'instance-of': info<{ name: string; instance: string }>(
    'note',
    ({ name, instance }) => `Makes a \`${name}\` of its own; \`${instance}\` is the one that all share.`,
    'The configuration says under `wrappers` which instance stands for the class.',
  ),
  'member-unused': info<{ member: string }>(
    'note',
    ({ member }) => `\`.${member}\` is filled and never read: it goes, with the object in it.`,
    'No file says the name of the field but to fill it, so nothing stands for the object.',
  ),
  'instance-itself': info<{ name: string }>(
    'keep',
    ({ name }) => `This is where \`${name}\` makes its instances.`,
    'The module of the class makes the instance that all others share.',
  ),
  'instance-unknown': info<{ instance: string; module: string; why: string }>(
    'keep',
    ({ instance, module, why }) => `\`${instance}\` of \`${module}\` cannot stand for it: ${why}.`,
    'The configured instance must be seen to be an object of that class, or a function without parameters that gives it.',
  ),
  'instance-unsure': info<{ name: string }>(
    'keep',
    ({ name }) => `Something else than \`${name}\` may be constructed here.`,
    'What a call constructs must be certain.',
  ),
  'instance-arguments': info<{ name: string }>(
    'keep',
    ({ name }) => `\`${name}\` is given arguments, and the instance that all share takes none.`,
    'An argument would be lost.',
  ),
  'instance-call-fails': info<{ name: string; argument: string }>(
    'keep',
    ({ name, argument }) =>
      `\`${name}\` has no ${argument}: this call raises a TypeError today, which the instance would not.`,
    'The call is a mistake, or nobody reaches it. With the shared instance the code behind it would begin to run.',
  ),
  'instance-other-arguments': info<{ instance: string }>(
    'review',
    ({ instance }) => `\`${instance}\` is made with arguments, this one without.`,
    'Both are of one class and may lead elsewhere.',
  ),
  'instance-member': info<{ member: string; name: string }>(
    'keep',
    ({ member, name }) => `Uses \`.${member}\`, which \`${name}\` does not have.`,
    'Every call on the instance must exist on what stands for it.',
  ),
  'instance-waits': info<{ member: string; name: string; must: string }>(
    'keep',
    ({ member, name, must }) => `\`.${member}()\` of \`${name}\` ${must}, and this call is written for the other kind.`,
    'A coroutine that nobody awaits does nothing, and what is no coroutine cannot be awaited.',
  ),
  'instance-closed': info<{ how: string }>(
    'keep',
    ({ how }) => `${how}: the instance that all share would be closed.`,
    'Only the owner of the shared instance closes it.',
  ),
  'instance-changed': info<{ member: string }>(
    'keep',
    ({ member }) => `Sets \`.${member}\`: the instance that all share would be changed.`,
    'A test or a caller that changes its own object would change everybody’s.',
  ),
  'name-patched': info<{ name: string; target: string }>(
    'keep',
    ({ name, target }) => `A test replaces \`${target}\`: \`${name}\` must stay here for it.`,
    'Without the name the test would fail, and with another one it would replace nothing.',
  ),
  'instance-after-patch': info<{ what: string }>(
    'keep',
    ({ what }) => `Made after \`${what}\`: an instance that exists already would not see that.`,
    'The test builds its object in a changed environment. The shared one was built before.',
  ),
};
