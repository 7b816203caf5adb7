/** How tests change what a client is built from: the environment, settings, the library itself. */

/** Functions that only do that. `pytest` monkeypatch, `jest` and `vitest` stubs. */
const CHANGES = /(?:^|\.)(?:setenv|delenv|stubEnv|environ\.(?:update|setdefault|pop|clear))$/;
/** Helpers of projects that hold an environment of their own: `env.set("REDIS_URL", …)`. */
const SETS = /(?:^|[._])\w*env\w*\.(?:set|put|unset|remove|delete|pop|update)$/i;
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** Functions that replace a named thing: of importance when the name says settings or Redis. */
const REPLACES = /(?:^|\.)(?:patch(?:\.(?:dict|object|multiple))?|setattr|replaceProperty|spyOn|doMock|mock)$/;
const CONCERNS = /redis|environ|getenv|settings|config|\benv\b/i;

/** Whether a call, by the path of its callee and the texts and names that it is given, changes what a client is built from. */
export function changesEnvironment(callee: string, given: readonly string[]): boolean {
  if (SETS.test(callee) && VARIABLE.test(given[0] ?? '')) return true;
  return CHANGES.test(callee) || (REPLACES.test(callee) && given.some((text) => CONCERNS.test(text)));
}

/** Whether a path names the environment itself: what is assigned to a member of it is a variable. */
export function isEnvironment(path: string): boolean {
  return /^(?:os\.environ|process\.env)$/.test(path);
}
