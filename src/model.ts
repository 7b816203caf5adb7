/** All that passes between stages. One file a step of the way; see `docs/architecture.md`. */

export * from './model/change.js';
export * from './model/config.js';
export * from './model/consumer-options.js';
export * from './model/facts.js';
export * from './model/gate.js';
export * from './model/library.js';
export * from './model/loads.js';
export * from './model/mock.js';
export * from './model/project.js';
export * from './model/site.js';
export * from './model/traced.js';
