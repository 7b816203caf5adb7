/** How tests change what a client is built from: the environment, settings, the library itself. */

/** Functions that only do that. `pytest` monkeypatch, `jest` and `vitest` stubs. */
const CHANGES = /(?:^|\.)(?:setenv|delenv|stubEnv|environ\.(?:update|setdefault|pop|clear))$/;
/** Functions that replace a named thing: of importance when the name says settings or Redis. */
const REPLACES = /(?:^|\.)(?:patch(?:\.(?:dict|object|multiple))?|setattr|replaceProperty|spyOn|doMock|mock)$/;
const CONCERNS = /redis|environ|getenv|settings|config|\benv\b/i;

/** Whether a call, by the path of its callee and the texts and names that it is given, changes what a client is built from. */
export function changesEnvironment(callee: string, given: readonly string[]): boolean {
  return CHANGES.test(callee) || (REPLACES.test(callee) && given.some((text) => CONCERNS.test(text)));
}
