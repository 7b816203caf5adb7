/** What `init` has found in a tree, for a person who chooses. Pure. */

import type { Opening, Project } from '../model.js';

/** Packages that run tests, in JavaScript and Python. */
const TEST_FRAMEWORKS = [
  ...['vitest', 'jest', '@jest/core', 'mocha', 'ava', 'tap', 'jasmine', '@playwright/test', 'cypress'],
  ...['ioredis-mock', 'redis-mock', 'redis-memory-server', 'testcontainers', '@testcontainers/redis'],
  ...['pytest', 'pytest-asyncio', 'fakeredis', 'pytest-redis', 'tox', 'nose2'],
];

export interface Survey {
  /** Redis libraries that are opened, with the versions that manifests and lock files state. */
  libraries: { name: string; versions: string[]; openings: number }[];
  /** What runs the tests, or stands in for Redis there: an accessor must work with it. */
  tests: string[];
}

export function surveyOf(project: Project, openings: readonly Opening[]): Survey {
  const names = [...new Set(openings.map(({ library }) => library))].sort();
  const declared = new Set(project.manifests.flatMap(({ dependencies }) => Object.keys(dependencies)));
  return {
    libraries: names.map((name) => {
      const own = openings.filter(({ library }) => library === name);
      return { name, versions: [...new Set(own.flatMap(({ version }) => version ?? []))].sort(), openings: own.length };
    }),
    tests: TEST_FRAMEWORKS.filter((name) => declared.has(name)),
  };
}
