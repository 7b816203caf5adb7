/** Examples below the help of each command, and what its exit codes mean there. */

interface Page {
  examples: [line: string, does: string][];
  /** What 0 and 1 mean for this command. */
  codes: [done: string, found: string];
}

const PAGES: Record<string, Page> = {
  init: {
    examples: [
      ['init', 'ask, on a terminal'],
      ['init --yes --scaffold default', 'take the best guess, write an accessor too'],
      ['init --yes --guard', 'lint rules that let nobody else open'],
    ],
    codes: ['written, or said what is to be added by hand', 'nothing was written: that was the answer'],
  },
  scan: {
    examples: [
      ['scan', 'what there is'],
      ['scan --format html --output redis.html', 'the same to be filtered and sent'],
      ['scan --fail-on high', 'fail on credentials in the code'],
    ],
    codes: ['the inventory is whole', 'a file could not be read, or --fail-on is met'],
  },
  explain: {
    examples: [
      ['explain src/cache.ts:12', 'one site: way, uses, role, reasons, its edit'],
      ['explain closes-shared', 'what a code means'],
    ],
    codes: ['told', 'never'],
  },
  plan: {
    examples: [
      ['plan', 'the batches'],
      ['plan --write', 'store them for the team'],
      ['plan --format markdown', 'for an issue or a wiki'],
    ],
    codes: ['planned', '--fail-on is met'],
  },
  accept: {
    examples: [
      ['accept src/cache.ts:12 --reason "3 retries are enough"', 'apply moves it without --include review'],
      ['accept src/audit.ts:6 --leave --reason "has its own server"', 'it stays, and check lets it pass'],
      ['accept src/audit.ts:6 --withdraw', 'take that back'],
    ],
    codes: ['the decision is stored or taken back: commit it', 'never'],
  },
  apply: {
    examples: [
      ['apply --batch next --dry-run', 'the next batch as a diff'],
      ['apply --batch next', 'write it'],
      ['apply --batch next --format markdown', 'write it, and the text of its pull request'],
      ['apply --sites 9f3c…,a001…', 'these sites and what changes with them'],
    ],
    codes: ['done', 'a site failed, or --exit-code and something would change'],
  },
  check: {
    examples: [
      ['check', 'fail on every opening outside of the accessor'],
      ['check --baseline --update', 'let pass what is known today; prune it later'],
      ['check --since origin/main', 'only what this branch adds'],
      ['check --format github', 'annotations in a workflow'],
    ],
    codes: ['clean', 'a violation, its line is named'],
  },
  status: {
    examples: [
      ['status', 'how far it is, and what is left'],
      ['status --format markdown', 'a page for a wiki'],
    ],
    codes: ['told', 'never'],
  },
  rollback: {
    examples: [
      ['rollback --batch 53a2d94654fe', 'exact bytes back, and its ledger gone'],
      ['rollback --file src/cache.ts', 'one file, with what changed together with it'],
    ],
    codes: ['rolled back', 'a batch was refused: the reason names the way by git'],
  },
};

/** The text below the options of a command; empty for one without a page. */
export function examplesOf(command: string): string {
  const page = Object.hasOwn(PAGES, command) ? PAGES[command] : undefined;
  if (!page) return '';
  const examples = page.examples.flatMap(([line, does]) => [`  redis-migrate ${line}`, `      ${does}`]);
  const [done, found] = page.codes;
  const codes = [`  0  ${done}`, `  1  ${found}`, '  2  could not run'];
  return ['', 'Examples:', ...examples, '', 'Exit codes:', ...codes].join('\n');
}
