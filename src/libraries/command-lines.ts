/** Packages that make a program a command which does its work and ends. */

/** Packages that read the command line and run what it asks for. Source: their READMEs. */
const COMMAND_LINES = new Set([
  ...['commander', 'yargs', 'cac', 'meow', 'sade', 'citty', 'clipanion', 'gluegun', 'vorpal', 'caporal'],
  ...['@caporal/core', '@oclif/core', '@oclif/command', 'nest-commander', 'cmd-ts', 'trpc-cli'],
]);

/** Whether a module makes whoever imports it a command of a terminal: a package, or a part of it. */
export function isCommandLine(specifier: string): boolean {
  const [scope = '', name = ''] = specifier.split('/');
  return COMMAND_LINES.has(scope) || COMMAND_LINES.has(`${scope}/${name}`);
}
