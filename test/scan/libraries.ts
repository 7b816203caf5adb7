/** Just enough knowledge of libraries for the gate: its data come from the caller. */

import type { Library } from '../../src/model/library.js';

export const LIBRARIES: Library[] = [
  { kind: 'consumer', name: 'bullmq', language: 'javascript', packages: ['bullmq'], constructs: [] },
  { kind: 'consumer', name: 'ioredis', language: 'javascript', packages: ['ioredis'], constructs: [] },
  { kind: 'consumer', name: 'redis-py', language: 'python', packages: ['redis'], constructs: [] },
];
