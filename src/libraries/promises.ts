/** Methods of promises that run what they are given once the promise is settled. Source: ECMA-262, Promise.prototype. */
export const PROMISE_METHODS: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);
